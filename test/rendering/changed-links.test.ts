import assert from "node:assert/strict";
import { symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { newRepository } from "../sources/git/repository.ts";
import { codesOf, effectsOf, reportBetween, withTools } from "./comparison.ts";
import { nodePool } from "./shoots.ts";

const listed = "resources: [pool.yaml]\n";
const files = { "releases/1/pool.yaml": nodePool("c", "a"), "releases/2/pool.yaml": nodePool("c", "a", "", 8) };
const builds = { ...files, "releases/1/kustomization.yaml": listed, "releases/2/kustomization.yaml": listed };

/** What is reported when `env/prod` leads to the first folder, and then to the second one. */
async function answer(
  context: TestContext,
  tree: Readonly<Record<string, string>>,
  [before, after]: readonly [string | undefined, string | undefined] = ["../releases/1", "../releases/2"],
): Promise<unknown[]> {
  const repository = newRepository(context);
  const link = join(repository.folder, "env/prod");
  repository.commit({ ...tree, "env/README": "a" });
  if (before !== undefined) symlinkSync(before, link);
  const from = repository.commit({ "env/README": "b" });
  if (before !== undefined) unlinkSync(link);
  if (after !== undefined) symlinkSync(after, link);
  const to = repository.commit({ "env/README": "c" });
  const report = await reportBetween(repository, from, to);
  return [effectsOf(report), codesOf(report), report.complete];
}

describe("a link that leads to another folder", withTools, () => {
  it("is judged by the manifests that it leads to", async (context) => {
    assert.deepEqual(await answer(context, files), [["- c/a replace"], [], true]);
    assert.deepEqual(await answer(context, files, [undefined, "../releases/1"]), [["- c/a create"], [], true]);
    assert.deepEqual(await answer(context, files, ["../releases/1", undefined]), [["- c/a delete"], [], true]);
  });

  it("is judged by the kustomization that it leads to", async (context) => {
    assert.deepEqual(await answer(context, builds), [["env/prod c/a replace"], [], true]);
  });

  it("is judged by what is built through it", async (context) => {
    const through = { "top/kustomization.yaml": "resources: [../env/prod]\n" };
    assert.deepEqual(await answer(context, { ...builds, ...through }), [["top c/a replace"], [], true]);
    const one = { "kustomization.yaml": "resources: [env/prod/pool.yaml]\n" };
    assert.deepEqual(await answer(context, { ...files, ...one }), [[". c/a replace"], [], true]);
  });

  it("is no matter of pools where there are none behind it", async (context) => {
    const texts = { "releases/1/a.md": "a", "releases/2/a.md": "b" };
    assert.deepEqual(await answer(context, texts), [[], [], true]);
  });

  it("is not read where it leads out of the repository, or to a chart", async (context) => {
    const unread = [[], ["link-to-folder"], false];
    const out = await answer(context, files, ["../releases/1", "/usr"]);
    assert.deepEqual(out, [[], ["link-leaves-tree", "link-to-folder"], false]);
    const chart = { ...files, "releases/1/Chart.yaml": "apiVersion: v2\nname: a\nversion: 1.0.0\n" };
    assert.deepEqual(await answer(context, chart), unread);
  });
});
