import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../src/manifests/manifest.ts";
import { judge, orchard, orchardOf, poolOf, tableOf } from "./trial-table.ts";

const table = tableOf(
  orchard
    .replace("let:", 'targets: [{name: tractor, newest: "3.0", about: it}]\nlet:')
    .replace(
      "let:",
      'additions: [{target: tractor, from: "2.0", at: [$pool/graft, $pool/tools/*/blade], source: s}]\nlet:',
    )
    .replace("fields:", "fields:\n  - {id: tools, at: $pool/tools, effect: inplace, because: tools, source: s}"),
);
const bed = (values: Record<string, Json>) => [orchardOf({ beds: [{ name: "a", tree: "apple", ...values }] })];
const under = (tractor: string, base: Record<string, Json>, head: Record<string, Json>) =>
  poolOf(judge(table, bed(base), bed(head), { tractor }), "a");

test("a field that the API has is judged as ever", () => {
  assert.equal(under("2.0", {}, { graft: "b" }).effect, "replace");
  assert.equal(poolOf(judge(table, bed({}), bed({ graft: "b" })), "a").effect, "replace");
});

test("a field that the API gets later is no input, and nobody answers for it", () => {
  const pool = under("1.9", {}, { graft: "b" });
  assert.equal(pool.effect, "unknown");
  assert.deepEqual(
    pool.causes.map(({ rule, path, because }) => [rule, path, because]),
    [
      [
        "orchard/unknown-field",
        "/spec/beds/a/graft",
        "tractor 1.9 has no such field, which came with 2.0: kubectl refuses to apply it, and for other clients the API server drops it",
      ],
    ],
  );
});

test("what else changes beside it is judged", () => {
  const pool = under("1.9", { tree: "apple" }, { tree: "fig", graft: "b" });
  assert.equal(pool.effect, "replace");
  assert.deepEqual(pool.causes.map(({ rule }) => rule).toSorted(), ["orchard/tree", "orchard/unknown-field"]);
});

test("a field that stands on both sides says nothing", () => {
  assert.equal(under("1.9", { graft: "b" }, { graft: "b", label: "c" }).effect, "inplace");
});

test("a place in the items of a list counts in each of them, and the rest of an item is judged", () => {
  const tools = (blade: number, length: number): Json => [{ length: 1 }, { blade, length }];
  assert.equal(under("1.9", { tools: tools(1, 1) }, { tools: tools(2, 1) }).effect, "unknown");
  assert.equal(under("2.1", { tools: tools(1, 1) }, { tools: tools(2, 1) }).effect, "inplace");
  assert.equal(under("1.9", { tools: tools(1, 1) }, { tools: tools(1, 2) }).effect, "inplace");
});
