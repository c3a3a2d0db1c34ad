import assert from "node:assert/strict";
import { test } from "node:test";
import { deployedCharts } from "../../src/rendering/deployed-charts.ts";
import type { FileTree } from "../../src/rendering/file-tree.ts";

type Files = Readonly<Record<string, string>>;

const treeOf = (files: Files): FileTree => ({
  entries: new Map(Object.keys(files).map((path) => [path, { isLink: false }])),
  read: async (paths) =>
    await Promise.resolve(
      new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, Buffer.from(files[path])]]))),
    ),
});
const repository: Files = {
  "charts/a/Chart.yaml": "name: a\n",
  "charts/a/values-prod.yaml": "a: 1\n",
  "envs/prod.yaml": "a: 1\n",
};
/** What is found of the chart where these files stand beside it and one of its values changes. */
const found = async (files: Files, before: Files = {}) => {
  const head = { ...repository, ...files };
  const changed = new Set(["envs/prod.yaml", ...Object.keys(before)]);
  return await deployedCharts({ base: treeOf({ ...head, ...before }), head: treeOf(head), changed }, ["charts/a"]);
};
const application = (spec: string, name = "prod"): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: {${spec}}\n`;
const source = (helm: string, rest = ""): string => application(`source: {path: charts/a, helm: {${helm}}${rest}}`);
const valuesOf = async (helm: string): Promise<unknown> =>
  (await found({ "app.yaml": source(helm) })).map(({ values }) => values);

test("files of values are found from the chart, the root, and another source of the same repository", async () => {
  assert.deepEqual(await valuesOf("valueFiles: [values-prod.yaml, ../../envs/prod.yaml]"), [
    ["charts/a/values-prod.yaml", "envs/prod.yaml"],
  ]);
  assert.deepEqual(await valuesOf("valueFiles: [/envs/prod.yaml]"), [["envs/prod.yaml"]]);
  assert.deepEqual(await valuesOf("valueFiles: [values-dev.yaml, values-prod.yaml], ignoreMissingValueFiles: true"), [
    ["charts/a/values-prod.yaml"],
  ]);
  const sources = (url: string) =>
    application(
      `sources: [{repoURL: r, path: ./charts/a, helm: {valueFiles: [$v/envs/prod.yaml]}}, {repoURL: ${url}, ref: v}]`,
    );
  assert.deepEqual(
    (await found({ "app.yaml": sources("r") })).map(({ values }) => values),
    [["envs/prod.yaml"]],
  );
  assert.deepEqual(await found({ "app.yaml": sources("s") }), []);
});

test("release, namespace and versions are those of the Application", async () => {
  const spec =
    "destination: {namespace: clusters}, source: {path: charts/a, helm: {kubeVersion: 1.34, apiVersions: [a/v1]}}";
  assert.deepEqual(await found({ "app.yaml": application(spec.replace("1.34", '"1.34"')) }), [
    {
      chart: "charts/a",
      values: [],
      release: "prod",
      namespace: "clusters",
      kubeVersion: "1.34",
      apiVersions: ["a/v1"],
      by: 'the Application "argocd/prod" (app.yaml)',
    },
  ]);
  const two = { "a.yaml": source("releaseName: one"), "b.yaml": source("releaseName: two") };
  assert.deepEqual(
    (await found(two)).map(({ release }) => release),
    ["one", "two"],
  );
});

test("nothing is said of a chart whose values stand in no file, or that is deployed in another way too", async () => {
  const plain = { "app.yaml": source("valueFiles: [values-prod.yaml]") };
  assert.equal((await found(plain)).length, 1);
  for (const helm of [
    "values: 'a: 2'",
    "valuesObject: {a: 2}",
    "parameters: [{name: a, value: b}]",
    "valueFiles: [nowhere.yaml]",
    "valueFiles: [https://example.com/values.yaml]",
    "valueFiles: ['../../envs/*.yaml']",
    "valueFiles: [../../../outside.yaml]",
    "releaseName: --post-renderer",
    "namespace: -n",
    "kubeVersion: --set",
    "apiVersions: [--set]",
  ])
    assert.deepEqual(await found({ ...plain, "other.yaml": source(helm) }), [], helm);
  assert.deepEqual(await found({ ...plain, "other.yaml": source("", ", plugin: {name: a}") }), []);
  const set = (path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s}\nspec: {template: {spec: {source: {path: '${path}'}}}}\n`;
  assert.deepEqual(await found({ ...plain, "other.yaml": set("charts/{{name}}") }), []);
  assert.equal((await found({ ...plain, "other.yaml": set("apps/{{name}}") })).length, 1);
  const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: r}\nspec: {chart: {spec: {chart: ./charts/a}}}\n`;
  assert.deepEqual(await found({ ...plain, "other.yaml": release }), []);
});

test("nothing is said where the change also changes how the chart is deployed", async () => {
  const [one, two] = [source("valueFiles: [values-prod.yaml]"), source("")];
  assert.deepEqual(await found({ "app.yaml": one }, { "app.yaml": two }), []);
});

test("nobody looks for Applications where neither a chart nor values change", async () => {
  const tree = treeOf({ ...repository, "app.yaml": source("") });
  const change = { base: tree, head: tree, changed: new Set(["README.md"]) };
  assert.deepEqual(await deployedCharts(change, ["charts/a"]), []);
});
