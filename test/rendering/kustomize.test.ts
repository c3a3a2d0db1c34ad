import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, searchPath, withTools } from "./comparison.ts";
import { nodePool, shoot } from "./shoots.ts";

const base = { "base/kustomization.yaml": "resources: [shoot.yaml]\n", "base/shoot.yaml": shoot("one", ["a", "b"]) };
const overlay = (name: string, rest: string): Record<string, string> => ({
  [`overlays/${name}/kustomization.yaml`]: `namespace: garden-${name}\nresources: [../../base]\n${rest}`,
});
const byIndex = (index: number, type: string): string => `- op: replace
  path: /spec/provider/workers/${index}/machine/type
  value: ${type}
`;
const three = {
  ...base,
  ...overlay("dev", "patches: [{path: machine.yaml, target: {kind: Shoot}}]\n"),
  "overlays/dev/machine.yaml": byIndex(0, "m5.xlarge"),
  ...overlay("stage", "components: [../../components/large]\n"),
  ...overlay("prod", ""),
  "components/large/kustomization.yaml":
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: machine.yaml, target: {kind: Shoot}}]\n",
  "components/large/machine.yaml": byIndex(1, "m5.2xlarge"),
};

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

test("a patch is pointed to when it says the value", withTools, async (context) => {
  const report = await reportOf(context, three, {
    "overlays/dev/machine.yaml": `# larger\n${byIndex(0, "m5.4xlarge")}`,
  });
  assert.deepEqual(effectsOf(report), ["overlays/dev one/a replace", "overlays/dev one/b none"]);
  const cause = report.pools[0]?.causes[0];
  assert.deepEqual([cause?.file, cause?.line], ["overlays/dev/machine.yaml", 4]);
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

test("a side that does not build makes its pools unknown, never deleted", withTools, async (context) => {
  const report = await reportOf(context, three, { "overlays/dev/machine.yaml": byIndex(7, "m5.4xlarge") });
  assert.deepEqual(effectsOf(report), ["overlays/dev one/a unknown", "overlays/dev one/b unknown"]);
  assert.deepEqual([report.complete, report.verdict, report.objects], [false, "unknown", []]);
  const [diagnostic] = report.diagnostics;
  assert.deepEqual([diagnostic?.code, diagnostic?.file], ["not-rendered", "overlays/dev/kustomization.yaml"]);
  assert.match(diagnostic?.message ?? "", /on the head side: .*workers\/7/);
  assert.doesNotMatch(JSON.stringify(report), /will-it-roll-\w{6}|\/tmp\//);
});

test(
  "a remote base is refused softly: its pools are unknown, the other overlays are judged",
  withTools,
  async (context) => {
    const files = {
      ...three,
      ...overlay("remote", "patches: [{path: machine.yaml, target: {kind: Shoot}}]\n"),
      "overlays/remote/machine.yaml": byIndex(0, "m5.xlarge"),
    };
    const remote =
      'resources: [../../base, "https://github.com/example/fleet//base?ref=v1"]\npatches: [{path: machine.yaml, target: {kind: Shoot}}]\n';
    const report = await reportOf(
      context,
      { ...files, "overlays/remote/kustomization.yaml": remote },
      { "base/shoot.yaml": shoot("one", ["a", "b"]).replaceAll("50Gi", "60Gi") },
    );
    assert.equal(report.complete, false);
    assert.deepEqual(
      report.diagnostics.map(({ code, file }) => [code, file]),
      [["not-rendered", "overlays/remote/kustomization.yaml"]],
    );
    assert.match(report.diagnostics[0]?.message ?? "", /https:\/\/github.com\/example\/fleet.*render\.network/);
    assert.equal(report.verdict, "replace");
    assert.equal(
      effectsOf(report).filter((line) => line.startsWith("overlays/prod") && line.endsWith("replace")).length,
      2,
    );
  },
);

test("a generator that kustomize would run a program for is refused", withTools, async (context) => {
  const report = await reportOf(context, base, {
    "base/kustomization.yaml": "resources: [shoot.yaml]\nhelmCharts: [{name: x, repo: https://charts.example.com}]\n",
  });
  assert.deepEqual(effectsOf(report), ["base one/a unknown", "base one/b unknown"]);
  assert.match(report.diagnostics[0]?.message ?? "", /--enable-helm/);
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

test("without a renderer the roots are named and their pools unknown", async (context) => {
  const report = await reportOf(
    context,
    three,
    { "base/shoot.yaml": shoot("one", ["a", "b"]).replaceAll("50Gi", "60Gi") },
    { searchPath: "/nonexistent" },
  );
  assert.equal(report.complete, false);
  assert.deepEqual(
    report.diagnostics.map(({ file }) => file),
    ["dev", "prod", "stage"].map((name) => `overlays/${name}/kustomization.yaml`),
  );
  for (const { message } of report.diagnostics)
    assert.match(message, /neither kustomize nor kubectl is on PATH: install/);
  assert.equal(report.verdict, "unknown");
});

test("render: none judges the files as they stand and names the roots", async (context) => {
  const report = await reportOf(
    context,
    three,
    { "base/shoot.yaml": shoot("one", ["a", "b"]).replaceAll("m5.large", "m6.large") },
    { mode: "none" },
  );
  assert.deepEqual(effectsOf(report), ["- one/a replace", "- one/b replace"]);
  assert.deepEqual(
    report.diagnostics.map(({ code, file }) => `${code} ${file ?? ""}`),
    ["dev", "prod", "stage"].map((name) => `not-rendered overlays/${name}/kustomization.yaml`),
  );
  assert.equal(report.complete, false);
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
