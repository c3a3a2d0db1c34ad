import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { GitHubServer } from "../github/server.ts";
import { nodePool } from "../rendering/shoots.ts";
import { searchPath, withTools } from "../rendering/comparison.ts";
import { folderWith } from "../temporary-folder.ts";
import { pullRequest, runAction } from "./runner.ts";

const files = {
  "base/kustomization.yaml": "resources: [pool.yaml]\n",
  "base/pool.yaml": nodePool("c", "a"),
  "overlays/prod/kustomization.yaml": "resources: [../../base]\npatches: [{path: size.yaml}]\n",
  "overlays/prod/size.yaml":
    "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: a, namespace: clusters}\nspec: {platform: {kubevirt: {compute: {memory: 8Gi}}}}\n",
};
const patched = { ...files, "overlays/prod/size.yaml": files["overlays/prod/size.yaml"].replace("8Gi", "16Gi") };

const outcomeOf = async (context: Parameters<typeof pullRequest>[0], path: string) => {
  const pull = pullRequest(context, files, patched);
  const server = await new GitHubServer(pull.repository.folder).start(context);
  return await runAction(context, server, {
    commit: pull.merge,
    payload: pull.payload,
    workspace: pull.repository.folder,
    environment: { PATH: path },
  });
};

test(
  "a pull request that changes only a kustomize patch is judged by what it renders to",
  withTools,
  async (context) => {
    const outcome = await outcomeOf(context, `${searchPath ?? ""}:${process.env["PATH"] ?? ""}`);
    assert.equal(outcome.outputs["verdict"], "replace", outcome.log);
  },
);

test("without a renderer such a change is unknown, never untouched", async (context) => {
  const bare = folderWith(context, {});
  for (const tool of ["git", "node"]) {
    const found = execFileSync("sh", ["-c", `command -v ${tool}`], { encoding: "utf8" }).trim();
    symlinkSync(found, join(bare, tool));
  }
  const outcome = await outcomeOf(context, bare);
  assert.equal(outcome.outputs["verdict"], "unknown", outcome.log);
});
