import type { TestContext } from "node:test";
import { GitHubServer } from "../github/server.ts";
import { type PullFixture, type RunOptions } from "./runner.ts";

export const shoot = (name: string, version: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: ${name}, namespace: garden-x}
spec:
  region: eu
  kubernetes: {version: ${version}}
  provider: {type: aws, workers: [{name: cpu, machine: {type: m5.large}, minimum: 1, maximum: 2}]}
`;
export const old = { "a.yaml": shoot("a", "1.33.0") };
export const rolled = { "a.yaml": shoot("a", "1.34.0") };
export const serverFor = async (context: TestContext, pull: PullFixture): Promise<GitHubServer> =>
  await new GitHubServer(pull.repository.folder).start(context);
export const at = (pull: PullFixture, more: RunOptions = {}): RunOptions => ({
  commit: pull.merge,
  payload: pull.payload,
  workspace: pull.repository.folder,
  ...more,
});
