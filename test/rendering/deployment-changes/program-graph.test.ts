import assert from "node:assert/strict";
import { test } from "node:test";
import { ProgramGraph } from "../../../src/rendering/deployment-changes/program-graph.ts";

test("what a file uses is made with it, what uses it too, and nothing else", () => {
  const graph = new ProgramGraph([
    { path: "maker", uses: ["library"], groups: [] },
    { path: "library", uses: ["types"], groups: [] },
    { path: "types", uses: [], groups: [] },
    { path: "caller", uses: ["maker", "arguments"], groups: [] },
    { path: "arguments", uses: [], groups: [] },
    { path: "other", uses: ["types"], groups: [] },
  ]);
  assert.deepEqual([...graph.partsOf(["maker"]).keys()].toSorted(), [
    "arguments",
    "caller",
    "library",
    "maker",
    "types",
  ]);
});

test("each part is named with the first that it is made with; circles end", () => {
  const graph = new ProgramGraph([
    { path: "a", uses: ["shared"], groups: [] },
    { path: "b", uses: ["shared", "own"], groups: [] },
    { path: "shared", uses: ["a"], groups: [] },
    { path: "own", uses: ["b"], groups: [] },
  ]);
  const parts = graph.partsOf(["a", "b"]);
  assert.deepEqual([parts.get("shared"), parts.get("own")], ["a", "b"]);
});

test("a package of thousands of files is no more than these", () => {
  const paths = Array.from({ length: 5000 }, (_, at) => `f${at}`);
  const graph = new ProgramGraph(paths.map((path) => ({ path, uses: ["package"], groups: ["package"] })));
  const parts = graph.partsOf(["f1"]);
  assert.ok(paths.every((path) => parts.get(path) === "f1"));
});
