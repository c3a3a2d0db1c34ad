import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

const application = (path: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: team, namespace: argocd}
spec:
  destination: {server: https://kubernetes.default.svc}
  source: {repoURL: https://example.com/fleet.git, path: ${path}}
`;
const flux = (name: string, path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {path: ${path}, prune: true, sourceRef: {kind: GitRepository, name: fleet}}
`;
const pools = { "team/a/pool.yaml": nodePool("one", "a"), "team/b/pool.yaml": nodePool("two", "b") };
const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: teams, namespace: argocd}
spec:
  generators:
    - git: {repoURL: https://example.com/fleet.git, revision: HEAD, files: [{path: 'fleet/*.json'}]}
  template:
    metadata: {name: '{{name}}'}
    spec:
      destination: {server: https://kubernetes.default.svc}
      source: {repoURL: https://example.com/fleet.git, path: '{{folder}}'}
`;
const opaque = set
  .replace("generators:", "goTemplate: true\n  generators:")
  .replace("{{name}}", "{{.name | sha256sum}}")
  .replace("{{folder}}", "{{.folder}}");
const entry = (folder: string, more = ""): string => `{"name": "one", "folder": "${folder}"${more}}\n`;

const unrendered: readonly (readonly [
  what: string,
  base: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>>,
])[] = [
  [
    "parameters that lead a set to another folder",
    { "set.yaml": set, "fleet/one.json": entry("team/a") },
    { "fleet/one.json": entry("team/b") },
  ],
  ["parameters of a set that go", { "set.yaml": set, "fleet/one.json": entry("team/a") }, { "fleet/one.json": null }],
  [
    "parameters of a set that it can no longer take",
    { "set.yaml": set, "fleet/one.json": entry("team/a") },
    { "fleet/one.json": "[1]\n" },
  ],
  [
    "parameters of a set of which it is not known what it makes",
    { "set.yaml": opaque, "fleet/one.json": entry("team/a") },
    { "fleet/one.json": entry("team/b") },
  ],
  [
    "a kustomization that no longer lists an Application",
    { "apps/kustomization.yaml": "resources: [app.yaml]\n", "apps/app.yaml": application("team/a") },
    { "apps/kustomization.yaml": "resources: []\n" },
  ],
  [
    "a kustomization that comes and does not list it",
    { "apps/app.yaml": application("team/a") },
    { "apps/kustomization.yaml": "resources: []\n" },
  ],
  [
    "an overlay that gives an Application another path",
    {
      "base/kustomization.yaml": "resources: [app.yaml]\n",
      "base/app.yaml": application("team/a"),
      "overlay/kustomization.yaml": "resources: [../base]\npatches: [{path: path.yaml, target: {kind: Application}}]\n",
      "overlay/path.yaml": "- {op: replace, path: /spec/source/path, value: team/a}\n",
    },
    { "overlay/path.yaml": "- {op: replace, path: /spec/source/path, value: team/b}\n" },
  ],
  [
    "a Kustomization of Flux that deploys others",
    { "sync.yaml": flux("sync", "./clusters/one"), "clusters/one/pools.yaml": flux("pools", "./team/a") },
    { "sync.yaml": flux("sync", "./clusters/two") },
  ],
  [
    "files that override an Application",
    { "apps/app.yaml": application("team/a") },
    { "team/a/.argocd-source.yaml": "kustomize: {namePrefix: x-}\n" },
  ],
  ["files that Flux leaves out", { "sync.yaml": flux("sync", "./team") }, { "team/.sourceignore": "a\n" }],
];
for (const [what, base, change] of unrendered)
  test(`named: ${what}`, withTools, async (context) => {
    const kustomization = { "other/kustomization.yaml": "resources: []\n" };
    const report = await reportOf(context, { ...pools, ...kustomization, ...base }, change);
    assert.deepEqual([effectsOf(report), codesOf(report)], [[], ["unrendered"]]);
    assert.deepEqual([report.verdict, report.complete], ["unknown", false]);
  });

test("parameters that a set does not use for its folders change nothing", withTools, async (context) => {
  const base = { ...pools, "set.yaml": set, "fleet/one.json": entry("team/a") };
  const report = await reportOf(context, base, { "fleet/one.json": entry("team/a", ', "owner": "b"') });
  assert.deepEqual([codesOf(report), report.complete], [[], true]);
});

test("what a kustomization lists on neither side is applied by somebody else", withTools, async (context) => {
  const base = { ...pools, "apps/kustomization.yaml": "resources: []\n", "apps/app.yaml": application("team/a") };
  const report = await reportOf(context, base, { "apps/kustomization.yaml": "resources: []\nnamePrefix: a-\n" });
  assert.deepEqual([codesOf(report), report.complete], [[], true]);
});

const chart = {
  "charts/pools/Chart.yaml": "apiVersion: v2\nname: pools\nversion: 1.0.0\n",
  "charts/pools/values.yaml": "cores: 4\n",
  "charts/pools/templates/pool.yaml": nodePool("one", "a", "", 0).replace("cores: 0", "cores: {{ .Values.cores }}"),
};
const release = (spec: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: one, namespace: clusters}
spec:
${spec}`;
const fromGit = "  chart: {spec: {chart: ./charts/pools, sourceRef: {kind: GitRepository, name: fleet}}}\n";

test("a Secret from which a release of a chart with pools takes values is named", withTools, async (context) => {
  const secret = (cores: number): string =>
    `apiVersion: v1\nkind: Secret\nmetadata: {name: given, namespace: clusters}\nstringData: {values.yaml: 'cores: ${cores}'}\n`;
  const base = {
    ...chart,
    "release.yaml": release(`${fromGit}  valuesFrom: [{kind: Secret, name: given}]\n`),
    "secret.yaml": secret(4),
  };
  const report = await reportOf(context, base, { "secret.yaml": secret(8) });
  assert.deepEqual([codesOf(report), report.complete], [["chart-without-values"], false]);
});

test("so is a release that takes its chart by way of a HelmChart", withTools, async (context) => {
  const referring = (cores: number): string =>
    release(`  chartRef: {kind: HelmChart, name: pools}\n  values: {cores: ${cores}}\n`);
  const base = {
    ...chart,
    "release.yaml": referring(4),
    "chart.yaml":
      "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmChart\nmetadata: {name: pools, namespace: clusters}\nspec: {chart: ./charts/pools, sourceRef: {kind: GitRepository, name: fleet}}\n",
  };
  const report = await reportOf(context, base, { "release.yaml": referring(8) });
  assert.deepEqual([codesOf(report), report.complete], [["chart-without-values"], false]);
  const elsewhere = { ...base, "chart.yaml": base["chart.yaml"].replace("clusters", "charts") };
  const named = (cores: number): string => referring(cores).replace("name: pools", "name: pools, namespace: charts");
  const other = await reportOf(context, { ...elsewhere, "release.yaml": named(4) }, { "release.yaml": named(8) });
  assert.deepEqual([codesOf(other), other.complete], [["chart-without-values"], false]);
  const open = { ...base, "chart.yaml": base["chart.yaml"].replace(", namespace: clusters", "") };
  const likely = await reportOf(context, open, { "release.yaml": referring(8) });
  assert.deepEqual([codesOf(likely), likely.complete], [["chart-without-values"], false]);
  const unnamed = await reportOf(context, elsewhere, { "release.yaml": referring(8) });
  assert.notDeepEqual(codesOf(unnamed), codesOf(report));
});

test("a release that a kustomization no longer lists takes its pools along", withTools, async (context) => {
  const base = { ...chart, "kustomization.yaml": "resources: [release.yaml]\n", "release.yaml": release(fromGit) };
  const report = await reportOf(context, base, { "kustomization.yaml": "resources: []\n" });
  assert.deepEqual(effectsOf(report), ["charts/pools one/a delete"]);
});
