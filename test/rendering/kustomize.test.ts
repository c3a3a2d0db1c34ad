import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newRepository } from "../sources/git/repository.ts";
import { codesOf, effectsOf, reportBetween, reportOf, searchPath, withTools } from "./comparison.ts";
import { base, overlay, byIndex, three } from "./overlays.ts";
import { nodePool, shoot } from "./shoots.ts";

test("a base reaches all overlays, and each is judged as itself", withTools, async (context) => {
  const report = await reportOf(context, three, {
    "base/shoot.yaml": shoot("one", ["a", "b"]).replaceAll("m5.large", "m6.large"),
  });
  // dev overrides the type of the first pool, stage that of the second.
  assert.deepEqual(effectsOf(report), [
    "overlays/dev one/a none",
    "overlays/dev one/b replace",
    "overlays/prod one/a replace",
    "overlays/prod one/b replace",
    "overlays/stage one/a replace",
    "overlays/stage one/b none",
  ]);
  assert.equal(report.complete, true);
  assert.deepEqual(
    report.renderers?.map(({ name }) => name),
    ["kubectl kustomize"],
  );
  const cause = report.pools[1]?.causes[0];
  assert.deepEqual(
    [cause?.file, cause?.before, cause?.after],
    ["base/shoot.yaml", '"m5.large"', '"m6.large"'].map((text) => text.replaceAll('"', "")),
  );
});

test(
  "a JSON 6902 patch by index: a pool inserted in the base sends the patch to another pool",
  withTools,
  async (context) => {
    const report = await reportOf(context, three, { "base/shoot.yaml": shoot("one", ["new", "a", "b"]) });
    assert.deepEqual(effectsOf(report), [
      "overlays/dev one/a replace",
      "overlays/dev one/b none",
      "overlays/dev one/new create",
      "overlays/prod one/a none",
      "overlays/prod one/b none",
      "overlays/prod one/new create",
      "overlays/stage one/a replace",
      "overlays/stage one/b replace",
      "overlays/stage one/new create",
    ]);
  },
);

test("a cause points to the patch that sets the value", withTools, async (context) => {
  const report = await reportOf(context, three, {
    "overlays/dev/machine.yaml": `# larger\n${byIndex(0, "m5.4xlarge")}`,
  });
  assert.deepEqual(effectsOf(report), ["overlays/dev one/a replace", "overlays/dev one/b none"]);
  const cause = report.pools[0]?.causes[0];
  assert.deepEqual([cause?.file, cause?.line], ["overlays/dev/machine.yaml", 4]);
});

const inline = (text: string): Record<string, string> => overlay("dev", text);
const indented = (text: string, by: string): string =>
  text
    .split("\n")
    .map((line) => (line === "" ? line : `${by}${line}`))
    .join("\n");
const merged = (type: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: one, namespace: garden-a}
spec:
  region: ${type}
`;

for (const [what, before, after, place] of [
  [
    "a JSON 6902 patch",
    "",
    `patches:\n  - target: {kind: Shoot}\n    patch: |-\n${indented(byIndex(0, "m5.4xlarge"), "      ")}`,
    8,
  ],
  [
    "a JSON 6902 patch of the old list",
    "",
    `patchesJson6902:\n- target: {group: core.gardener.cloud, version: v1beta1, kind: Shoot, name: one}\n  patch: |\n\n${indented(byIndex(0, "m5.4xlarge"), "    ")}`,
    9,
  ],
  [
    "a JSON 6902 patch on one line",
    "",
    `patches:\n- {target: {kind: Shoot}, patch: '[{"op": "replace", "path": "/spec/provider/workers/0/machine/type", "value": "m5.4xlarge"}]'}\n`,
    4,
  ],
  [
    "a strategic merge patch",
    `patches:\n- patch: |\n${indented(merged("eu-1"), "    ")}`,
    `# moved\npatches:\n- patch: |\n${indented(merged("eu-2"), "    ")}`,
    10,
  ],
  [
    "a strategic merge patch with a target, which may have any name",
    `patches:\n- target: {kind: Shoot}\n  patch: |\n${indented(merged("eu-1").replace("one", "any"), "    ")}`,
    `patches:\n- target: {kind: Shoot}\n  patch: |\n${indented(merged("eu-2").replace("one", "any"), "    ")}`,
    10,
  ],
  [
    "a strategic merge patch of the old list",
    `patchesStrategicMerge:\n- |\n${indented(merged("eu-1"), "  ")}`,
    `patchesStrategicMerge:\n- |\n${indented(merged("eu-2"), "  ")}`,
    9,
  ],
] as const)
  test(`a cause points to the line of ${what} inside the kustomization`, withTools, async (context) => {
    const report = await reportOf(context, { ...base, ...inline(before) }, inline(after));
    const causes = report.pools.flatMap((pool) => pool.causes);
    assert.notEqual(causes.length, 0);

    for (const { file, line } of causes) assert.deepEqual([file, line], ["overlays/dev/kustomization.yaml", place]);
  });

test("a cause does not point to a patch for another object", withTools, async (context) => {
  const other = "patches:\n- target: {kind: Shoot, name: other}\n  patch: |\n";
  const files = { ...base, ...inline(`${other}${indented(byIndex(0, "m6.large"), "    ")}`) };
  const report = await reportOf(context, files, {
    "base/shoot.yaml": shoot("one", ["a", "b"]).replaceAll("m5.large", "m6.large"),
  });
  assert.deepEqual(
    [...new Set(report.pools.flatMap(({ causes }) => causes.map(({ file }) => file)))],
    ["base/shoot.yaml"],
  );
});

test("a component reaches the overlays that use it", withTools, async (context) => {
  const report = await reportOf(context, three, { "components/large/machine.yaml": byIndex(1, "m5.8xlarge") });
  assert.deepEqual(effectsOf(report), ["overlays/stage one/a none", "overlays/stage one/b replace"]);
});

test("a refactoring that moves everything and changes nothing gives an empty report", withTools, async (context) => {
  const files = Object.entries(three);
  const moved = Object.fromEntries(
    files.map(([path, text]) => [
      path.replace(/^overlays\//, "clusters/").replace(/^base\//, "common/"),
      text.replaceAll("../../base", "../../common"),
    ]),
  );
  const report = await reportOf(context, three, {
    ...Object.fromEntries(files.map(([path]) => [path, null])),
    ...moved,
  });
  assert.deepEqual([report.pools, report.objects, report.diagnostics, report.verdict], [[], [], [], "none"]);
});

test("plain manifests put into a kustomization are no change", withTools, async (context) => {
  const report = await reportOf(
    context,
    { "shoot.yaml": shoot("one", ["a"]) },
    { "kustomization.yaml": "resources: [shoot.yaml]\n" },
  );
  assert.deepEqual([report.pools, report.objects, report.diagnostics], [[], [], []]);
});

test("an overlay comes or goes, and what it shares with others stays as it is", withTools, async (context) => {
  const one = { ...base, ...overlay("prod", "") };
  const two = { ...one, ...overlay("dev", "") };
  const gone = await reportOf(context, two, { "overlays/dev/kustomization.yaml": null });
  assert.deepEqual(effectsOf(gone), ["overlays/dev one/a delete", "overlays/dev one/b delete"]);
  const added = await reportOf(context, one, overlay("dev", ""));
  assert.deepEqual(effectsOf(added), ["overlays/dev one/a create", "overlays/dev one/b create"]);
});

test("two parameter files removed: both clusters are deleted", withTools, async (context) => {
  const files = {
    "kustomization.yaml": "resources: [one.yaml, two.yaml, three.yaml]\n",
    "one.yaml": shoot("one", ["a"]),
    "two.yaml": shoot("two", ["a"]),
    "three.yaml": shoot("three", ["a"]),
  };
  const report = await reportOf(context, files, { "kustomization.yaml": "resources: [one.yaml]\n" });
  assert.deepEqual(effectsOf(report), [". three/a delete", ". two/a delete"]);
  assert.match(report.pools[0]?.causes[0]?.because ?? "", /deleted if your GitOps tool prunes/);
});

test("a strategic-merge patch that deletes the other pools is called out", withTools, async (context) => {
  const files = { ...base, ...overlay("dev", "") };
  const patch =
    "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: one, namespace: garden-a}\nspec: {provider: {workers: [{name: a, maximum: 5}]}}\n";
  const report = await reportOf(context, files, {
    ...overlay("dev", "patches: [{path: patch.yaml}]\n"),
    "overlays/dev/patch.yaml": patch,
  });
  const found = report.diagnostics.find(({ code }) => code === "patch-replaces-list");
  assert.equal(found?.file, "overlays/dev/patch.yaml");
  assert.match(found.message, /the pool "?b"? would be deleted/);
  for (const field of ["patches", "patchesStrategicMerge"]) {
    const text = patch.replaceAll(/^/gm, "      ");
    const inline = `${field}:\n  - ${field === "patches" ? "patch: " : ""}|\n${text}`;
    const { diagnostics } = await reportOf(context, files, overlay("dev", inline));
    assert.deepEqual(
      diagnostics.filter(({ code }) => code === "patch-replaces-list").map(({ file }) => file),
      ["overlays/dev/kustomization.yaml"],
    );
  }
});

test(
  "a patch and its resource are no second declaration, and files that no root reaches are judged as they stand",
  withTools,
  async (context) => {
    const report = await reportOf(
      context,
      { ...three, "plain/pool.yaml": nodePool("c", "p") },
      {
        "plain/pool.yaml": nodePool("c", "p", "", 8),
        "base/shoot.yaml": shoot("one", ["a", "b"]).replace("maximum: 3", "maximum: 4"),
      },
    );
    assert.deepEqual(codesOf(report), []);
    assert.ok(effectsOf(report).includes("- c/p replace"));
  },
);

test("overlays that the change does not reach bring nothing of theirs in", withTools, async (context) => {
  const pool = (cores: number): string =>
    `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: a, namespace: clusters}\nspec: {platform: {kubevirt: {compute: {cores: ${cores}}}}}\n`;
  const patched = (name: string, cores: number): Record<string, string> => ({
    [`overlays/${name}/kustomization.yaml`]: "resources: [../../base]\npatches: [{path: patch.yaml}]\n",
    [`overlays/${name}/patch.yaml`]: pool(cores),
  });
  const files = {
    "base/kustomization.yaml": "resources: [pool.yaml]\n",
    "base/pool.yaml": nodePool("c", "a"),
    ...patched("a", 2),
    ...patched("b", 3),
    ...patched("d", 5),
  };
  const report = await reportOf(context, files, patched("a", 8));
  assert.deepEqual(effectsOf(report), ["overlays/a c/a replace"]);
  assert.deepEqual(report.diagnostics, []);
});

test("kustomizations without worker pools are left alone, whatever they need", async (context) => {
  const files = {
    "web/kustomization.yaml": "resources: [https://example.com/web.yaml, map.yaml]\n",
    "web/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
  };
  const report = await reportOf(context, files, {
    "web/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n",
  });
  assert.deepEqual([report.diagnostics, report.complete, report.pools], [[], true, []]);
});

test("the tools are real", withTools, () => assert.match(searchPath ?? "", /will-it-roll-test-tools/));

test("a file that the kustomization beside it does not name is deployed by nobody", withTools, async (context) => {
  const stale = { "base/stale.yaml": shoot("one", ["a"]).replaceAll("m5.large", "m6.large") };
  const report = await reportOf(context, { ...base, ...overlay("prod", "") }, stale);
  assert.deepEqual(effectsOf(report), []);
  assert.deepEqual(
    report.diagnostics.map(({ severity, code, file }) => [severity, code, file]),
    [["notice", "unused-file", "base/stale.yaml"]],
  );
  const other = await reportOf(context, base, { "base/notes.yaml": "a: 1\n" });
  assert.deepEqual([other.verdict, other.diagnostics], ["none", []]);
});

test(
  "a root whose files only write about our kinds is left alone, whether or not it can be built",
  withTools,
  async (context) => {
    const crd = (text: string): string =>
      `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.example.com}\nspec: {description: ${text}}\n`;
    const report = await reportOf(
      context,
      { "config/kustomization.yaml": "resources: [crd.yaml, missing.yaml]\n", "config/crd.yaml": crd("of a Shoot") },
      { "config/crd.yaml": crd("of a Shoot or NodePool") },
    );
    assert.deepEqual([report.verdict, report.diagnostics], ["none", []]);
  },
);

test("a failure says what is missing, without advice and times", withTools, async (context) => {
  const report = await reportOf(
    context,
    {
      "config/kustomization.yaml": "bases: [../missing]\nresources: [shoot.yaml]\n",
      "config/shoot.yaml": shoot("one", ["a"]),
    },
    { "config/shoot.yaml": shoot("one", ["b"]) },
  );
  const message = report.diagnostics[0]?.message ?? "";
  assert.match(message, /does not render config on both sides: .*missing/);
  assert.doesNotMatch(message, /# Warning|\d\d:\d\d:\d\d/);
});

test("a cause does not point to a file beside the kustomization that nobody names", withTools, async (context) => {
  const named = (type: string): string => shoot("one", ["a"]).replaceAll("m5.large", type);
  const report = await reportOf(
    context,
    {
      "app/kustomization.yaml": "resources: [shoot.yaml]\n",
      "app/shoot.yaml": named("m5.large"),
      "app/a-copy.yaml": named("m6.large"),
    },
    { "app/shoot.yaml": named("m6.large") },
  );
  assert.deepEqual(
    report.pools.map(({ causes }) => causes[0]?.file),
    ["app/shoot.yaml"],
  );
});

test("what a kustomization names behind a link to a folder is part of it", withTools, async (context) => {
  const linked = newRepository(context).write({
    ...base,
    "shared/machine.yaml": byIndex(0, "m5.xlarge"),
    ...overlay("dev", "patches: [{path: common/machine.yaml, target: {kind: Shoot}}]\n"),
    "overlays/prod/kustomization.yaml": "namespace: garden-prod\nresources: [given]\n",
  });
  symlinkSync("../../shared", join(linked.folder, "overlays/dev/common"));
  symlinkSync("../../base", join(linked.folder, "overlays/prod/given"));
  const from = linked.commit({});
  const patch = linked.commit({ "shared/machine.yaml": byIndex(0, "m5.2xlarge") });
  const dev = await reportBetween(linked, from, patch);
  assert.deepEqual(effectsOf(dev), ["overlays/dev one/a replace", "overlays/dev one/b none"]);
  assert.equal(dev.pools[0]?.causes[0]?.file, "shared/machine.yaml");
  const to = linked.commit({ "base/shoot.yaml": shoot("one", ["a", "b"]).replaceAll("50Gi", "60Gi") });
  const all = await reportBetween(linked, patch, to);
  assert.deepEqual(effectsOf(all), [
    "overlays/dev one/a replace",
    "overlays/dev one/b replace",
    "overlays/prod one/a replace",
    "overlays/prod one/b replace",
  ]);
  assert.equal(all.complete, true);
});
