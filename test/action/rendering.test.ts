import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Report } from "../../src/index.ts";
import { GitHubServer } from "../github/server.ts";
import { searchPath, withTools } from "../rendering/comparison.ts";
import { nodePool } from "../rendering/shoots.ts";
import { folderWith } from "../temporary-folder.ts";
import { pullRequest, runAction, type RunOptions } from "./runner.ts";

const files = {
  "base/kustomization.yaml": "resources: [pool.yaml]\n",
  "base/pool.yaml": nodePool("c", "a"),
  "overlays/prod/kustomization.yaml": "resources: [../../base]\npatches: [{path: size.yaml}]\n",
  "overlays/prod/size.yaml":
    "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: a, namespace: clusters}\nspec: {platform: {kubevirt: {compute: {memory: 8Gi}}}}\n",
};
const patched = { ...files, "overlays/prod/size.yaml": files["overlays/prod/size.yaml"].replace("8Gi", "16Gi") };

interface Setting {
  readonly path?: string;
  readonly event?: string;
  readonly hasCheckout?: boolean;
  readonly isTruncating?: boolean;
}

const tools = `${searchPath ?? ""}:${process.env["PATH"] ?? ""}`;

const outcomeOf = async (
  context: Parameters<typeof pullRequest>[0],
  { path = tools, event, hasCheckout = true, isTruncating = false }: Setting,
) => {
  const pull = pullRequest(context, files, patched);
  const server = await new GitHubServer(pull.repository.folder).start(context);
  server.isTruncating = isTruncating;
  const options: RunOptions = { commit: pull.merge, payload: pull.payload, environment: { PATH: path } };
  const outcome = await runAction(context, server, {
    ...options,
    ...(event === undefined ? {} : { event }),
    ...(hasCheckout ? { workspace: pull.repository.folder } : {}),
  });
  const report = JSON.parse(outcome.report) as Report;
  return { ...outcome, server, report };
};
const codesOf = ({ diagnostics }: Report): string[] => diagnostics.map(({ code }) => code);

test(
  "a pull request that changes only a kustomize patch is judged by what it renders to",
  withTools,
  async (context) => {
    const outcome = await outcomeOf(context, {});
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
  },
);

test("without a checkout the same comes out of what GitHub hands out", withTools, async (context) => {
  const { outputs, gitProcesses, server, report, log } = await outcomeOf(context, { hasCheckout: false });
  assert.equal(outputs["verdict"], "replace", log);
  assert.equal(gitProcesses, 0);
  assert.deepEqual([report.complete, report.pools.map(({ application }) => application)], [true, ["overlays/prod"]]);
  assert.deepEqual(server.problems, []);
});

test(
  "for pull_request_target no tool touches the files, and it is said what was not seen",
  withTools,
  async (context) => {
    const { outputs, summary, report } = await outcomeOf(context, { event: "pull_request_target" });
    assert.equal(outputs["verdict"], "unknown");
    assert.deepEqual(codesOf(report), ["not-rendered"]);
    assert.equal(report.diagnostics[0]?.file, "overlays/prod/kustomization.yaml");
    assert.match(summary, /renders nothing of a pull request/);
  },
);

test("nor do tools where such a run names the two sides itself", withTools, async (context) => {
  const pull = pullRequest(context, files, patched);
  for (const event of ["pull_request_target", "workflow_run", "issue_comment"]) {
    const server = await new GitHubServer(pull.repository.folder).start(context);
    const { report, gitProcesses, log } = await runAction(context, server, {
      event,
      commit: pull.base,
      payload: event === "pull_request_target" ? pull.payload : {},
      workspace: pull.repository.folder,
      inputs: { base: pull.base, head: pull.head },
      environment: { PATH: tools },
    });
    assert.equal(gitProcesses, 0, log);
    assert.deepEqual(codesOf(JSON.parse(report) as Report), ["not-rendered"]);
  }
});

const flux = (spec: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: infra, namespace: flux-system}\nspec: {path: ./base, prune: true, sourceRef: {kind: GitRepository, name: fleet}${spec}}\n`;
const repositoryAt = (branch: string): string =>
  `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: fleet, namespace: flux-system}\nspec: {url: https://example.com/fleet, ref: {branch: ${branch}}}\n`;
const remoteBase = (version: string): string =>
  `resources: ['https://example.com/hypershift-pools//base?ref=${version}']\n`;
const overlaidFlux = (cores: number): string =>
  `resources: [infra.yaml]\npatches:\n- target: {kind: Kustomization}\n  patch: |\n    - {op: add, path: /spec/postBuild, value: {substitute: {CORES: "${cores}"}}}\n`;
const unseen: readonly (readonly [
  what: string,
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string | null>>,
])[] = [
  [
    "the folder that Flux deploys",
    { "infra.yaml": flux("") },
    { "infra.yaml": flux("").replace("base", "overlays/prod") },
  ],
  [
    "what Flux substitutes",
    { "infra.yaml": flux(", postBuild: {substitute: {A: b}}") },
    { "infra.yaml": flux(", postBuild: {substitute: {A: c}}") },
  ],
  [
    "from where Flux takes it",
    { "infra.yaml": flux(""), "git.yaml": repositoryAt("main") },
    { "git.yaml": repositoryAt("next") },
  ],
  [
    "a kustomization that changes what Flux deploys",
    { "flux/infra.yaml": flux(""), "flux/kustomization.yaml": overlaidFlux(4) },
    { "flux/kustomization.yaml": overlaidFlux(8) },
  ],
  ["a remote base", { "far/kustomization.yaml": remoteBase("v1") }, { "far/kustomization.yaml": remoteBase("v2") }],
  [
    "values of a program",
    { "main.tf": 'resource "kubernetes_manifest" "a" { manifest = { kind = "NodePool" } }\n', "a.tfvars": 'a = "1"\n' },
    { "a.tfvars": 'a = "2"\n' },
  ],
  [
    "a manifest that leaves the folder that is deployed",
    { "infra.yaml": flux("").replace("base", "live"), "live/pool.yaml": nodePool("d", "b") },
    { "live/pool.yaml": null, "attic/pool.yaml": nodePool("d", "b") },
  ],
];
for (const [what, base, head] of unseen)
  test(`for pull_request_target nobody says that nothing happens where this changes: ${what}`, async (context) => {
    const pull = pullRequest(context, { ...files, ...base }, head);
    const server = await new GitHubServer(pull.repository.folder).start(context);
    const event = "pull_request_target";
    const outcome = await runAction(context, server, { event, commit: pull.base, payload: pull.payload });
    const report = JSON.parse(outcome.report) as Report;
    assert.deepEqual([report.verdict, report.complete], ["unknown", false], outcome.log);
  });

test("where GitHub cuts the list of files, kustomizations are not passed over in silence", async (context) => {
  const { report } = await outcomeOf(context, { hasCheckout: false, isTruncating: true });
  assert.equal(report.complete, false);
  assert.ok(codesOf(report).includes("not-rendered"));
});

test("without a renderer such a change is unknown, never untouched", async (context) => {
  const bare = folderWith(context, {});
  for (const tool of ["git", "node"]) {
    const found = execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
    symlinkSync(found, join(bare, tool));
  }
  const outcome = await outcomeOf(context, { path: bare });
  assert.equal(outcome.outputs["verdict"], "unknown", outcome.log);
});
