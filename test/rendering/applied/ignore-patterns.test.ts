import assert from "node:assert/strict";
import { test } from "node:test";
import { leavesOut, patternsIn } from "../../../src/rendering/applied/ignore-patterns.ts";

/** By upstream's matcher, which is not git's: the paths that a file of patterns leaves out, and those that it keeps. */
const cases: readonly (readonly [text: string, out: readonly string[], kept: readonly string[]])[] = [
  ["# a\n\n  \n", [], ["a", "# a"]],
  ["a.yaml", ["a.yaml", "x/a.yaml", "x/a.yaml/y"], ["b.yaml", "a.yaml2"]],
  ["draft/", ["draft/a", "x/draft/y/a"], ["draft", "x/draft"]],
  ["/draft", ["draft", "draft/a"], ["x/draft"]],
  ["x/draft", ["x/draft", "x/draft/a"], ["draft", "y/x/draft"]],
  ["/x/draft/", ["x/draft/a"], ["x/draft"]],
  ["/*\n!/clusters/prod", ["a", "clusters/dev/a"], ["clusters/prod/a"]],
  ["/*\n!/pools/\n", ["a", "pools"], ["pools/a"]],
  ["draft\n!draft/a", ["draft/b", "x/draft/a"], ["draft/a"]],
  ["**/draft", ["draft", "x/y/draft/a"], ["x"]],
  ["**/a/b", ["x/a/b"], ["x/a/c/a/b"]],
  ["x/**/a", ["x/a", "x/y/z/a"], ["a", "y/a"]],
  ["x/**", ["x/a"], ["a"]],
  ["/**", [], ["a", "x/a"]],
  ["**", ["a", "x/a"], []],
  ["x/a**b", [], ["x/ab"]],
  ["*.y?ml", ["a.yaml", "x/b.yaml"], ["a.yml", "a.json"]],
  ["[a-c].yaml\n[^x]1", ["b.yaml", "a1"], ["d.yaml", "x1"]],
  ["[a.yaml\nb\\", [], ["[a.yaml", "a.yaml", "b"]],
  ["\\*.yaml\n\\!a", ["*.yaml", "!a"], ["a.yaml"]],
  ["a.yaml   \n  b", ["a.yaml", "  b"], ["b"]],
  ["a(1)+.yaml\r\nc", ["a(1)+.yaml", "c"], ["a1.yaml"]],
];
for (const [text, out, kept] of cases)
  test(`patterns that leave out files: ${JSON.stringify(text)}`, () => {
    const patterns = patternsIn(text, "");
    const all = [...out, ...kept];
    assert.deepEqual(
      all.filter((path) => leavesOut(patterns, path)),
      out,
    );
    const below = patternsIn(text, "x/y");
    assert.deepEqual(
      all.filter((path) => leavesOut(below, `x/y/${path}`)),
      out,
    );
    assert.equal(
      all.some((path) => leavesOut(below, `z/${path}`)),
      false,
    );
  });

test("a pattern of many stars, and a line of many spaces, are read in time that grows with them", () => {
  assert.equal(leavesOut(patternsIn(`${"*a".repeat(100)}b`, ""), "a".repeat(250)), false);
  assert.equal(leavesOut(patternsIn(`${"*a".repeat(100)}*`, ""), "a".repeat(250)), true);
  assert.equal(leavesOut(patternsIn(`${" ".repeat(500_000)}a`, ""), "a"), false);
  assert.equal(leavesOut(patternsIn("[".repeat(500_000), ""), "a"), false);
});
