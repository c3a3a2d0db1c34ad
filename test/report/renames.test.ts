import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json } from "../../src/manifests/manifest.ts";
import { judge, orchard, orchardOf, tableOf } from "../analysis/trial-table.ts";

const bed = (name: string, tree: string): Json => ({ name, tree });
const renames = (base: readonly Json[], head: readonly Json[]): string[] =>
  judge(tableOf(orchard), [orchardOf({ beds: base })], [orchardOf({ beds: head })]).pools.flatMap(
    ({ pool, renamedTo }) => (renamedTo === undefined ? [] : [`${pool} to ${renamedTo}`]),
  );

describe("a pool that goes and one that comes", () => {
  it("are a rename when they are alike but for the name", () => {
    assert.deepEqual(renames([bed("a", "fig")], [bed("b", "fig")]), ["a to b"]);
    assert.deepEqual(renames([bed("a", "fig")], [bed("b", "apple")]), []);
  });

  it("are paired once each, in their order", () => {
    const before = [bed("a", "fig"), bed("b", "fig")];
    assert.deepEqual(renames(before, [bed("x", "fig"), bed("y", "fig")]), ["a to x", "b to y"]);
    assert.deepEqual(renames(before, [bed("x", "fig")]), ["a to x"]);
  });

  it("are none where the other one was there before", () => {
    assert.deepEqual(renames([bed("a", "fig"), bed("b", "fig")], [bed("b", "fig")]), []);
  });
});
