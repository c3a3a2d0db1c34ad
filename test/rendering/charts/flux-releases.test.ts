import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { chart, chartYaml, newDefault, values } from "../pool-chart.ts";

const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);

const release = (spec: string, inner = "", name = "prod"): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: ${name}
  namespace: clusters
spec:
  interval: 10m
  chart:
    spec:
      chart: ./charts/pools
      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
${indented(inner, "      ")}${indented(spec, "  ")}`;
const inline = (cores: number): string => `values:\n${indented(values(cores), "  ")}`;
const byRevision = "reconcileStrategy: Revision\n";
const configMap = (name: string, data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: clusters }\ndata:\n${indented(data, "  ")}`;

test("a HelmRelease of a chart of the repository is rendered with its own values", withTools, async (context) => {
  const files = { ...chart, "releases/prod.yaml": release(inline(8), byRevision) };
  const byValues = await reportOf(context, files, { "releases/prod.yaml": release(inline(16), byRevision) });
  assert.deepEqual(effectsOf(byValues), ["charts/pools c/b replace"]);
  assert.deepEqual([byValues.complete, codesOf(byValues)], [true, ["rendered-as-deployed"]]);
  assert.equal(byValues.pools[0]?.namespace, "clusters");
  const byChart = await reportOf(context, files, newDefault);
  assert.deepEqual([effectsOf(byChart), byChart.complete], [["charts/pools c/a replace"], true]);
  const other = await reportOf(context, files, {
    "releases/prod.yaml": release(inline(8), byRevision).replace("10m", "5m"),
  });
  assert.deepEqual([effectsOf(other), other.complete, codesOf(other)], [[], true, []]);
});

test("without another version Flux goes on with the chart that it has", withTools, async (context) => {
  const files = { ...chart, "releases/prod.yaml": release(inline(8)) };
  const kept = await reportOf(context, files, newDefault);
  assert.deepEqual([effectsOf(kept), kept.complete, codesOf(kept)], [[], true, ["chart-version-kept"]]);
  const both = await reportOf(context, files, { ...newDefault, "releases/prod.yaml": release(inline(16)) });
  assert.deepEqual(effectsOf(both), ["charts/pools c/b replace"]);
  const version = { "charts/pools/Chart.yaml": chartYaml.replace("0.1.0", "0.2.0") };
  assert.deepEqual(effectsOf(await reportOf(context, files, { ...newDefault, ...version })), [
    "charts/pools c/a replace",
  ]);
});

test("its files stand in the place of the chart's own values", withTools, async (context) => {
  const files = (list: string) => ({
    ...chart,
    "charts/pools/values-prod.yaml": "cluster: c\ncores: 5\npools: [{name: a, replicas: 2}]\n",
    "releases/prod.yaml": release("", `${byRevision}valuesFiles: [${list}]\n`),
  });
  const own = files("charts/pools/values-prod.yaml");
  const alone = await reportOf(context, own, newDefault);
  assert.deepEqual([effectsOf(alone), alone.complete], [[], true]);
  const changed = await reportOf(context, own, {
    "charts/pools/values-prod.yaml": own["charts/pools/values-prod.yaml"].replace("cores: 5", "cores: 6"),
  });
  assert.deepEqual(effectsOf(changed), ["charts/pools c/a replace"]);
  const without = own["charts/pools/values-prod.yaml"].replace("cores: 5\n", "");
  const both = {
    ...files("charts/pools/values.yaml, charts/pools/values-prod.yaml"),
    "charts/pools/values-prod.yaml": without,
  };
  assert.deepEqual(effectsOf(await reportOf(context, both, newDefault)), ["charts/pools c/a replace"]);
  const silent = await reportOf(context, { ...own, "charts/pools/values-prod.yaml": without }, newDefault);
  assert.deepEqual([effectsOf(silent), silent.complete], [[], true]);
});

test("two releases of one name in one file are two, in their order", withTools, async (context) => {
  const both = (cores: number): string =>
    `${release(inline(8))}---\n${release(inline(cores)).replace("cluster: c", "cluster: d")}`;
  const report = await reportOf(
    context,
    { ...chart, "releases/prod.yaml": both(9) },
    { "releases/prod.yaml": both(10) },
  );
  assert.deepEqual([effectsOf(report), report.complete], [["charts/pools (prod 2) d/b replace"], true]);
});

test(
  "values from a ConfigMap of the repository count, those from a Secret are not known",
  withTools,
  async (context) => {
    const from = (kind: string, more = ""): string =>
      release(`valuesFrom: [{ kind: ${kind}, name: sizes${more} }]\n`, byRevision);
    const map = (cores: number) => configMap("sizes", `values.yaml: |\n${indented(values(cores), "  ")}`);
    const files = { ...chart, "releases/prod.yaml": from("ConfigMap"), "releases/sizes.yaml": map(8) };
    const report = await reportOf(context, files, { "releases/sizes.yaml": map(16) });
    assert.deepEqual([effectsOf(report), report.complete], [["charts/pools c/b replace"], true]);
    for (const [text, because] of [
      [from("Secret"), /takes values from the Secret "sizes"/],
      [from("ConfigMap", ", targetPath: a"), /what it takes from the ConfigMap "sizes" is not a plain value/],
      [from("ConfigMap", ", valuesKey: other"), /ConfigMap "sizes", which is not found in the repository/],
      [release(`${inline(8)}suspend: true\n`), /it is suspended/],
      [release(inline(8).replace("cluster: c", "cluster: ${cluster}")), /variables that a Kustomization may fill in/],
      [release(`${inline(8)}postRenderers: [{ kustomize: { patches: [] } }]\n`), /it has postRenderers/],
    ] as const) {
      const unknown = await reportOf(context, { ...files, "releases/prod.yaml": text }, newDefault);
      assert.deepEqual(
        [unknown.verdict, unknown.complete, codesOf(unknown)],
        ["unknown", false, ["chart-without-values"]],
      );
      assert.match(unknown.diagnostics[0]?.message ?? "", because);
    }
  },
);

test("a single value of a ConfigMap goes where its targetPath says, as helm reads it", withTools, async (context) => {
  const from = (more: string): string =>
    release(
      `valuesFrom: [{ kind: ConfigMap, name: sizes, valuesKey: size, targetPath: ${more} }]\nvalues: { pools: [{ name: a, replicas: 2 }] }\n`,
      byRevision,
    );
  const map = (size: string) => configMap("sizes", `size: ${size}\n`);
  const named = { ...chart, "releases/prod.yaml": from("cluster"), "releases/sizes.yaml": map("one") };
  const renamed = await reportOf(context, named, { "releases/sizes.yaml": map("two") });
  assert.deepEqual([effectsOf(renamed), renamed.complete], [["charts/pools two/a rejected"], true]);
  const sized = {
    ...chart,
    "releases/prod.yaml": from("cores").replace("values: {", "values: { cluster: c,"),
    "releases/sizes.yaml": map("'8'"),
  };
  const grown = await reportOf(context, sized, { "releases/sizes.yaml": map("'16'") });
  assert.deepEqual([effectsOf(grown), grown.complete], [["charts/pools c/a replace"], true]);
});

test("of several clusters each has its own release", withTools, async (context) => {
  const files = Object.fromEntries(
    ["a", "b"].flatMap((cluster) => [
      [`clusters/${cluster}/release.yaml`, release(`valuesFrom: [{ kind: ConfigMap, name: sizes }]\n`, byRevision)],
      [`clusters/${cluster}/sizes.yaml`, configMap("sizes", `values.yaml: |\n${indented(values(8, cluster), "  ")}`)],
    ]),
  );
  const change = configMap("sizes", `values.yaml: |\n${indented(values(9, "b"), "  ")}`);
  const report = await reportOf(context, { ...chart, ...files }, { "clusters/b/sizes.yaml": change });
  assert.deepEqual(effectsOf(report), ["charts/pools (prod in clusters/b) b/b replace"]);
});

test("a chart from another source is none of the repository", async (context) => {
  const other = release(inline(8)).replace("GitRepository", "HelmRepository");
  const report = await reportOf(context, { ...chart, "releases/prod.yaml": other }, newDefault);
  assert.deepEqual(codesOf(report), ["chart-without-values"]);
  assert.match(report.diagnostics[0]?.message ?? "", /nothing says with which values/);
});

test("a release of another name is uninstalled first, so what happens is unknown", withTools, async (context) => {
  const files = { ...chart, "releases/prod.yaml": release(inline(8), byRevision) };
  for (const more of ["releaseName: other\n", "targetNamespace: other\n", "storageNamespace: other\n"]) {
    const report = await reportOf(context, files, { "releases/prod.yaml": release(`${inline(8)}${more}`, byRevision) });
    assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["chart-without-values"]]);
  }
});

test("what a release whose values are not known is made of counts, and not when it is applied", async (context) => {
  const both = "valuesFrom: [{ kind: ConfigMap, name: sizes }, { kind: Secret, name: more }]\n";
  const map = (cores: number) => configMap("sizes", `values.yaml: |\n${indented(values(cores), "  ")}`);
  const kustomization = (cores: number, more = ""): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k, namespace: flux-system }\nspec:\n  interval: 5m\n  path: ./filled\n  prune: true\n  sourceRef: { kind: GitRepository, name: flux-system }\n  postBuild: { substitute: { cores: "${cores}" }, substituteFrom: [{ kind: ConfigMap, name: vars }] }\n${more}`;
  const vars = (cluster: string): string =>
    configMap("vars", `cluster: ${cluster}\n`).replace("clusters", "flux-system");
  const files = {
    ...chart,
    "releases/prod.yaml": release(both, byRevision),
    "releases/sizes.yaml": map(8),
    "filled/test.yaml": release(inline(8).replace("cores: 8", 'cores: "${cores}"'), byRevision, "test"),
    "clusters/k.yaml": kustomization(8),
    "clusters/vars.yaml": vars("c"),
  };
  for (const [edit, because] of [
    [{ "releases/sizes.yaml": map(16) }, /takes values from the Secret "more"/],
    [{ "clusters/k.yaml": kustomization(16) }, /the Kustomization "flux-system\/k" changes it/],
    [{ "clusters/vars.yaml": vars("d") }, /the Kustomization "flux-system\/k" changes it/],
  ] as const) {
    const report = await reportOf(context, files, edit);
    assert.deepEqual([report.complete, codesOf(report)], [false, ["chart-without-values"]], Object.keys(edit).join());
    assert.match(report.diagnostics[0]?.message ?? "", because);
  }
  for (const edit of [
    { "releases/prod.yaml": release(both, byRevision).replace("10m", "5m") },
    { "clusters/k.yaml": kustomization(8, "  timeout: 3m\n") },
  ]) {
    const report = await reportOf(context, files, edit);
    assert.deepEqual([report.complete, codesOf(report)], [true, []]);
  }
});

test("before v2 a release may name a single values file, which comes first", withTools, async (context) => {
  const files = {
    ...chart,
    "environments/first.yaml": "cluster: c\ncores: 5\npools: [{name: a, replicas: 2}]\n",
    "environments/second.yaml": "cores: 6\n",
    "releases/prod.yaml": release(
      "",
      `${byRevision}valuesFile: environments/first.yaml\nvaluesFiles: [environments/second.yaml]\n`,
    ).replace("/v2", "/v2beta2"),
  };
  const first = { "environments/first.yaml": files["environments/first.yaml"].replace("cores: 5", "cores: 7") };
  const covered = await reportOf(context, files, first);
  assert.deepEqual([effectsOf(covered), covered.complete], [[], true]);
  const alone = { ...files, "environments/second.yaml": "{}\n" };
  const changed = await reportOf(context, alone, first);
  assert.deepEqual([effectsOf(changed), changed.complete], [["charts/pools c/a replace"], true]);
});

test("a release in a List is a release", withTools, async (context) => {
  const list = (cores: number): string =>
    `apiVersion: v1\nkind: List\nitems:\n- ${indented(release(inline(cores), byRevision), "  ").trim()}\n`;
  const report = await reportOf(context, { ...chart, "releases/all.yaml": list(8) }, { "releases/all.yaml": list(16) });
  assert.deepEqual([effectsOf(report), report.complete], [["charts/pools c/b replace"], true]);
});

test("a changed values file of a release with a Secret is not passed over", withTools, async (context) => {
  const secret = "valuesFrom: [{kind: Secret, name: more}]\n";
  for (const file of ["charts/pools/prod.yaml", "environments/prod.yaml"]) {
    const files = {
      ...chart,
      [file]: values(8),
      "releases/prod.yaml": release(secret, `${byRevision}valuesFiles: [${file}]\n`),
    };
    const report = await reportOf(context, files, { [file]: values(16) });
    assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["chart-without-values"]]);
  }
});

test("where a chart is deployed to, the APIs of its pools are served", withTools, async (context) => {
  const template = chart["charts/pools/templates/pools.yaml"];
  for (const api of ["hypershift.openshift.io/v1beta1", "hypershift.openshift.io/v1beta1/NodePool"]) {
    const asking = {
      ...chart,
      "charts/pools/templates/pools.yaml": `{{- if .Capabilities.APIVersions.Has "${api}" }}\n${template}{{- end }}\n`,
      "releases/prod.yaml": release(inline(8), byRevision),
    };
    const report = await reportOf(context, asking, { "releases/prod.yaml": release(inline(16), byRevision) });
    assert.deepEqual([effectsOf(report), report.complete], [["charts/pools c/b replace"], true]);
  }
});
