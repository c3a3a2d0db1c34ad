import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { chart, newDefault, template, values } from "../pool-chart.ts";

const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);

/** A base with a release, and what each cluster makes of it. */
const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: pools }
spec:
  interval: 10m
  chart:
    spec:
      chart: ./charts/pools
      reconcileStrategy: Revision
      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  values: { cores: 4 }
`;
const patch = (cluster: string, cores: number): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: pools }\nspec:\n  values:\n${indented(values(cores, cluster), "    ")}`;
const overlay = (cluster: string): Record<string, string> => ({
  [`clusters/${cluster}/kustomization.yaml`]: `namespace: ${cluster}\nresources: [../../base]\npatches: [{ path: pools.yaml }]\n`,
  [`clusters/${cluster}/pools.yaml`]: patch(cluster, 8),
});
const fleet: Readonly<Record<string, string>> = {
  ...chart,
  "base/kustomization.yaml": "resources: [release.yaml]\n",
  "base/release.yaml": release,
  ...overlay("one"),
  ...overlay("two"),
};

test("a release is what the overlays of the clusters make of it", withTools, async (context) => {
  const one = await reportOf(context, fleet, { "clusters/two/pools.yaml": patch("two", 16) });
  assert.deepEqual(effectsOf(one), ["charts/pools (two/pools) two/b replace"]);
  assert.deepEqual([one.complete, one.pools[0]?.namespace], [true, "two"]);
  assert.match(
    one.diagnostics[0]?.message ?? "",
    /HelmRelease "two\/pools" \(clusters\/two\/kustomization\.yaml\) deploys it/,
  );
  const both = await reportOf(context, fleet, { "base/release.yaml": release.replace("cores: 4", "cores: 5") });
  assert.deepEqual(effectsOf(both), [
    "charts/pools (one/pools) one/a replace",
    "charts/pools (two/pools) two/a replace",
  ]);
  assert.equal(both.complete, true);
  const operation = "- op: replace\n  path: /spec/values/pools/1/cores\n  value: 9\n";
  const inline = `${fleet["clusters/one/kustomization.yaml"]?.replace("patches: [{ path: pools.yaml }]\n", "") ?? ""}patches:\n- path: pools.yaml\n- target: { kind: HelmRelease }\n  patch: |\n${indented(operation, "    ")}`;
  const byOperation = await reportOf(context, fleet, { "clusters/one/kustomization.yaml": inline });
  assert.deepEqual([effectsOf(byOperation), byOperation.complete], [["charts/pools (one/pools) one/b replace"], true]);
});

test("values that a kustomization puts into a ConfigMap count", withTools, async (context) => {
  const files = {
    ...chart,
    "apps/kustomization.yaml":
      "namespace: clusters\nresources: [release.yaml]\nconfigMapGenerator: [{ name: sizes, files: [values.yaml=sizes.yaml] }]\nconfigurations: [names.yaml]\n",
    "apps/names.yaml":
      "nameReference: [{ kind: ConfigMap, version: v1, fieldSpecs: [{ path: spec/valuesFrom/name, kind: HelmRelease }] }]\n",
    "apps/release.yaml": release.replace("values: { cores: 4 }", "valuesFrom: [{ kind: ConfigMap, name: sizes }]"),
    "apps/sizes.yaml": values(8),
  };
  const report = await reportOf(context, files, { "apps/sizes.yaml": values(16) });
  assert.deepEqual([effectsOf(report), report.complete], [["charts/pools c/b replace"], true]);
});

test("what does not build, or what Flux changes on the way, is not known", withTools, async (context) => {
  const memory = { "charts/pools/templates/pools.yaml": template.replace("8Gi", "9Gi") };
  const two = ["a", "b"].map((pool) => `charts/pools (two/pools) two/${pool} replace`);
  const broken = {
    ...fleet,
    "clusters/one/kustomization.yaml": "resources: [../../base, nowhere.yaml]\nnamespace: one\n",
  };
  const report = await reportOf(context, broken, memory);
  assert.deepEqual(effectsOf(report), two);
  assert.deepEqual([report.complete, codesOf(report).includes("chart-without-values")], [false, true]);
  assert.match(
    report.diagnostics.find(({ code }) => code === "chart-without-values")?.message ?? "",
    /clusters\/one\/kustomization\.yaml does not build/,
  );
  const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: one }\nspec: { path: ./clusters/one, patches: [{ patch: 'a: 1' }] }\n`;
  const patched = await reportOf(context, { ...fleet, "flux/one.yaml": kustomization }, memory);
  assert.deepEqual([effectsOf(patched), patched.complete], [two, false]);
  const breaks = await reportOf(context, fleet, { "clusters/one/kustomization.yaml": "resources: [nowhere.yaml]\n" });
  assert.deepEqual([effectsOf(breaks), breaks.complete, breaks.verdict], [[], false, "unknown"]);
});

test("without kustomize its releases are not known", async (context) => {
  const report = await reportOf(context, fleet, newDefault, { searchPath: "/nonexistent" });
  assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["chart-without-values"]]);
  assert.match(report.diagnostics[0]?.message ?? "", /neither kustomize nor kubectl is on PATH/);
});
