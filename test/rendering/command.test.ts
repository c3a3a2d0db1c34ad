import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { willItRoll } from "../built-program.ts";
import { newRepository, TestRepository } from "../sources/git/repository.ts";
import { folderWith } from "../temporary-folder.ts";
import { codesOf, effectsOf, searchPath, withTools } from "./comparison.ts";
import { nodePool } from "./shoots.ts";

const pathWithTools = `${searchPath ?? ""}:${process.env["PATH"] ?? ""}`;
const files = {
  "base/kustomization.yaml": "resources: [pool.yaml]\n",
  "base/pool.yaml": nodePool("c", "a"),
  "overlays/prod/kustomization.yaml": "resources: [../../base]\nnamePrefix: prod-\n",
};
const larger = { "base/pool.yaml": nodePool("c", "a", "", 8) };

async function reportOf(cwd: string, args: readonly string[], path = pathWithTools): Promise<Report> {
  const run = await willItRoll([...args, "--format", "json"], { cwd, env: { PATH: path } });
  assert.equal(run.code, 0, run.stderr);
  return JSON.parse(run.stdout) as Report;
}

test("the command renders what two revisions changed, with the renderer of PATH", withTools, async (context) => {
  const repository = newRepository(context);
  repository.commit(files);
  repository.commit(larger);
  const report = await reportOf(repository.folder, ["HEAD^", "HEAD"]);
  assert.deepEqual(effectsOf(report), ["overlays/prod c/prod-a replace"]);
  assert.equal(report.pools[0]?.causes[0]?.file, "base/pool.yaml");
  assert.equal(report.renderers?.length, 1);
});

test(
  "a Kustomization that forces an overlay forces what its base holds, also in directories",
  withTools,
  async (context) => {
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: pools, namespace: flux-system }
spec: { path: ./overlays/prod, force: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
    const before = { ...files, "flux/pools.yaml": flux, "plain/pool.yaml": nodePool("c", "plain") };
    const after = { ...before, "base/pool.yaml": nodePool("d", "a"), "plain/pool.yaml": nodePool("d", "plain") };
    const under = (folder: string, side: object): [string, string][] =>
      Object.entries(side).map(([path, text]) => [`${folder}/${path}`, String(text)]);
    const cwd = folderWith(context, {
      ...Object.fromEntries([...under("old", before), ...under("new", after)]),
      ".will-it-roll.yaml": "render: auto\n",
    });
    const report = await reportOf(cwd, ["old", "new"]);
    assert.deepEqual(effectsOf(report), ["- d/plain rejected", "overlays/prod d/prod-a delete"]);
  },
);

test("a folder of a revision is compared with the roots in it", withTools, async (context) => {
  const repository = newRepository(context);
  repository.commit({ ...files, "overlays/dev/kustomization.yaml": "resources: [../../base]\nnamePrefix: dev-\n" });
  repository.commit(larger);
  const report = await reportOf(repository.folder, ["HEAD^:overlays/dev", "HEAD:overlays/dev"]);
  assert.deepEqual(effectsOf(report), ["overlays/dev c/dev-a replace"]);
});

test("the configuration turns rendering off, and the report says what was not rendered", async (context) => {
  const repository = newRepository(context);
  repository.commit({ ...files, ".will-it-roll.yaml": "render: none\n" });
  repository.commit(larger);
  const report = await reportOf(repository.folder, ["HEAD^", "HEAD"]);
  assert.deepEqual(effectsOf(report), ["- c/a replace"]);
  assert.deepEqual(codesOf(report), ["not-rendered"]);
});

test("a root that does not build leaves a report, not an error", withTools, async (context) => {
  const repository = newRepository(context);
  repository.commit({ ...files, "base/kustomization.yaml": "resources: [gone.yaml, pool.yaml]\n" });
  repository.commit(larger);
  const report = await reportOf(repository.folder, ["HEAD^", "HEAD"]);
  assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["not-rendered"]]);
  const strict = await willItRoll(["HEAD^", "HEAD", "--strict"], {
    cwd: repository.folder,
    env: { PATH: pathWithTools },
  });
  assert.equal(strict.code, 4);
});

test(
  "two directories are taken to be rendered, unless the configuration says to render them",
  withTools,
  async (context) => {
    const cwd = folderWith(context, {
      ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`old/${path}`, text])),
      ...Object.fromEntries(Object.entries({ ...files, ...larger }).map(([path, text]) => [`new/${path}`, text])),
    });
    const asTheyAre = await reportOf(cwd, ["old", "new"]);
    assert.deepEqual(effectsOf(asTheyAre), ["- c/a replace"]);
    assert.deepEqual(
      asTheyAre.diagnostics.map(({ code, file }) => [code, file]),
      [["not-rendered", "new/overlays/prod/kustomization.yaml"]],
    );
    new TestRepository(cwd).write({ ".will-it-roll.yaml": "render: auto\n" });
    const rendered = await reportOf(cwd, ["old", "new"]);
    assert.deepEqual(effectsOf(rendered), ["overlays/prod c/prod-a replace"]);
    assert.equal(rendered.pools[0]?.causes[0]?.file, join("new", "base/pool.yaml"));
  },
);

test("two directories of a kustomization that only lists its files are what it makes", withTools, async (context) => {
  const plain = { "kustomization.yaml": "resources: [pool.yaml]\n", "pool.yaml": files["base/pool.yaml"] };
  const cwd = folderWith(context, {
    ...Object.fromEntries(Object.entries(plain).map(([path, text]) => [`old/${path}`, text])),
    ...Object.fromEntries(
      Object.entries({ ...plain, "pool.yaml": larger["base/pool.yaml"] }).map(([path, text]) => [`new/${path}`, text]),
    ),
  });
  const report = await reportOf(cwd, ["old", "new"]);
  assert.deepEqual([effectsOf(report), report.diagnostics], [["- c/a replace"], []]);
});

test("of two directories a chart that is not rendered is not passed over, whatever changed of it", async (context) => {
  const template = files["base/pool.yaml"].replace("replicas: 2", "replicas: {{ .Values.replicas }}");
  const chart = (replicas: number): Readonly<Record<string, string>> => ({
    "pool.yaml": files["base/pool.yaml"],
    "chart/Chart.yaml": "apiVersion: v2\nname: pools\nversion: 0.1.0\n",
    "chart/values.yaml": `replicas: ${replicas}\n`,
    "chart/templates/pool.yaml": template,
  });
  const cwd = folderWith(context, {
    ...Object.fromEntries(Object.entries(chart(2)).map(([path, text]) => [`old/${path}`, text])),
    ...Object.fromEntries(Object.entries(chart(3)).map(([path, text]) => [`new/${path}`, text])),
  });
  const { verdict, complete, diagnostics } = await reportOf(cwd, ["old", "new"]);
  assert.deepEqual([verdict, complete], ["unknown", false]);
  assert.deepEqual(
    diagnostics.map(({ code, file }) => [code, file]),
    [["not-rendered", "new/chart/Chart.yaml"]],
  );
});

test("the token in the address of a remote base is not repeated", withTools, async (context) => {
  const repository = newRepository(context);
  const remote = "https://bot:canary@example.com/fleet//base?ref=v1";
  repository.commit({ ...files, "base/kustomization.yaml": `resources: [pool.yaml, "${remote}"]\n` });
  repository.commit(larger);
  const report = await reportOf(repository.folder, ["HEAD^", "HEAD"]);
  const said = JSON.stringify(report);
  assert.match(said, /https:\/\/\(hidden\)@example\.com/);
  assert.doesNotMatch(said, /canary/);
});

const kustomized = (more: string, side: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...files,
  "base/kustomization.yaml": `resources: [pool.yaml]\n${more}`,
  ...side,
});
const charted = (
  values: string,
  template = "",
  side: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  ".will-it-roll.yaml": "render: {charts: [{chart: chart}]}\n",
  "chart/Chart.yaml": "apiVersion: v2\nname: pools\nversion: 1.0.0\n",
  "chart/values.yaml": values,
  "chart/templates/pool.yaml": `${template}\n${nodePool("c", "a")}`,
  ...side,
});
const ofCode = (properties: object): string =>
  JSON.stringify({ properties: { tokens: { properties: { code: properties } } } });

for (const [what, broken] of [
  ["a literal without a value", kustomized("secretGenerator: [{name: s, literals: [canary01]}]\n")],
  [
    "a line of an env file",
    kustomized("secretGenerator: [{name: s, envs: [keys.env]}]\n", { "base/keys.env": "A=one\ncanary03\ncanary03\n" }),
  ],
  [
    "a Secret whose value lacks its quotes",
    kustomized("generators: [s.yaml]\n", {
      "base/s.yaml": "kind: Secret\napiVersion: v1\nmetadata: {name: s}\nstringData:\n  password: *canary04\n",
    }),
  ],
  ["a value that a template refuses", charted("password: canary05\n", '{{ fail (printf "no %s" .Values.password) }}')],
  ["a value below a secret key", charted("tokens: {code: canary06}\n", "{{ fail .Values.tokens.code }}")],
  ["a values file that cannot be read", charted("password: *canary07\n")],
  [
    "a value that a schema refuses",
    charted("tokens: {code: canary08}\n", "", { "chart/values.schema.json": ofCode({ pattern: "^x$" }) }),
  ],
  ["a value that is no date", charted("password: 1canary09\n", '{{ mustToDate "2006" .Values.password }}')],
] as const)
  test(`what a failed tool quotes of secrets is not repeated: ${what}`, withTools, async (context) => {
    const repository = newRepository(context);
    repository.commit(broken);
    repository.commit("chart/Chart.yaml" in broken ? { "chart/templates/more.yaml": nodePool("c", "b") } : larger);
    const report = await reportOf(repository.folder, ["HEAD^", "HEAD"]);
    const said = JSON.stringify(report.diagnostics);
    assert.match(said, /not-rendered/);
    assert.doesNotMatch(JSON.stringify(report), /canary/, said);
  });
