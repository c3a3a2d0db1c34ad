import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Effect } from "../../src/rules/words.ts";
import { nodeCount, pace, surge } from "../../src/views/pace.ts";
import { pool } from "./build-report.ts";

const none = { minimum: null, maximum: null, surge: null, unavailable: null, strategy: null };
const paceOf = (effect: Effect, nodes: Partial<ReturnType<typeof pool>["nodes"]>): string =>
  pace(pool("a", { effect, nodes: { ...none, ...nodes } }));

describe("how fast a pool rolls", () => {
  it("rounds a share of the surge up and one of the unavailable down", () => {
    assert.equal(paceOf("replace", { minimum: 2, maximum: 10, surge: "25%", unavailable: "0" }), "3 at a time");
    assert.equal(paceOf("replace", { minimum: 2, maximum: 10, surge: "0", unavailable: "25%" }), "2 at a time");
    assert.equal(paceOf("replace", { minimum: 2, maximum: 10, surge: "25%", unavailable: "25%" }), "5 at a time");
  });

  it("takes the greatest number of nodes, or the one that there is", () => {
    assert.equal(paceOf("replace", { minimum: 4, surge: "50%" }), "2 at a time");
    assert.equal(paceOf("replace", { surge: "50%" }), "");
    assert.equal(paceOf("replace", { minimum: 1, maximum: 4, surge: "4" }), "all 4 at once");
    assert.equal(paceOf("replace", { minimum: 1, maximum: 1, surge: "1" }), "1 at a time");
    assert.equal(paceOf("replace", { minimum: 1, maximum: 4, surge: "0", unavailable: "0" }), "1 at a time");
  });

  it("is that of all zones together, which share the surge and roll at the same time", () => {
    const three = { zones: 3, unavailable: "0" };
    assert.equal(paceOf("replace", { ...three, maximum: 9, surge: "3" }), "3 at a time in 3 zones");
    // Two zones get nothing of it: a node goes there before its successor comes.
    assert.equal(paceOf("replace", { ...three, maximum: 9, surge: "1" }), "3 at a time in 3 zones");
    assert.equal(paceOf("replace", { ...three, maximum: 9, surge: "4" }), "4 at a time in 3 zones");
    assert.equal(paceOf("replace", { ...three, maximum: 3, surge: "1" }), "all 3 at once");
    assert.equal(paceOf("replace", { ...three, maximum: 2, surge: "1" }), "all 2 at once");
    assert.equal(paceOf("replace", { ...three, maximum: 0, surge: "1" }), "1 at a time in 3 zones");
    // The percentage of a zone is weighted by its part of the nodes, and rounded up.
    assert.equal(paceOf("replace", { ...three, minimum: 3, maximum: 10, surge: "25%" }), "4 at a time in 3 zones");
    assert.equal(paceOf("replace", { ...three, minimum: 9, maximum: 9, surge: "33%" }), "3 at a time in 3 zones");
    assert.equal(
      paceOf("replace", { zones: 3, minimum: 10, maximum: 30, surge: "0", unavailable: "30%" }),
      "7 at a time in 3 zones",
    );
    assert.equal(paceOf("replace", { ...three, surge: "25%" }), "");
    assert.equal(
      paceOf("inplace-drain", { zones: 3, maximum: 9, surge: "0", unavailable: "1" }),
      "3 at a time in 3 zones",
    );
  });

  it("has no surge where nodes stay", () => {
    assert.equal(paceOf("inplace-drain", { maximum: 9, surge: "3", unavailable: "1" }), "1 at a time");
  });

  it("is up to somebody where nothing starts by itself, and nothing where nothing rolls", () => {
    assert.equal(paceOf("on-delete", { maximum: 9, surge: "3" }), "when deleted by hand");
    assert.equal(
      paceOf("inplace-drain", { maximum: 9, unavailable: "1", strategy: "ManualInPlaceUpdate" }),
      "when selected by hand",
    );
    // A provider that replaces the machines instead of updating them asks nobody.
    assert.equal(paceOf("replace", { maximum: 9, unavailable: "1", strategy: "ManualInPlaceUpdate" }), "1 at a time");
    assert.equal(paceOf("scale", { maximum: 9, surge: "3" }), "");
    assert.equal(surge(pool("a", { effect: "scale", nodes: { ...none, surge: "3" } })), "");
  });

  it("is that of what waits", () => {
    const waiting = pool("a", {
      effect: "none",
      pending: { effect: "replace", until: "unpaused", reason: "paused" },
      nodes: { ...none, maximum: 9, surge: "2", unavailable: "1" },
    });
    assert.equal(pace(waiting), "3 at a time");
    assert.equal(surge(waiting), "+2 -1");
  });
});

describe("the number of nodes", () => {
  it("is a range, one number, or as much as is known", () => {
    const of = (minimum: number | null, maximum: number | null): string => nodeCount({ ...none, minimum, maximum });
    assert.deepEqual([of(2, 4), of(3, 3), of(3, null), of(null, 5), of(null, null)], ["2-4", "3", "3", "up to 5", ""]);
  });
});
