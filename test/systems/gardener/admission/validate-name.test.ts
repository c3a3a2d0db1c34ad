import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, shoot } from "../shoots.ts";

const created = (name: string, namespace: string): string | undefined =>
  compare([], [shoot({ "/metadata/name": name, "/metadata/namespace": namespace })]).pools[0]?.effect;

test("a new Shoot and its project have at most 21 characters together", () => {
  assert.equal(created("orders-in-europe", "garden-store"), "create");
  // The Project may be called otherwise than its namespace.
  assert.equal(created("orders-in-europe", "garden-stores"), "unknown");
  assert.equal(created("orders-in-western-eu", "garden-x"), "create");
  assert.equal(created("orders-in-western-eur", "garden-x"), "rejected");
});

test("a Shoot that stands keeps its name", () => {
  const set = { "/metadata/name": "orders-of-the-whole-world" };
  const taller = { ...set, "/spec/provider/workers/a/maximum": 9 };
  assert.equal(compare([shoot(set)], [shoot(taller)]).pools[0]?.effect, "scale");
});
