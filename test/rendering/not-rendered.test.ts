import assert from "node:assert/strict";
import { test } from "node:test";
import { mostFiles } from "../../src/rendering/deployers/bounds.ts";
import { changedSources } from "../../src/rendering/deployment-changes/changed-sources.ts";
import { asItIs } from "../../src/rendering/render-options.ts";
import type { FileTree } from "../../src/rendering/trees/file-tree.ts";
import { effectsOf, reportOf, withTools } from "./comparison.ts";
import { base, overlay, byIndex, three } from "./overlays.ts";
import { nodePool, shoot } from "./shoots.ts";

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

test("a program that kustomize would run is named once for all who build in what it makes", async (context) => {
  const generator = (name: string): string =>
    `apiVersion: policy.open-cluster-management.io/v1\nkind: PolicyGenerator\nmetadata: {name: ${name}}\npolicies: [{name: a, manifests: [{path: pool.yaml}]}]\n`;
  const resources = "resources: [../../policies]\n";
  const files = {
    "policies/pool.yaml": nodePool("c", "a"),
    "overlays/one/kustomization.yaml": resources,
    "overlays/two/kustomization.yaml": resources,
  };
  const change = { "policies/pool.yaml": nodePool("c", "a", "", 8) };
  const ways: Record<string, Record<string, string>> = {
    "policies/generator.yaml": {
      "policies/kustomization.yaml": "generators: [generator.yaml]\n",
      "policies/generator.yaml": `${generator("first")}---\n${generator("second")}`,
    },
    "an entry": {
      "policies/kustomization.yaml": `resources: [pool.yaml]\ngenerators:\n- |\n${generator("a").replaceAll(/^(?=.)/gm, "  ")}`,
    },
  };
  for (const [where, more] of Object.entries(ways)) {
    const { diagnostics, verdict } = await reportOf(context, { ...files, ...more }, change);
    assert.deepEqual([diagnostics.length, verdict], [1, "unknown"], where);
    const said = ` overlays/one, overlays/two on both sides: policies/kustomization.yaml: ${where} has kustomize run PolicyGenerator, `;
    assert.ok(diagnostics[0]?.message.includes(said), diagnostics[0]?.message);
  }
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
    ["overlays/dev/kustomization.yaml"],
  );
  assert.match(
    report.diagnostics[0]?.message ?? "",
    / overlays\/dev, overlays\/prod, overlays\/stage on both sides: neither kustomize nor kubectl is on PATH: install/,
  );
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

test("a GitOps object that changes what is made of a folder of pools is named, whatever it is called", async (context) => {
  const flux = (spec: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: c}\nspec: {path: ./a, ${spec}}\n`;
  const argo = (source: string, rest = ""): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: c}\nspec: {source: {path: a, ${source}}${rest}}\n`;
  const codes = async (before: string, after: string, folder = "a"): Promise<string[]> => {
    const files = { [`${folder}/one.yaml`]: shoot("one", ["a"]) };
    const report = await reportOf(context, { ...files, "c.yaml": before }, { "c.yaml": after });
    return report.diagnostics.map(({ code, file }) => `${code} ${file ?? ""}`);
  };
  const said = ["unrendered c.yaml"];
  assert.deepEqual(await codes(flux("postBuild: {substitute: {a: b}}"), flux("postBuild: {substitute: {a: c}}")), said);
  assert.deepEqual(await codes(argo("kustomize: {namePrefix: a}"), argo("kustomize: {namePrefix: b}")), said);
  assert.deepEqual(await codes(flux("interval: 5m"), flux("interval: 6m")), []);
  assert.deepEqual(await codes(flux("suspend: true"), flux("suspend: false")), said);
  assert.deepEqual(await codes(flux("suspend: false"), flux("interval: 5m")), []);
  const inNamespace = (text: string, namespace: string): string =>
    text.replace("{name: c}", `{name: c, namespace: ${namespace}}`);
  const external = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: c}\nspec: {chart: {spec: {chart: shoots}}}\n`;
  assert.deepEqual(await codes(inNamespace(external, "a"), inNamespace(external, "b")), said);
  assert.deepEqual(await codes(external.replace("{chart:", "{suspend: true, chart:"), external), said);
  assert.deepEqual(await codes(external.replace("{chart:", "{interval: 5m, chart:"), external), []);
  assert.deepEqual(await codes(argo("helm: {}"), argo("helm: {}", ", syncPolicy: {automated: {prune: true}}")), []);
  assert.deepEqual(await codes(flux("targetNamespace: a"), flux("targetNamespace: b"), "elsewhere"), []);
  assert.deepEqual(await codes(argo("targetRevision: v1"), argo("targetRevision: v2")), said);
  const many = (revision: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: c}\nspec: {sources: [{path: b}, {path: a, targetRevision: ${revision}}]}\n`;
  assert.deepEqual(await codes(many("v1"), many("v2")), said);
  const set = (revision: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: c}\nspec: {generators: [{git: {directories: [{path: a/*}]}}], template: {spec: {source: {path: "{{path}}", targetRevision: ${revision}}}}}\n`;
  assert.deepEqual(await codes(set("v1"), set("v2"), "a/b"), said);
});

test("so is one that goes or comes", async (context) => {
  const files = { "a/one.yaml": shoot("one", ["a"]), "README.md": "a\n" };
  const deployer = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: c}\nspec: {source: {path: a}}\n`;
  for (const [base, head] of [
    [{ ...files, "c.yaml": deployer }, { "c.yaml": null }],
    [files, { "c.yaml": deployer }],
  ] as const) {
    const report = await reportOf(context, base, head);
    assert.deepEqual([report.verdict, report.diagnostics.map(({ code }) => code)], ["unknown", ["unrendered"]]);
  }
});

test("one that comes or goes together with its folder is judged by what stands in it", async (context) => {
  const app = (rest: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: c}\nspec: {source: {path: a${rest}}}\n`;
  const cluster = (rest = ""): Record<string, string> => ({ "a/one.yaml": shoot("one", ["a"]), "c.yaml": app(rest) });
  const none = { "a/one.yaml": null, "c.yaml": null };
  const outcome = async (base: Parameters<typeof reportOf>[1], head: Parameters<typeof reportOf>[2]) => {
    const { verdict, diagnostics } = await reportOf(context, { "README.md": "a\n", ...base }, head);
    return [verdict, ...diagnostics.map(({ code }) => code)];
  };
  assert.deepEqual(await outcome({}, cluster()), ["create"]);
  assert.deepEqual(await outcome(cluster(), none), ["delete"]);
  assert.deepEqual(await outcome({}, cluster(", kustomize: {namePrefix: b}")), ["unknown", "unrendered"]);
  assert.deepEqual(await outcome({ "a/two.yaml": shoot("two", ["a"]) }, cluster()), ["unknown", "unrendered"]);
  const named = { ...cluster(), "c.yaml": app("").replace("name: c", "name: shoot-one") };
  assert.deepEqual(await outcome({}, named), ["create"]);
  assert.deepEqual(await outcome(named, none), ["delete"]);
  const beside = { ...named, "c.yaml": `${named["c.yaml"]}---\n${shoot("three", ["a"])}` };
  assert.deepEqual(await outcome({}, beside), ["create"]);
});

test("an ApplicationSet reaches the folders that its generators name, and no others", async (context) => {
  const set = (generator: string, revision: string, path = "{{path}}"): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: c}\nspec: {generators: [${generator}], template: {spec: {source: {path: "${path}", targetRevision: ${revision}}}}}\n`;
  const codes = async (generator: string, path?: string): Promise<string[]> => {
    const files = { "pools/one.yaml": shoot("one", ["a"]), "apps/x.yaml": "a: 1\n" };
    const [before, after] = [set(generator, "v1", path), set(generator, "v2", path)];
    const { diagnostics } = await reportOf(context, { ...files, "c.yaml": before }, { "c.yaml": after });
    return diagnostics.map(({ code }) => code);
  };
  for (const path of ["{{path}}", "{{ .path.path }}", "{{path}}/prod"]) {
    assert.deepEqual(await codes("list: {elements: [{path: apps}]}", path), []);
    assert.deepEqual(await codes("git: {directories: [{path: apps/*}]}", path), []);
    assert.deepEqual(await codes("list: {elements: [{path: apps}, {path: pools}]}", path), ["unrendered"]);
  }
  assert.deepEqual(await codes("list: {elements: [{path: apps}]}", "{{folder}}"), ["unrendered"]);
  assert.deepEqual(await codes("clusters: {}"), ["unrendered"]);
});

test("a source of Flux with another version is named where pools are made from it", async (context) => {
  const source = (spec: string, kind = "GitRepository"): string =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: {name: fleet, namespace: flux-system}\nspec: {${spec}}\n`;
  const kustomization = (spec: string): string =>
    `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: c, namespace: flux-system}\nspec: {${spec}}\n`;
  const release = (spec: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: c}\nspec: {${spec}}\n`;
  const codes = async (user: string, before: string, after: string): Promise<string[]> => {
    const files = { "a/one.yaml": shoot("one", ["a"]), "c.yaml": user, "source.yaml": before };
    const report = await reportOf(context, files, { "source.yaml": after });
    return report.diagnostics.map(({ code, file }) => `${code} ${file ?? ""}`);
  };
  const said = ["unrendered source.yaml"];
  const [v1, v2] = [source("ref: {tag: v1}"), source("ref: {tag: v2}")];
  const uses = (path: string, kind = "GitRepository"): string =>
    kustomization(`path: ${path}, sourceRef: {kind: ${kind}, name: fleet}`);
  assert.deepEqual(await codes(uses("./a"), v1, v2), said);
  assert.deepEqual(await codes(uses("./elsewhere/nodepools"), v1, v2), said);
  assert.deepEqual(await codes(uses("./elsewhere"), v1, v2), []);
  assert.deepEqual(await codes(uses("./a", "OCIRepository"), v1, v2), []);
  assert.deepEqual(await codes(kustomization("path: a, sourceRef: {kind: GitRepository, name: other}"), v1, v2), []);
  const away = kustomization("path: a, sourceRef: {kind: GitRepository, name: fleet, namespace: other}");
  assert.deepEqual(await codes(away, v1, v2), []);
  assert.deepEqual(await codes(uses("./a"), source("interval: 1m"), source("interval: 2m")), []);
  assert.deepEqual(await codes(uses("./a"), source("url: https://a"), source("url: https://b")), said);
  const oci = [source("ref: {tag: v1}", "OCIRepository"), source("ref: {tag: v2}", "OCIRepository")] as const;
  const chart = "chartRef: {kind: OCIRepository, name: fleet}";
  assert.deepEqual(await codes(release(`releaseName: shoots, ${chart}`), ...oci), said);
  assert.deepEqual(await codes(release(`releaseName: web, ${chart}`), ...oci), []);
  const inner = "chart: {spec: {chart: charts/shoots, sourceRef: {kind: GitRepository, name: fleet}}}";
  assert.deepEqual(await codes(release(inner), v1, v2), said);
});

test("of a source of Flux among too many files it is said that its users were not looked for", async () => {
  const repository = (tag: string): string =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: fleet}\nspec: {ref: {tag: ${tag}}}\n`;
  const asked: string[] = [];
  const treeOf = (files: number, tag: string): FileTree => ({
    entries: new Map(
      ["source.yaml", ...Array.from({ length: files - 1 }, (_, at) => `apps/${at}.yaml`)].map((path) => [
        path,
        { isLink: false },
      ]),
    ),
    read: async (paths) => {
      asked.push(...paths);
      return await Promise.resolve(
        new Map(paths.filter((path) => path === "source.yaml").map((path) => [path, Buffer.from(repository(tag))])),
      );
    },
  });
  const told = async (files: number) =>
    await changedSources(
      { base: treeOf(files, "v1"), head: treeOf(files, "v2"), changed: new Set(["source.yaml"]) },
      { kinds: [{ group: "core.gardener.cloud", kind: "Shoot" }], accepts: () => true, shown: asItIs },
    );
  assert.deepEqual(await told(mostFiles), []);
  assert.equal(new Set(asked).size, mostFiles);
  asked.length = 0;
  const [one, ...more] = await told(mostFiles + 1);
  assert.deepEqual(more, []);
  assert.deepEqual([one?.code, one?.file, one?.incomplete, one?.hidesPools], ["unrendered", "source.yaml", true, true]);
  assert.match(
    one?.message ?? "",
    /GitRepository "fleet" changed, and what uses it is not searched for among more than 5000/,
  );
  assert.deepEqual([...new Set(asked)], ["source.yaml"]);
});
