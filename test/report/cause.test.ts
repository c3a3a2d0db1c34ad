import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze } from "../../src/index.ts";
import { shoot } from "../rendering/shoots.ts";

describe("the line of a cause", () => {
  const linesOf = (before: readonly string[] | undefined, after: readonly string[]): (string | number | null)[][] => {
    const side = (workers: readonly string[] | undefined) => ({
      label: "x",
      files: workers === undefined ? [] : [{ path: "a.yaml", bytes: new TextEncoder().encode(shoot("a", workers)) }],
    });
    const { pools } = analyze(side(before), side(after));
    return pools.flatMap(({ pool, causes }) => causes.map(({ effect, line }) => [pool, effect, line]));
  };
  const lineOf = (workers: readonly string[], name: string): number =>
    shoot("a", workers).split(`- name: ${name}\n`)[0]!.split("\n").length;

  it("is that of a pool that comes, which is what a reviewer sees change", () => {
    const workers = ["one", "two", "three"];
    assert.deepEqual(linesOf(["one", "three"], workers), [["two", "create", lineOf(workers, "two")]]);
  });

  it("is that of the object for one that goes away, and for all pools of a new one, so that they are said once", () => {
    assert.deepEqual(linesOf(["one", "two"], ["one"]), [["two", "delete", 1]]);
    assert.deepEqual(linesOf(undefined, ["one", "two"]), [
      ["one", "create", 1],
      ["two", "create", 1],
    ]);
  });
});
