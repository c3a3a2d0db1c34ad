import assert from "node:assert/strict";
import { test } from "node:test";
import { interestOf, kindGroupsOf } from "../../src/rules/interest.ts";
import type { ObjectRow } from "../../src/rules/table.ts";
import { outlinesOf } from "../../src/systems/outlines.ts";

const table = (...objects: ObjectRow[]) => ({ objects, operators: [] });
const roleOf = (tables: Parameters<typeof interestOf>[0], group: string, kind: string) =>
  interestOf(tables).find(group, kind)?.role;

test("an object that one system judges and another one only refers to is judged, in whatever order they come", () => {
  const referring = table({ api: "orchard.example.org/v1", kind: "Grove", role: "reference" });
  const judging = table({ api: "orchard.example.org/v1", kind: "Grove", role: "cluster" });
  for (const tables of [
    [referring, judging],
    [judging, referring],
  ])
    assert.equal(roleOf(tables, "orchard.example.org", "Grove"), "judged");
  assert.equal(roleOf([referring], "orchard.example.org", "Grove"), "reference");
});

test("a kind without a group is of the core group, and of no other", () => {
  const tables = [table({ api: "v1", kind: "ConfigMap", role: "reference" })];
  assert.equal(roleOf(tables, "", "ConfigMap"), "reference");
  assert.equal(roleOf(tables, "example.org", "ConfigMap"), undefined);
});

test("kinds are searched by the role that their system gives them", () => {
  const [gardener, hypershift] = kindGroupsOf(outlinesOf([]));
  assert.deepEqual([gardener?.clusters, gardener?.pools], [["Shoot"], []]);
  assert.deepEqual([hypershift?.clusters, hypershift?.pools], [["HostedCluster"], ["NodePool"]]);
  for (const kind of ["ConfigMap", "Secret"]) assert.ok(hypershift?.references.includes(kind), kind);
});
