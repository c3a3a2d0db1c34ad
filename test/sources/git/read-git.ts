import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { SideSource } from "../../../src/sources/change.ts";
import type { Wish } from "../../../src/sources/change.ts";
import { withGitChange } from "../../../src/sources/git/sides.ts";
import { InputError } from "../../../src/sources/input-error.ts";
import { newRepository, type TestRepository } from "./repository.ts";

export const groups = [
  {
    pools: ["NodePool"],
    clusters: ["HostedCluster"],
    references: ["ConfigMap", "Secret"],
    changesOnly: [],
    between: [],
  },
  {
    pools: [],
    clusters: ["Shoot"],
    references: [],
    changesOnly: ["CloudProfile", "NamespacedCloudProfile"],
    between: ["NamespacedCloudProfile"],
  },
];
export const shoot = (name: string, version = "1.33.0") =>
  `apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata: {name: ${name}}\nspec: {kubernetes: {version: ${version}}}\n`;
/** Both sides of a change as they were read, and how many git processes that took. */
export const readGit = async (operands: readonly string[], wish: Wish, options: Parameters<typeof withGitChange>[2]) =>
  await withGitChange(operands, wish, options, async ({ base, head, changed, processes }) => ({
    base,
    head,
    changed,
    processes: processes(),
  }));
export const read = async (repository: TestRepository, ...operands: readonly string[]) =>
  await readGit(operands, { groups }, { cwd: repository.folder });
export const namesOf = (side: SideSource) => side.files.map(({ path }) => path);
export const textOf = (side: SideSource, path: string) =>
  Buffer.from(side.files.find((file) => file.path === path)?.bytes ?? []).toString("utf8");
export const refuses = async (run: Promise<unknown>, code: string, message: RegExp) => {
  await assert.rejects(run, (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
};
export const twoCommits = (context: TestContext) => {
  const repository = newRepository(context);
  const base = repository.commit({ "a.yaml": shoot("a"), "b.yaml": shoot("b"), "README.md": "# hi\n" });
  const head = repository.commit({ "a.yaml": shoot("a", "1.34.0"), "README.md": "# kind: Shoot\n" });
  return { repository, base, head };
};
