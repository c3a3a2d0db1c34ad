import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

const application = (path: string, more = ""): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: team, namespace: argocd}
spec:
  destination: {server: https://kubernetes.default.svc}
  source: {repoURL: https://example.com/fleet.git, path: ${path}${more}}
`;
const flux = (path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: team, namespace: flux-system}
spec: {path: ${path}, prune: true, sourceRef: {kind: GitRepository, name: fleet}}
`;
const pool = nodePool("one", "one");
const gone = { "team/pool.yaml": null };
const plain = { "team/pool.yaml": pool };
const set = (directories: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: teams, namespace: argocd}
spec:
  generators:
    - git: {repoURL: https://example.com/fleet.git, revision: HEAD, directories: ${directories}}
  template:
    metadata: {name: '{{path.basename}}'}
    spec:
      destination: {server: https://kubernetes.default.svc}
      source: {repoURL: https://example.com/fleet.git, path: '{{path}}'}
`;

const cases: readonly (readonly [
  what: string,
  base: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string | null>>,
  isApplied: boolean,
])[] = [
  ["a folder that nobody deploys", { "deploy.yaml": application("team") }, { "old/pool.yaml": pool }, false],
  [
    "a folder below one that Argo CD does not descend into",
    { "deploy.yaml": application("team") },
    { "team/a/pool.yaml": pool },
    false,
  ],
  [
    "a folder below one that Argo CD does descend into",
    { "deploy.yaml": application("team", ", directory: {recurse: true}") },
    { "team/a/pool.yaml": pool },
    true,
  ],
  [
    "a name that the Application leaves out",
    { "deploy.yaml": application("team", ", directory: {include: '*.yaml'}") },
    { "team/pool.yml": pool },
    false,
  ],
  ["another name", { "deploy.yaml": application("team") }, { "team/other.yml": pool }, true],
  ["a file that nobody applies because of its name", {}, { "team/pool.yaml.off": pool }, false],
  ["another folder, where it is not known who deploys", {}, { "other/pool.yaml": pool }, true],
  ["a folder below one of Flux", { "deploy.yaml": flux("./team") }, { "team/a/pool.yaml": pool }, true],
  ["a folder beside one of Flux", { "deploy.yaml": flux("./team") }, { "old/pool.yaml": pool }, false],
  [
    "a folder that a set leaves out",
    { "set.yaml": set("[{path: '*'}, {path: old, exclude: true}]") },
    { "old/pool.yaml": pool },
    false,
  ],
];
for (const [what, base, change, isApplied] of cases)
  test(`a manifest moves to ${what}`, withTools, async (context) => {
    const report = await reportOf(context, { ...plain, ...base }, { ...gone, ...change });
    assert.deepEqual(effectsOf(report), []);
    assert.deepEqual(codesOf(report), isApplied ? [] : ["no-longer-applied"]);
    assert.deepEqual([report.verdict, report.complete], isApplied ? ["none", true] : ["unknown", false]);
  });

test(
  "a manifest that moves to another Application of its set is deleted with the one that goes",
  withTools,
  async (context) => {
    const base = { ...plain, "set.yaml": set("[{path: '*'}]") };
    const report = await reportOf(context, base, { ...gone, "new/pool.yaml": pool });
    assert.deepEqual([codesOf(report), report.complete], [["unrendered"], false]);
  },
);

test("a kustomization that comes leaves out what stands beside it, or below it", withTools, async (context) => {
  const beside = await reportOf(context, plain, { "team/kustomization.yaml": "resources: []\n" });
  assert.deepEqual([codesOf(beside), beside.complete], [["no-longer-applied"], false]);
  const below = { "team/a/pool.yaml": pool, "deploy.yaml": flux("team") };
  const above = await reportOf(context, below, { "team/kustomization.yaml": "resources: []\n" });
  assert.deepEqual([codesOf(above), above.complete], [["no-longer-applied"], false]);
  const listed = await reportOf(context, below, { "team/kustomization.yaml": "resources: [a/pool.yaml]\n" });
  assert.deepEqual([codesOf(listed), listed.complete], [[], true]);
});

test("what a kustomization left out comes where it goes", withTools, async (context) => {
  const files = { "team/listed.yaml": nodePool("one", "listed"), "team/pool.yaml": pool, "team/a/pool.yaml": pool };
  const base = { ...files, "team/kustomization.yaml": "resources: [listed.yaml]\n" };
  const [beside, below] = ["newly-applied team/pool.yaml", "newly-applied team/a/pool.yaml"];
  for (const [what, deploys, expected] of [
    ["nobody known", undefined, [beside]],
    ["Flux", flux("./team"), [below, beside]],
    ["Argo CD", application("team"), [beside]],
    ["Argo CD, of another folder", application("other"), [beside]],
    ["Argo CD, deep", application("team", ", directory: {recurse: true}"), [below, beside]],
  ] as const) {
    const deployer = deploys === undefined ? {} : { "deploy.yaml": deploys };
    const report = await reportOf(context, { ...base, ...deployer }, { "team/kustomization.yaml": null });
    const told = report.diagnostics.map(({ code, file }) => `${code} ${file}`).filter((one) => one.startsWith("newly"));
    assert.deepEqual([told.toSorted(), report.complete], [[...expected], false], what);
  }
});

test("a kustomization reaches folders that its absence leaves out", withTools, async (context) => {
  const kustomization = { "team/kustomization.yaml": "resources: [more.yaml, a/pool.yaml]\n" };
  const flat = { "team/more.yaml": nodePool("one", "more"), "team/a/pool.yaml": pool };
  const listed = { ...flat, ...kustomization };
  const without = { "team/kustomization.yaml": null };
  const deep = ", directory: {recurse: true}";
  for (const [what, base, change, expected] of [
    ["comes", { ...flat, "deploy.yaml": application("team") }, kustomization, ["newly-applied team/a/pool.yaml"]],
    ["goes", { ...listed, "deploy.yaml": application("team") }, without, ["no-longer-applied team/a/pool.yaml"]],
    ["comes to a deep one", { ...flat, "deploy.yaml": application("team", deep) }, kustomization, []],
    ["goes from a deep one", { ...listed, "deploy.yaml": application("team", deep) }, without, []],
    ["comes to Flux", { ...flat, "deploy.yaml": flux("./team") }, kustomization, []],
    ["goes from Flux", { ...listed, "deploy.yaml": flux("./team") }, without, []],
    ["of an unknown deployer goes", listed, without, []],
  ] as const) {
    const report = await reportOf(context, base, change);
    const told = report.diagnostics.map(({ code, file }) => `${code} ${file}`);
    assert.deepEqual([told, report.complete], [[...expected], expected.length === 0], what);
  }
});

test("what comes to where somebody applies it may be made anew", async (context) => {
  for (const [from, to, deploys, code] of [
    ["old/pool.yaml", "team/pool.yaml", application("team"), "newly-applied"],
    ["old/pool.yaml", "team/a/pool.yaml", application("team"), undefined],
    ["team/a/pool.yaml", "team/pool.yaml", application("team"), "newly-applied"],
    ["team/a/pool.yaml", "team/pool.yaml", flux("./team"), undefined],
    ["team/pool.yaml.disabled", "team/pool.yaml", undefined, "newly-applied"],
    ["old/pool.yaml", "team/pool.yaml", undefined, undefined],
  ] as const) {
    const files = { [from]: pool, ...(deploys === undefined ? {} : { "deploy.yaml": deploys }) };
    const report = await reportOf(context, files, { [from]: null, [to]: pool });
    assert.deepEqual(
      [codesOf(report), report.complete],
      code === undefined ? [[], true] : [[code], false],
      `${from} ${to}`,
    );
  }
});

test("a folder that a kustomization no longer includes, or includes now, is named once", withTools, async (context) => {
  const fleet = {
    "kustomization.yaml": "resources: [a, b]\n",
    "a/kustomization.yaml": "resources: [pool.yaml, more.yaml]\n",
    "a/pool.yaml": pool,
    "a/more.yaml": nodePool("one", "more"),
    "b/kustomization.yaml": "resources: [pool.yaml]\n",
    "b/pool.yaml": nodePool("two", "two"),
  };
  const [both, less] = [fleet, { "kustomization.yaml": "resources: [b]\n" }];
  const told = async (base: Readonly<Record<string, string>>, change: Readonly<Record<string, string>>) => {
    const report = await reportOf(context, base, change);
    return [report.verdict, report.complete, ...report.diagnostics.map(({ code, file }) => `${code} ${file}`)];
  };
  assert.deepEqual(await told(both, less), ["unknown", false, "no-longer-applied a/kustomization.yaml"]);
  assert.deepEqual(await told({ ...both, ...less }, { "kustomization.yaml": "resources: [a, b]\n" }), [
    "unknown",
    false,
    "newly-applied a/kustomization.yaml",
  ]);
  const applied = { "deploy.yaml": application("a") };
  assert.deepEqual((await told({ ...both, ...applied }, less)).slice(0, 2), ["none", true]);
  const elsewhere = { ...less, "c/kustomization.yaml": "resources: [../a]\n" };
  assert.deepEqual((await told(both, elsewhere)).slice(0, 2), ["none", true]);
});

test("a folder that makes way for another one with the same objects says nothing", withTools, async (context) => {
  const of = (folder: string, text: string): Record<string, string> => ({
    [`releases/${folder}/kustomization.yaml`]: "resources: [pool.yaml]\n",
    [`releases/${folder}/pool.yaml`]: text,
  });
  const larger = nodePool("one", "a", "", 8);
  const from = { "top/kustomization.yaml": "resources: [../releases/1]\n", ...of("1", nodePool("one", "a")) };
  const to = { "top/kustomization.yaml": "resources: [../releases/2]\n" };
  const replaced = [["top one/a replace"], []];
  for (const [base, head] of [
    [from, { ...to, ...of("2", larger) }],
    [{ ...from, ...of("2", larger) }, to],
  ] as const) {
    const report = await reportOf(context, base, head);
    assert.deepEqual([effectsOf(report), codesOf(report)], replaced);
  }
  // Another pool, another who includes it, and a folder that changes too may be more than that.
  const gone = await reportOf(context, from, { ...to, ...of("2", nodePool("one", "b")) });
  assert.deepEqual(codesOf(gone), ["no-longer-applied"]);
  const other = { ...from, "more/kustomization.yaml": "resources: [../releases/1]\n" };
  const both = await reportOf(context, other, { ...to, ...of("2", larger), "more/kustomization.yaml": null });
  assert.deepEqual(codesOf(both), ["no-longer-applied"]);
  const changed = await reportOf(context, from, { ...to, ...of("2", larger), ...of("1", larger) });
  assert.deepEqual(codesOf(changed), ["no-longer-applied"]);
});

test("a document that leaves its file alone is followed as a file is", async (context) => {
  const [beside, other] = [nodePool("one", "beside"), nodePool("one", "other")];
  const both = { "team/pool.yaml": `${pool}---\n${beside}`, "old/pool.yaml": other };
  const out = { "team/pool.yaml": beside, "old/pool.yaml": `${other}---\n${pool}` };
  for (const [from, to, codes] of [
    [both, out, ["no-longer-applied"]],
    [out, both, ["newly-applied"]],
    [both, { "team/pool.yaml": beside, "team/new.yaml": pool }, []],
    [both, { ...out, "team/new.yaml": pool }, []],
  ] as const) {
    const report = await reportOf(context, { "deploy.yaml": flux("./team"), ...from }, to);
    assert.deepEqual(
      codesOf(report).filter((code) => code.endsWith("-applied")),
      codes,
    );
    assert.equal(codes.length === 0 || !report.complete, true);
  }
});
