import assert from "node:assert/strict";
import { test } from "node:test";
import { mergedMirrors } from "../../../../src/systems/hypershift/config/mirror-order.ts";

const merged = (...lists: readonly (readonly string[])[]): readonly string[] => mergedMirrors("source", lists);

test("lists of mirrors keep their order as one", () => {
  assert.deepEqual(merged(["b", "a"]), ["b", "a"]);
  assert.deepEqual(merged(["b", "c"], ["a", "b"]), ["a", "b", "c"]);
  assert.deepEqual(merged(["b"], ["a"]), ["a", "b"]);
});

test("lists of mirrors that contradict each other follow the letters", () => {
  assert.deepEqual(merged(["b", "a"], ["a", "b"]), ["a", "b"]);
  assert.deepEqual(merged(["c", "b", "a"], ["a", "c"], ["d"]), ["d", "a", "c", "b"]);
});

test("the source is named where it does not come last", () => {
  assert.deepEqual(merged(["a", "source"]), ["a"]);
  assert.deepEqual(merged(["source", "a"]), ["source", "a"]);
});

test("a mirror that stands twice is used once", () => {
  assert.deepEqual(merged(["a", "b", "a"]), ["a", "b"]);
});
