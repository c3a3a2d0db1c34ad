import assert from "node:assert/strict";
import { test } from "node:test";
import { changedHolders } from "../../src/rendering/changed-holders.ts";
import type { FileTree } from "../../src/rendering/trees/file-tree.ts";
import { nodePool } from "./shoots.ts";

const treeOf = (files: Readonly<Record<string, string>>): FileTree => ({
  entries: new Map(Object.keys(files).map((path) => [path, { isLink: false }])),
  read: async (paths) =>
    await Promise.resolve(
      new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, Buffer.from(files[path])] as const]))),
    ),
});
const kinds = [{ group: "hypershift.openshift.io", kind: "NodePool" }];
const one = nodePool("c", "one");
const two = nodePool("c", "two");

for (const [what, before, after, isAsked] of [
  ["keeps its objects", one, nodePool("c", "one", "", 8), false],
  ["loses one of two", `${one}---\n${two}`, one, true],
  ["has another object", one, two, true],
  ["has an object of another namespace", one, one.replace("namespace: clusters", "namespace: other"), true],
  ["has an object of another kind", one, one.replace("kind: NodePool", "kind: HostedCluster"), true],
  ["loses one whose keys are escaped", `${one}---\n"\\u006bind": NodePool\nmetadata: {"n\\u0061me": x}\n`, one, true],
] as const)
  test(`a file that ${what} ${isAsked ? "counts" : "does not count"} among those that lose or gain some`, async () => {
    const trees = {
      base: treeOf({ "a.yaml": before }),
      head: treeOf({ "a.yaml": after }),
      changed: new Set(["a.yaml"]),
    };
    const { base, head } = await changedHolders(trees, kinds);
    assert.deepEqual([base.has("a.yaml"), head.has("a.yaml")], [isAsked, isAsked]);
  });
