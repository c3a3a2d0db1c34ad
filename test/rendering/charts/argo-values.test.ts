import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { chart, newDefault, template, values } from "../pool-chart.ts";

const application = (helm: string, name = "prod", more = ""): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  finalizers: [resources-finalizer.argocd.argoproj.io]
spec:
  destination: { namespace: clusters, name: in-cluster }
  source:
    repoURL: https://git.example.com/fleet
    path: charts/pools
    helm:
${helm.replaceAll(/^(?=.)/gm, "      ")}${more}`;
const inline = (cores: number): string => `values: |\n${values(cores).replaceAll(/^(?=.)/gm, "  ")}`;
const asObject = (cores: number): string => `valuesObject:\n${values(cores).replaceAll(/^(?=.)/gm, "  ")}`;

test("values that stand in an Application are those of its chart", withTools, async (context) => {
  for (const helm of [inline, asObject]) {
    const deployed = { ...chart, "apps/prod.yaml": application(helm(8)) };
    const byValues = await reportOf(context, deployed, { "apps/prod.yaml": application(helm(16)) });
    assert.deepEqual(effectsOf(byValues), ["charts/pools c/b replace"]);
    assert.deepEqual([byValues.complete, codesOf(byValues)], [true, ["rendered-as-deployed"]]);
    const byChart = await reportOf(context, deployed, newDefault);
    assert.deepEqual(effectsOf(byChart), ["charts/pools c/a replace"]);
    assert.deepEqual([byChart.complete, byChart.pools[0]?.namespace], [true, "clusters"]);
    assert.match(byChart.diagnostics[0]?.message ?? "", /rendered with the values written there, as the Application/);
  }
});

test("parameters win over values that stand there, and those over files", withTools, async (context) => {
  const all = (inFile: number, own: number, parameter: string) => ({
    ...chart,
    "charts/pools/values-prod.yaml": `cluster: c\ncores: ${inFile}\npools: [{name: a, replicas: 1}]\n`,
    "apps/prod.yaml": application(
      `valueFiles: [values-prod.yaml]\n${own === 0 ? "" : `values: "cores: ${own}"\n`}${parameter}`,
    ),
  });
  const cores = "parameters: [{name: cores, value: '9'}]\n";
  const effects = async (base: Record<string, string>, change: Record<string, string>): Promise<string[]> =>
    effectsOf(await reportOf(context, base, change));
  assert.deepEqual(await effects(all(2, 0, ""), all(3, 0, "")), ["charts/pools c/a replace"]);
  assert.deepEqual(await effects(all(2, 5, ""), all(3, 5, "")), []);
  assert.deepEqual(await effects(all(2, 5, cores), all(2, 6, cores)), []);
  assert.deepEqual(await effects(all(2, 5, cores), all(2, 5, cores.replace("9", "10"))), ["charts/pools c/a replace"]);
});

test("a list in braces and a file are parameters too", withTools, async (context) => {
  const listing = template.replace("{{- range .Values.pools }}", "{{- range .Values.names }}\n{{- $name := . }}");
  const files = {
    ...chart,
    "charts/pools/templates/pools.yaml": listing
      .replace("{{ .name }}", "{{ $name }}")
      .replace("{{ .replicas }}", "2")
      .replace("{{ .cores | default $.Values.cores }}", "{{ $.Values.cores }}")
      .replace("{{ $.Values.cluster }}", "{{ trim $.Values.cluster }}"),
    "names/cluster.txt": "c\n",
    "apps/prod.yaml": application(
      "parameters: [{name: names, value: '{a,b}'}]\nfileParameters: [{name: cluster, path: ../../names/cluster.txt}]\n",
    ),
  };
  assert.deepEqual(effectsOf(await reportOf(context, files, newDefault)), [
    "charts/pools c/a replace",
    "charts/pools c/b replace",
  ]);
  const renamed = await reportOf(context, files, { "names/cluster.txt": "d\n" });
  assert.deepEqual(effectsOf(renamed), ["charts/pools d/a rejected", "charts/pools d/b rejected"]);
});

test("only the release whose values change is judged, and the report says which", withTools, async (context) => {
  const three = Object.fromEntries(
    ["dev", "stage", "prod"].flatMap((name) => [
      [`apps/${name}.yaml`, application(`releaseName: pools\nvalueFiles: [../../envs/${name}.yaml]\n`, name)],
      [`envs/${name}.yaml`, values(8)],
    ]),
  );
  const one = await reportOf(context, { ...chart, ...three }, { "envs/stage.yaml": values(16) });
  assert.deepEqual(effectsOf(one), ["charts/pools (stage) c/b replace"]);
  const all = await reportOf(context, { ...chart, ...three }, newDefault);
  assert.deepEqual(
    effectsOf(all),
    ["dev", "prod", "stage"].map((name) => `charts/pools (${name}) c/a replace`),
  );
  assert.deepEqual(codesOf(all), ["rendered-as-deployed"]);
  assert.match(all.diagnostics[0]?.message ?? "", /deploys it; and as 2 more of the repository do$/);
});

test("Applications of one name are told apart by their folders", withTools, async (context) => {
  const two = Object.fromEntries(
    ["a", "b"].map((cluster) => [
      `clusters/${cluster}/pools.yaml`,
      application(asObject(8).replace("cluster: c", `cluster: ${cluster}`), "pools"),
    ]),
  );
  const change = { "clusters/b/pools.yaml": two["clusters/b/pools.yaml"]?.replace("cores: 8", "cores: 9") ?? "" };
  assert.deepEqual(effectsOf(await reportOf(context, { ...chart, ...two }, change)), [
    "charts/pools (pools in clusters/b) b/b replace",
  ]);
});

test(
  "a release that comes or goes makes and deletes its pools; without a finalizer nobody knows",
  withTools,
  async (context) => {
    const app = application(asObject(8));
    const comes = await reportOf(context, chart, { "apps/prod.yaml": app });
    assert.deepEqual(
      [effectsOf(comes), comes.complete],
      [["charts/pools c/a create", "charts/pools c/b create"], true],
    );
    const goes = await reportOf(context, { ...chart, "apps/prod.yaml": app }, { "apps/prod.yaml": null });
    assert.deepEqual(effectsOf(goes), ["charts/pools c/a delete", "charts/pools c/b delete"]);
    const leaving = { ...chart, "apps/prod.yaml": app.replace(/ {2}finalizers.*\n/, "") };
    const left = await reportOf(context, leaving, { "apps/prod.yaml": null });
    assert.deepEqual([left.verdict, left.complete, codesOf(left)], ["unknown", false, ["unrendered"]]);
  },
);

test("a release of another revision is unknown, as is one with what is not followed", withTools, async (context) => {
  const app = application(asObject(8));
  const moved = await reportOf(
    context,
    { ...chart, "apps/prod.yaml": app },
    { "apps/prod.yaml": app.replace("path:", "targetRevision: v2\n    path:") },
  );
  assert.deepEqual([moved.verdict, moved.complete, codesOf(moved)], ["unknown", false, ["unrendered"]]);
  for (const [helm, because] of [
    ["valueFiles: [$ARGOCD_APP_NAME.yaml]\n", /values file .* is not taken from this repository/],
    ["parameters: [{name: 'a=b,c', value: d}]\n", /parameter .* is not a plain value/],
    ["fileParameters: [{name: 'a=/etc/passwd,b', path: values.yaml}]\n", /is not a file of this repository/],
    ["newField: 1\n", /sets "newField"/],
  ] as const) {
    const report = await reportOf(context, { ...chart, "apps/prod.yaml": application(helm) }, newDefault);
    assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["chart-without-values"]]);
    assert.match(report.diagnostics[0]?.message ?? "", because);
  }
  const overridden = { ...chart, "apps/prod.yaml": app, "charts/pools/.argocd-source-prod.yaml": "helm: {}\n" };
  assert.match((await reportOf(context, overridden, newDefault)).diagnostics[0]?.message ?? "", /overrides it/);
});

test("an Application among other documents leaves those where they stand", withTools, async (context) => {
  const config = (size: number): string =>
    `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {size: "${size}"}\n`;
  const base = { ...chart, "apps/prod.yaml": `${application(asObject(8))}${config(1)}` };
  const report = await reportOf(context, base, { "apps/prod.yaml": `${application(asObject(9))}${config(2)}` });
  assert.deepEqual([effectsOf(report), report.complete], [["charts/pools c/b replace"], true]);
});

test(
  "a release that moves to another cluster is unknown, and so is one whose chart is gone",
  withTools,
  async (context) => {
    const app = application(asObject(8));
    const files = { ...chart, "apps/prod.yaml": app };
    const moved = await reportOf(context, files, { "apps/prod.yaml": app.replace("in-cluster", "other") });
    assert.deepEqual([moved.verdict, moved.complete, codesOf(moved)], ["unknown", false, ["unrendered"]]);
    const gone = Object.fromEntries(Object.keys(chart).map((path) => [path, null]));
    const left = await reportOf(context, files, gone);
    assert.deepEqual(effectsOf(left), ["charts/pools c/a unknown", "charts/pools c/b unknown"]);
    assert.match(
      left.diagnostics[0]?.message ?? "",
      /on the head side: the chart charts\/pools\/Chart\.yaml does not exist/,
    );
  },
);

test("a source that only lends its files makes nothing of its own", withTools, async (context) => {
  const app = (cores: number, more: string): string =>
    `${application(asObject(cores)).replace("  source:\n", "  sources:\n   -\n")}   - { repoURL: "https://git.example.com/fleet", ${more} }\n`;
  const more = "ref: values";
  const report = await reportOf(
    context,
    { ...chart, "apps/prod.yaml": app(8, more) },
    { "apps/prod.yaml": app(16, more) },
  );
  assert.deepEqual([effectsOf(report), codesOf(report)], [["charts/pools c/b replace"], ["rendered-as-deployed"]]);
});

test("of the sources of an Application those count that Argo CD takes", withTools, async (context) => {
  const source = (file: string): string =>
    `{ repoURL: "https://git.example.com/fleet", path: charts/pools, helm: { valueFiles: [${file}] } }`;
  const app = (spec: string): string => application("").replace(/ {2}source:[^]*$/, spec);
  const files = { ...chart, "charts/pools/a.yaml": values(8, "one"), "charts/pools/b.yaml": values(8, "two") };
  const change = { "charts/pools/a.yaml": values(16, "one"), "charts/pools/b.yaml": values(16, "two") };
  for (const [spec, cluster] of [
    [`  source: ${source("a.yaml")}\n`, "one"],
    [`  source: ${source("a.yaml")}\n  sources: []\n`, "one"],
    [`  source: ${source("a.yaml")}\n  sources: [${source("b.yaml")}]\n`, "two"],
    [`  sources: [${source("b.yaml")}]\n  sourceHydrator: { drySource: ${source("a.yaml")} }\n`, "one"],
  ] as const) {
    const report = await reportOf(context, { ...files, "apps/prod.yaml": app(spec) }, change);
    assert.deepEqual([effectsOf(report), report.complete], [[`charts/pools ${cluster}/b replace`], true], spec);
  }
});
