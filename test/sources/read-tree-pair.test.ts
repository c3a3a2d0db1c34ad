import assert from "node:assert/strict";
import { test } from "node:test";
import { kindGroupsOf } from "../../src/rules/interest.ts";
import type { TreePair } from "../../src/sources/change.ts";
import { readTreePair } from "../../src/sources/read-tree-pair.ts";
import { outlinesOf } from "../../src/systems/outlines.ts";

const config = (data: string): Buffer =>
  Buffer.from(`apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubelet}\ndata: {config: ${data}}\n`);
const pool =
  "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: np}\nspec: {config: [{name: kubelet}]}\n";

test("an unchanged file that may use what changed and cannot be read leaves the report incomplete", async () => {
  const entry = (id: string) => ({ mode: "100644", id });
  const pair: TreePair = {
    changes: [{ raw: Buffer.from("c.yaml"), path: "c.yaml", base: entry("1"), head: entry("2") }],
    read: async (side, entries) =>
      await Promise.resolve(entries.map(() => ({ state: "found", bytes: config(side) }) as const)),
    follow: async () => await Promise.resolve({ state: "unreadable", code: "link", because: "it is none" }),
    search: async () =>
      await Promise.resolve({
        files: [{ key: "p.yaml", raw: Buffer.from("p.yaml"), path: "p.yaml", text: pool }],
        diagnostics: [],
      }),
    readFound: async (files) =>
      await Promise.resolve(files.map(() => ({ state: "unreadable", code: "too-large", because: "it is large" }))),
  };
  const systems = outlinesOf();
  const { base, head } = await readTreePair(
    pair,
    { base: { label: "base" }, head: { label: "head" } },
    { groups: kindGroupsOf(systems) },
  );
  assert.deepEqual(
    [base, head].map(({ files }) => files.map(({ path }) => path)),
    [["c.yaml"], ["c.yaml"]],
  );
  assert.deepEqual(head.diagnostics, [
    {
      severity: "warning",
      code: "too-large",
      message: "the unchanged file was not read: it is large",
      file: "p.yaml",
      incomplete: true,
    },
  ]);
});
