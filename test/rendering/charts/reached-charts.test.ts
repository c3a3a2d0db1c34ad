import assert from "node:assert/strict";
import { test } from "node:test";
import { mostParts } from "../../../src/rendering/charts/chart-parts.ts";
import { reachedCharts } from "../../../src/rendering/charts/reached-charts.ts";
import { notKustomized } from "../../../src/rendering/deployers/kustomized-deployers.ts";
import type { FileTree, TreeChange } from "../../../src/rendering/trees/file-tree.ts";

/** A tree of these files, and how often it was asked for contents. */
function treeOf(files: Readonly<Record<string, string>>): FileTree & { readonly reads: () => number } {
  let reads = 0;
  return {
    entries: new Map(Object.keys(files).map((path) => [path, { isLink: false }])),
    read: async (paths) => {
      reads += 1;
      return await Promise.resolve(
        new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, Buffer.from(files[path])]]))),
      );
    },
    reads: () => reads,
  };
}
const changeOf = (tree: FileTree, ...changed: readonly string[]): TreeChange => ({
  base: tree,
  head: tree,
  changed: new Set(changed),
});

const chart = (...parts: readonly string[]): string =>
  `apiVersion: v2\nname: a\ndependencies:\n${parts.map((part) => `- {name: ${part}, repository: "file://../${part}"}\n`).join("")}`;

test("charts are found by what they are made of, however deep", async () => {
  const tree = treeOf({
    "charts/a/Chart.yaml": chart("b"),
    "charts/a/ci/one-values.yaml": "",
    "charts/a-b/Chart.yaml": chart(),
    "charts/a-b/ci/one-values.yaml": "",
    "charts/b/Chart.yaml": chart("c"),
    "charts/c/Chart.yaml": chart("b", "c"),
    "charts/c/templates/pools.yaml": "",
    "charts/c/charts/d/Chart.yaml": chart(),
    "charts/c/charts/d/ci/one-values.yaml": "",
  });
  const found = await reachedCharts(changeOf(tree, "charts/c/templates/pools.yaml"), [], notKustomized);
  assert.deepEqual(
    found.jobs.map(({ name, local }) => [name, local.head.map(({ to }) => to)]),
    [["charts/a (ci/one-values.yaml)", ["charts/a/charts/b", "charts/a/charts/b/charts/c"]]],
  );
  assert.deepEqual(found.withoutValues, []);
  assert.deepEqual(found.templates, ["charts/c/templates"]);
});

test("of a thousand charts no more is asked than of one", async () => {
  const files = Array.from({ length: 1000 }, (_, at) => [
    [`team-${at}/chart/Chart.yaml`, chart()],
    [`team-${at}/chart/ci/test-values.yaml`, ""],
    [`team-${at}/chart/templates/pools.yaml`, ""],
  ]).flat();
  const tree = treeOf({ ...Object.fromEntries(files), "envs/prod.yaml": "size: 3\n" });
  const { jobs } = await reachedCharts(changeOf(tree, "team-7/chart/templates/pools.yaml"), [], notKustomized);
  assert.deepEqual(
    jobs.map(({ file }) => file),
    ["team-7/chart/Chart.yaml"],
  );
  assert.equal(tree.reads(), 6);
  await reachedCharts(changeOf(tree, "team-7/chart/templates/pools.yaml", "envs/prod.yaml"), [], notKustomized);
  assert.equal(tree.reads(), 6 + 8);
});

test("charts that are made of each other again and again are followed up to the bound", async () => {
  const layers = Array.from({ length: 12 }, (_, layer) => Array.from({ length: 12 }, (_each, at) => `l${layer}-${at}`));
  const files = layers.flatMap((names, layer) =>
    names.map((name) => [`charts/${name}/Chart.yaml`, chart(...(layers[layer + 1] ?? layers[0] ?? []))]),
  );
  const tree = treeOf({ ...Object.fromEntries(files), "charts/l0-0/ci/values.yaml": "" });
  const { jobs } = await reachedCharts(changeOf(tree, "charts/l0-0/Chart.yaml"), [], notKustomized);
  assert.deepEqual(
    jobs.map(({ local }) => local.head.length),
    [mostParts + 1],
  );
});
