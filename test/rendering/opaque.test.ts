import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { analyze } from "../../src/index.ts";
import { mostFiles } from "../../src/rendering/deployers/bounds.ts";
import { renderedFromGit } from "../../src/rendering/rendered-sides.ts";
import { kindGroupsOf } from "../../src/rules/interest.ts";
import { withGitChange } from "../../src/sources/git/sides.ts";
import { outlinesOf } from "../../src/systems/outlines.ts";
import { newRepository } from "../sources/git/repository.ts";
import { codesOf, effectsOf, reportBetween, reportOf, withTools } from "./comparison.ts";
import { nodePool } from "./shoots.ts";

const chart = (folder: string, more = ""): Record<string, string> => ({
  [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder.split("/").at(-1) ?? ""}\nversion: 1.0.0\n${more}`,
});
const application = (name: string, path: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  source: {repoURL: https://example.com/fleet.git, path: ${path}}
`;
const pools = { "team/a/pool.yaml": nodePool("one", "a"), "team/b/pool.yaml": nodePool("two", "b") };

test("what is not in the repository is not passed over where its name speaks of pools", withTools, async (context) => {
  const remote = (ref: string, path: string): string =>
    `resources: ["https://example.com/fleet.git//${path}?ref=${ref}"]\n`;
  const base = { "a/kustomization.yaml": remote("v1", "nodepools"), "b/kustomization.yaml": remote("v1", "gateway") };
  const pool = await reportOf(context, base, { "a/kustomization.yaml": remote("v2", "nodepools") });
  assert.deepEqual([codesOf(pool), pool.complete], [["not-rendered"], false]);
  const other = await reportOf(context, base, { "b/kustomization.yaml": remote("v2", "gateway") });
  assert.deepEqual([codesOf(other), other.complete], [[], true]);
});

test("files beside what is not in the repository speak of it only as values do", withTools, async (context) => {
  const remote = (ref: string): string =>
    `resources: ["https://example.com/prow.git//crds?ref=${ref}", deck.yaml]\nimages: [{name: deck, newName: ghcr.io/gardener/deck}]\n`;
  const deck = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: deck}\nspec: {args: [--org=gardener]}\n";
  const base = { "a/kustomization.yaml": remote("v1"), "a/deck.yaml": deck };
  const project = await reportOf(context, base, { "a/kustomization.yaml": remote("v2") });
  assert.deepEqual([codesOf(project), project.complete], [[], true]);
  const values = { "a/deck.yaml": deck, "a/values.yaml": "nodePools:\n- name: a\n" };
  const named = (ref: string): string => `${remote(ref)}configMapGenerator: [{name: v, files: [values.yaml]}]\n`;
  const report = await reportOf(
    context,
    { ...values, "a/kustomization.yaml": named("v1") },
    { "a/kustomization.yaml": named("v2") },
  );
  assert.deepEqual([codesOf(report), report.complete], [["not-rendered"], false]);
});

test(
  "labels of what runs in a cluster of Gardener do not speak of pools, and those of Shoots do",
  withTools,
  async (context) => {
    const remote = (version: string, key: string): string =>
      `resources: ["https://example.com/${version}/install.yaml"]\npatches:\n- {target: {name: a}, patch: '{"metadata": {"annotations": {"${key}": "x"}}}'}\n`;
    for (const [key, codes] of [
      ["gardener.cloud/purpose", []],
      ["dns.gardener.cloud/dnsnames", []],
      ["worker.gardener.cloud/pool", []],
      ["gardener.cloud/operation", ["not-rendered"]],
      ["shoot.gardener.cloud/cleanup-infrastructure-resources-grace-period-seconds", ["not-rendered"]],
      ["dns.gardener.cloud/v1alpha1", ["not-rendered"]],
    ] as const) {
      const base = { "a/kustomization.yaml": remote("v1", key) };
      assert.deepEqual(
        codesOf(await reportOf(context, base, { "a/kustomization.yaml": remote("v2", key) })),
        codes,
        key,
      );
    }
  },
);

test("nor is what a generator makes that is no part of kustomize", withTools, async (context) => {
  const generator = (name: string, kind = "PoolGenerator"): string =>
    `apiVersion: example.com/v1\nkind: ${kind}\nmetadata:\n  name: g\n  annotations: {config.kubernetes.io/function: "exec: {path: ./run}"}\nspec: {clusters: [${name}]}\n`;
  const kustomization = "generators: [g.yaml]\n";
  const base = { "nodepools/kustomization.yaml": kustomization, "nodepools/g.yaml": generator("a") };
  const pool = await reportOf(context, base, { "nodepools/g.yaml": generator("b") });
  assert.deepEqual([codesOf(pool), pool.complete], [["not-rendered"], false]);
  const others = { "other/kustomization.yaml": kustomization, "other/g.yaml": generator("a", "Generator") };
  const other = await reportOf(context, others, { "other/g.yaml": generator("b", "Generator") });
  assert.deepEqual([codesOf(other), other.complete], [[], true]);
});

test("nor is a chart of the repository that kustomize would render", withTools, async (context) => {
  const kustomization = (type: string): string =>
    `helmGlobals: {chartHome: ../charts}\nhelmCharts: [{name: team, valuesInline: {cores: ${type}}}]\n`;
  const base = {
    "a/kustomization.yaml": kustomization("4"),
    ...chart("charts/team"),
    "charts/team/templates/pool.yaml": nodePool("one", "a"),
  };
  const report = await reportOf(context, base, { "a/kustomization.yaml": kustomization("8") });
  assert.deepEqual([codesOf(report), report.complete], [["not-rendered"], false]);
});

test("nor is a dependency of a chart", withTools, async (context) => {
  const of = (name: string, version: string): string =>
    `dependencies: [{name: ${name}, version: ${version}, repository: "oci://example.com/charts"}]\n`;
  const base = {
    ...chart("charts/one", of("hosted-cluster", "1.0.0")),
    ...chart("charts/two", of("gateway", "1.0.0")),
  };
  const report = await reportOf(context, base, chart("charts/one", of("hosted-cluster", "2.0.0")));
  assert.deepEqual([codesOf(report), report.complete], [["chart-without-values"], false]);
  const other = await reportOf(context, base, chart("charts/two", of("gateway", "2.0.0")));
  assert.deepEqual([codesOf(other), other.complete], [[], true]);
});

test("what installs Gardener has no pools, whatever its folder is called", withTools, async (context) => {
  const of = (name: string, repository: string, version: string): Record<string, string> =>
    chart(
      "charts/our-gardener",
      `dependencies: [{name: ${name}, version: ${version}, repository: "oci://${repository}"}]\n`,
    );
  const codes = async (name: string, repository: string) =>
    codesOf(await reportOf(context, of(name, repository, "1.0.0"), of(name, repository, "2.0.0")));
  const published = "europe-docker.pkg.dev/gardener-project/releases/charts/gardener";
  assert.deepEqual(await codes("operator", published), []);
  assert.deepEqual(await codes("shoot-dns-service", published), []);
  assert.deepEqual(await codes("owner-info", "example.com/charts"), []);
  assert.deepEqual(await codes("gardener-clusters", "example.com/charts"), ["chart-without-values"]);
  assert.deepEqual(await codes("clusters", "example.com/shoots"), ["chart-without-values"]);
});

test("a chart that makes Applications is named where these deploy pools", withTools, async (context) => {
  const apps = (path: string, values: string): Record<string, string> => ({
    ...chart("apps"),
    "apps/values.yaml": values,
    "apps/templates/apps.yaml": `{{- range .Values.apps }}\n---\n${application("{{ .name }}", path)}{{- end }}\n`,
    "apps/README.md": "apps\n",
  });
  const named = { ...pools, ...apps("team/{{ .name }}", "apps: [{name: a}, {name: b}]\n") };
  const fewer = await reportOf(context, named, { "apps/values.yaml": "apps: [{name: a}]\n" });
  assert.deepEqual([codesOf(fewer), fewer.complete], [["unrendered"], false]);
  const prose = await reportOf(context, named, { "apps/README.md": "applications\n" });
  assert.deepEqual([codesOf(prose), prose.complete], [[], true]);
  const given = { ...pools, ...apps("{{ .path }}", "apps: [{name: a, path: team/a}]\n") };
  const moved = await reportOf(context, given, { "apps/values.yaml": "apps: [{name: a, path: team/b}]\n" });
  assert.deepEqual([codesOf(moved), moved.complete], [["unrendered"], false]);
  const others = { ...pools, "gateway/a.yaml": "a: b\n", ...apps("{{ .path }}", "apps: [{name: a, path: gateway}]\n") };
  const none = await reportOf(context, others, { "apps/values.yaml": "apps: [{name: b, path: gateway}]\n" });
  assert.deepEqual([codesOf(none), none.complete], [[], true]);
});

test("a chart is made of what its links to folders lead to", withTools, async (context) => {
  const repository = newRepository(context).write({
    ...chart("charts/team"),
    "charts/team/templates/pool.yaml": nodePool("one", "a", "", 0).replace(
      "cores: 0",
      'cores: {{ .Files.Get "given/cores" | trim }}',
    ),
    "common/cores": "4\n",
    "team.yaml": application("team", "charts/team"),
  });
  symlinkSync("../../common", join(repository.folder, "charts/team/given"));
  const from = repository.commit({});
  const report = await reportBetween(repository, from, repository.commit({ "common/cores": "8\n" }));
  assert.deepEqual(effectsOf(report), ["charts/team one/a replace"]);
});

test(
  "two folders of two revisions are taken to be rendered, and it is said where they are not",
  withTools,
  async (context) => {
    const kustomization = "resources: [pool.yaml]\n";
    const repository = newRepository(context);
    const revision = repository.commit({
      "one/kustomization.yaml": kustomization,
      "one/pool.yaml": nodePool("one", "a"),
      "two/kustomization.yaml": `${kustomization}namePrefix: two-\n`,
      "two/pool.yaml": nodePool("one", "a"),
      "three/pool.yaml": nodePool("one", "a"),
    });
    const told = async (path: string): Promise<readonly [codes: readonly string[], isComplete: boolean]> => {
      const operands = [`${revision}:one`, `${revision}:${path}`];
      const { base, head } = await withGitChange(
        operands,
        { groups: kindGroupsOf(outlinesOf()) },
        { cwd: repository.folder },
        async (change) => await renderedFromGit(change, { render: undefined, rules: [], accepts: () => true }),
      );
      const report = analyze(base, head);
      return [codesOf(report), report.complete];
    };
    assert.deepEqual(await told("two"), [["not-rendered"], false]);
    assert.deepEqual(await told("three"), [[], true]);
  },
);

test(
  "what is done to folders is found among many files, and where too many speak of it that is said",
  withTools,
  async (context) => {
    const files = (text: string): Record<string, string> =>
      Object.fromEntries(Array.from({ length: mostFiles }, (_, at) => [`many/${at}.yaml`, text]));
    const base = { ...pools, "team/a/kustomization.yaml": "resources: [pool.yaml]\n" };
    const change = { "team/a/pool.yaml": nodePool("one", "a", "", 8) };
    const app = { "app.yaml": application("team", "team/b") };
    const among = await reportOf(context, { ...files("a: b\n"), ...base, ...app }, change);
    assert.deepEqual([effectsOf(among), codesOf(among), among.complete], [["team/a one/a replace"], [], true]);
    const report = await reportOf(context, { ...files("a: argoproj.io\n"), ...base, ...app }, change);
    assert.deepEqual([effectsOf(report), codesOf(report)], [["team/a one/a replace"], ["unrendered"]]);
    assert.equal(report.complete, false);
  },
);
