import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { chart, chartYaml, newDefault, packed, template, values } from "../pool-chart.ts";

const charts = [{ chart: "charts/pools", values: ["values/prod.yaml"], release: "prod", namespace: "clusters" }];
const configured = { ...chart, "values/prod.yaml": values(8) };

test("a chart of the configuration is rendered with its values on both sides", withTools, async (context) => {
  const report = await reportOf(context, configured, { "values/prod.yaml": values(16) }, { charts });
  assert.deepEqual(effectsOf(report), ["charts/pools c/b replace"]);
  assert.deepEqual([report.complete, codesOf(report), report.pools[0]?.namespace], [true, [], "clusters"]);
  assert.deepEqual(
    report.renderers?.map(({ name, version }) => `${name} ${version.split(".")[0] ?? ""}`),
    ["helm v4"],
  );
});

test("a default of the chart reaches the pools that do not set it", withTools, async (context) => {
  const report = await reportOf(
    context,
    configured,
    { "charts/pools/values.yaml": "cores: 6\npools: []\n" },
    { charts },
  );
  assert.deepEqual(effectsOf(report), ["charts/pools c/a replace"]);
});

test("a template that is written in another way changes nothing", withTools, async (context) => {
  const change = {
    "charts/pools/templates/pools.yaml": null,
    "charts/pools/templates/all.yaml": `{{/* moved */}}${template}`,
  };
  const report = await reportOf(context, configured, change, { charts });
  assert.deepEqual([report.pools, report.objects, report.diagnostics], [[], [], []]);
});

test(
  "a chart that nobody names is rendered with the values of its own tests, and that is said",
  withTools,
  async (context) => {
    const base = { ...chart, "charts/pools/ci/test-values.yaml": values(8) };
    const report = await reportOf(context, base, { "charts/pools/values.yaml": "cores: 6\npools: []\n" });
    assert.deepEqual(effectsOf(report), ["charts/pools (ci/test-values.yaml) c/a replace"]);
    assert.deepEqual(codesOf(report), ["rendered-with-ci-values"]);
    assert.match(report.diagnostics[0]?.message ?? "", /rendered with charts\/pools\/ci\/test-values\.yaml/);
  },
);

test("a chart that does not render makes its pools unknown", withTools, async (context) => {
  const report = await reportOf(
    context,
    configured,
    { "charts/pools/templates/pools.yaml": `${template}{{ required "say which region" .Values.region }}` },
    { charts },
  );
  assert.deepEqual(effectsOf(report), ["charts/pools c/a unknown", "charts/pools c/b unknown"]);
  assert.match(
    report.diagnostics[0]?.message ?? "",
    /helm does not render charts\/pools on the head side: .*say which region/,
  );
});

test(
  "a dependency whose content is not in the repository is unknown, one beside the chart is rendered",
  withTools,
  async (context) => {
    const fleet = (repository: string, version: string): string =>
      `apiVersion: v2\nname: fleet\nversion: 0.1.0\ndependencies: [{name: pools, version: ${version}, repository: "${repository}"}]\n`;
    const own = { "fleet/values.yaml": `pools: {cluster: c, cores: 4, pools: [{name: a, replicas: 1}]}\n` };
    const options = { charts: [{ chart: "fleet" }] };
    const remote = await reportOf(
      context,
      { ...own, "fleet/Chart.yaml": fleet("https://charts.example.com", "1.0.0") },
      { "fleet/Chart.yaml": fleet("https://charts.example.com", "1.1.0") },
      options,
    );
    assert.deepEqual([remote.verdict, remote.complete], ["unknown", false]);
    assert.match(remote.diagnostics[0]?.message ?? "", /pools/);
    const local = await reportOf(
      context,
      { ...chart, ...own, "fleet/Chart.yaml": fleet("file://../charts/pools", "0.1.0") },
      { "fleet/values.yaml": own["fleet/values.yaml"].replace("cores: 4", "cores: 5") },
      options,
    );
    assert.deepEqual(effectsOf(local), ["fleet c/a replace"]);
    const [start = "", list = ""] = fleet("file://../charts/pools", "0.1.0").split(/(?=dependencies)/);
    const older = { "fleet/Chart.yaml": start.replace("v2", "v1"), "fleet/requirements.yaml": list };
    const before = await reportOf(
      context,
      { ...chart, ...own, ...older },
      { "fleet/values.yaml": own["fleet/values.yaml"].replace("cores: 4", "cores: 5") },
      options,
    );
    assert.deepEqual(effectsOf(before), ["fleet c/a replace"]);
    // What was put into its folder already is what helm takes.
    const defaults = { "fleet/values.yaml": own["fleet/values.yaml"].replace(" cores: 4,", "") };
    const beside = { ...chart, ...defaults, "fleet/Chart.yaml": fleet("file://../charts/pools", "0.1.0") };
    assert.deepEqual(effectsOf(await reportOf(context, beside, newDefault, options)), ["fleet c/a replace"]);
    const vendored = Object.fromEntries(Object.entries(chart).map(([path, text]) => [`fleet/${path}`, text]));
    assert.deepEqual(effectsOf(await reportOf(context, { ...beside, ...vendored }, newDefault, options)), []);
  },
);

test("a packed dependency counts by what is in it", withTools, async (context) => {
  const name = "charts/pools/";
  const files = (text: string) =>
    Object.fromEntries(
      Object.entries(chart).map(([path, own]) => [path.slice(name.length), path.includes("templates") ? text : own]),
    );
  const fleet =
    "apiVersion: v2\nname: fleet\nversion: 0.1.0\ndependencies: [{name: pools, version: 0.1.0, repository: oci://example.com}]\n";
  const base = {
    "fleet/Chart.yaml": fleet.replaceAll("pools", "base"),
    "fleet/ci/test-values.yaml": "base: {cluster: c, cores: 4, pools: [{name: a, replicas: 1}]}\n",
    "fleet/charts/base-0.1.0.tgz": packed("base", {
      ...files(template),
      "Chart.yaml": "apiVersion: v2\nname: base\nversion: 0.1.0\n",
    }),
    "other/Chart.yaml": fleet.replaceAll("fleet", "other"),
    "other/charts/pools-0.1.0.tgz": packed("pools", files("kind: ConfigMap\napiVersion: v1\nmetadata: {name: a}\n")),
    "other/ci/test-values.yaml": "pools: {a: 1}\n",
  };
  const values = await reportOf(context, base, {
    "fleet/ci/test-values.yaml": "base: {cluster: c, cores: 5, pools: [{name: a, replicas: 1}]}\n",
  });
  assert.deepEqual([effectsOf(values), values.complete], [["fleet (ci/test-values.yaml) c/a replace"], true]);
  const other = await reportOf(context, base, { "other/ci/test-values.yaml": "pools: {a: 2}\n" });
  assert.deepEqual([effectsOf(other), other.complete, codesOf(other)], [[], true, []]);
  const repacked = files(template.replace("memory: 8Gi", "memory: 9Gi"));
  const report = await reportOf(context, base, {
    "fleet/charts/base-0.1.0.tgz": packed("base", {
      ...repacked,
      "Chart.yaml": "apiVersion: v2\nname: base\nversion: 0.1.0\n",
    }),
  });
  assert.deepEqual([effectsOf(report), report.complete], [["fleet (ci/test-values.yaml) c/a replace"], true]);
});

test("a dependency that is nowhere counts where the values speak of pools", async (context) => {
  const fleet = (version: string): string =>
    `apiVersion: v2\nname: fleet\nversion: 0.1.0\ndependencies: [{name: base, version: ${version}, repository: oci://example.com}]\n`;
  for (const [key, complete] of [
    ["nodePools", false],
    ["servers", true],
  ] as const) {
    const report = await reportOf(
      context,
      { "fleet/Chart.yaml": fleet("1.0.0"), "fleet/values.yaml": `base:\n  ${key}:\n  - name: a\n` },
      { "fleet/Chart.yaml": fleet("1.1.0") },
    );
    assert.deepEqual([report.complete, codesOf(report)], [complete, complete ? [] : ["chart-without-values"]]);
  }
});

test("values that nobody names may be those of a chart that nobody deploys", async (context) => {
  const files = {
    ...chart,
    "charts/pools/values-prod.yaml": values(8),
    "envs/prod.yaml": values(8),
    "envs/web.yaml": "cores: 4\nhost: a\n",
    "charts/web/Chart.yaml": chartYaml.replace("pools", "web"),
    "charts/web/prod.yaml": "cores: 4\n",
  };
  for (const file of ["charts/pools/values-prod.yaml", "envs/prod.yaml"]) {
    const report = await reportOf(context, files, { [file]: values(16) });
    assert.deepEqual([report.complete, codesOf(report)], [false, ["chart-without-values"]], file);
    assert.ok(report.diagnostics[0]?.message.includes(`"${file}" may hold its values`));
  }
  for (const file of ["envs/web.yaml", "charts/web/prod.yaml"] as const) {
    const report = await reportOf(context, files, { [file]: files[file].replace("4", "8") });
    assert.deepEqual([report.complete, codesOf(report)], [true, []], file);
  }
});

test("values of a chart that makes nothing of ours describe pools of others", async (context) => {
  const karpenter = "apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: {{ .Values.name }}}\n";
  const files = (template: string) => ({
    "fleet/Chart.yaml": "apiVersion: v2\nname: fleet\nversion: 0.1.0\n",
    "fleet/values.yaml": "nodePools:\n- a\n",
    "fleet/templates/pool.yaml": template,
  });
  const edit = { "fleet/values.yaml": "nodePools:\n- b\n" };
  const others = await reportOf(context, files(karpenter), edit);
  assert.deepEqual([others.complete, codesOf(others)], [true, []]);
  const ours = await reportOf(context, files(template.replace("pools }}", "nodePools }}")), edit);
  assert.deepEqual([ours.complete, codesOf(ours)], [false, ["chart-without-values"]]);
});

test("random values of a chart are no change, and are reported", withTools, async (context) => {
  const random = template.replace("spec:\n", "  annotations:\n    example.com/token: {{ randAlphaNum 12 }}\nspec:\n");
  const base = { ...configured, "charts/pools/templates/pools.yaml": random };
  const report = await reportOf(
    context,
    base,
    { "charts/pools/Chart.yaml": "apiVersion: v2\nname: pools\nversion: 0.2.0\n" },
    { charts },
  );
  assert.deepEqual([report.pools, report.objects], [[], []]);
  assert.deepEqual(codesOf(report), ["differs-by-itself"]);
  assert.match(report.diagnostics[0]?.message ?? "", /NodePool example\.com\/token/);
  const many = Array.from({ length: 7 }, (_, at) => `    example.com/${at}: {{ randAlphaNum 12 }}\n`).join("");
  const all = {
    ...base,
    "charts/pools/templates/pools.yaml": template.replace("spec:\n", `  annotations:\n${many}spec:\n`),
  };
  const cut = await reportOf(context, all, { "values/prod.yaml": values(16) }, { charts });
  assert.deepEqual(effectsOf(cut), ["charts/pools c/b replace"]);
  assert.match(cut.diagnostics.map(({ message }) => message).join("\n"), /example\.com\/4 and 2 more; these values/);
});

test("without helm its charts are named and unknown", async (context) => {
  const report = await reportOf(
    context,
    configured,
    { "values/prod.yaml": values(16) },
    { charts, searchPath: "/nonexistent" },
  );
  assert.deepEqual([report.verdict, report.diagnostics[0]?.file], ["unknown", "charts/pools/Chart.yaml"]);
  assert.match(report.diagnostics[0]?.message ?? "", /helm is not on PATH: install it/);
});

test("a chart for which nobody gives values is named, and what it does is unknown", async (context) => {
  const report = await reportOf(context, chart, { "charts/pools/values.yaml": "cores: 6\npools: []\n" });
  assert.deepEqual([report.verdict, report.complete], ["unknown", false]);
  assert.deepEqual(
    report.diagnostics.map(({ code, file }) => [code, file]),
    [["chart-without-values", "charts/pools/Chart.yaml"]],
  );
});

test("a chart that makes objects of other groups with the same kind is left alone", async (context) => {
  const karpenter = `{{- range .Values.names }}
---
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: {name: {{ . }}}
spec: {template: {spec: {nodeClassRef: {group: eks.amazonaws.com, kind: NodeClass, name: default}}}}
{{- end }}
`;
  const others = { ...chart, "charts/pools/templates/pools.yaml": karpenter };
  const changed = { "charts/pools/values.yaml": "names: [a]\n" };
  assert.deepEqual(codesOf(await reportOf(context, others, changed)), []);
  const filledIn = {
    ...others,
    "charts/pools/templates/pools.yaml": karpenter.replace("karpenter.sh/v1", "{{ $.api }}"),
  };
  assert.deepEqual(codesOf(await reportOf(context, filledIn, changed)), ["chart-without-values"]);
});

test("what helm does not read of a chart changes nothing, unless a template asks for it", async (context) => {
  const others = { "charts/pools/README.md": "more", "charts/pools/tests/pools_test.yaml": "suite: a\n" };
  const report = await reportOf(context, chart, others);
  assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["none", true, []]);
  const reading = { ...chart, "charts/pools/templates/notes.yaml": '{{ .Files.Get "README.md" }}\n' };
  assert.deepEqual(codesOf(await reportOf(context, reading, others)), ["chart-without-values"]);
});

test("templates of a chart are no manifests, and values that describe pools are unknown without it", async (context) => {
  const report = await reportOf(context, chart, { "charts/pools/templates/pools.yaml": `${template}# more\n` });
  assert.deepEqual([report.verdict, codesOf(report)], ["unknown", ["chart-without-values"]]);
  const elsewhere = (cores: number): Record<string, string> => ({ "sites/a.yaml": `nodePool:\n  cores: ${cores}\n` });
  const values = await reportOf(context, elsewhere(2), elsewhere(4));
  assert.deepEqual([values.verdict, codesOf(values)], ["unknown", ["unrendered"]]);
});

test("a folder of the configuration in which there is nothing is named", async (context) => {
  const options = { charts: [{ chart: "chart/pools" }], roots: ["overlay"] };
  const report = await reportOf(context, { "a.yaml": "a: 1\n" }, { "a.yaml": "a: 2\n" }, options);
  assert.equal(report.complete, false);
  assert.deepEqual(codesOf(report), ["nothing-to-render", "nothing-to-render"]);
  assert.match(report.diagnostics[0]?.message ?? "", /render\.charts in the configuration names chart\/pools/);
});

const application = (source: string, path = "charts/pools"): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: prod, namespace: argocd }
spec:
  destination: { namespace: clusters, name: in-cluster }
  source: { repoURL: https://git.example.com/fleet, path: ${path}, ${source} }
`;

test("a chart is rendered with the values that its Application names", withTools, async (context) => {
  const deployed = {
    ...chart,
    "charts/pools/ci/test-values.yaml": values(2),
    "values/prod.yaml": values(8),
    "apps/prod.yaml": application("helm: { releaseName: fleet, valueFiles: [../../values/prod.yaml] }"),
  };
  const byValues = await reportOf(context, deployed, { "values/prod.yaml": values(16) });
  assert.deepEqual(effectsOf(byValues), ["charts/pools c/b replace"]);
  assert.deepEqual([byValues.complete, codesOf(byValues)], [true, ["rendered-as-deployed"]]);
  assert.equal(byValues.pools[0]?.namespace, "clusters");
  assert.equal(
    byValues.diagnostics[0]?.message,
    'the chart charts/pools was rendered with values/prod.yaml, as the Application "argocd/prod" (apps/prod.yaml) deploys it',
  );
  const byDefault = await reportOf(context, deployed, { "charts/pools/values.yaml": "cores: 6\npools: []\n" });
  assert.deepEqual(effectsOf(byDefault), ["charts/pools c/a replace"]);
});
