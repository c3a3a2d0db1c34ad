import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../../src/manifests/manifest.ts";
import { celRule } from "../../../../src/rules/cel/evaluate.ts";
import type { Shape } from "../../../../src/rules/rows.ts";
import { withSchemaDefaults } from "../../../../src/systems/hypershift/admission/schema-defaults.ts";
import { schemaProblems } from "../../../../src/systems/hypershift/admission/schema-problems.ts";
import { loadTables } from "../../../../src/systems/tables.ts";
import { processorTime } from "../../../processor-time.ts";

const shapes: Readonly<Record<string, Shape>> = {
  pair: { key: "string required", value: "string" },
};
const named = (name: string): Shape | undefined => shapes[name];
const problems = (shape: Shape, value: Json, old?: Json, version = "4.20"): readonly string[] =>
  [...schemaProblems(shape, value, old, [], { named, version })].map(
    ({ path, message }) => `${path.join("/")}: ${message}`,
  );

const cases: readonly { says: string; shape: Shape; good: readonly Json[]; bad: readonly Json[] }[] = [
  { says: "texts", shape: "string", good: ["", "a"], bad: [1, true, {}, []] },
  { says: "whole numbers", shape: "int32", good: [0, -5, 2147483647], bad: [1.5, "1", 2147483648] },
  { says: "numbers beyond 32 bits", shape: "int64", good: [2147483648, 9007199254740993n], bad: [0.5, "1"] },
  {
    says: "numbers or texts",
    shape: "int-or-string",
    good: [1, "25%", 2n ** 63n - 1n],
    bad: [1.5, true, 2n ** 63n, 1e300],
  },
  { says: "booleans", shape: "bool", good: [true], bad: ["true", 0] },
  { says: "listed values", shape: "string in=|a|b", good: ["", "a"], bad: ["c", "A"] },
  { says: "listed numbers", shape: "int32 in=1|3", good: [3], bad: [2] },
  { says: "objects without fields", shape: "object", good: [{}], bad: ["a", [], 1] },
  { says: "bounds", shape: "int >=1 <=3", good: [1, 3], bad: [0, 4] },
  { says: "characters, not bytes", shape: "string size>=1 size<=2", good: ["ää"], bad: ["", "abc"] },
  { says: "patterns", shape: String.raw`string matches=^a\x20b$`, good: ["a b"], bad: ["ab", "a b "] },
  { says: "entries of a list", shape: ["size<=1", "string"], good: [[], ["a"]], bad: [["a", "b"], "a"] },
  { says: "a set", shape: ["unique", "string"], good: [["a", "b"]], bad: [["a", "a"]] },
  { says: "null in a list", shape: ["string"], good: [["a"]], bad: [[null]] },
  {
    says: "entries with keys",
    shape: ["key=key", "@pair"],
    good: [[{ key: "a" }, { key: "b" }]],
    bad: [[{ key: "a" }, { key: "a" }]],
  },
  { says: "what is required", shape: { a: "string required" }, good: [{ a: "x" }], bad: [{}, { a: null }] },
  { says: "keys of any name", shape: { "*": "string size<=1" }, good: [{ x: "1" }], bad: [{ x: "12" }] },
  {
    says: "entries after defaults",
    shape: { "!": "size>=1", a: "string default=x", b: "string" },
    good: [{}, { b: "y" }],
    bad: ["a"],
  },
];
for (const { says, shape, good, bad } of cases)
  test(says, () => {
    for (const value of good) assert.deepEqual(problems(shape, value), [], JSON.stringify(value, String));
    for (const value of bad) assert.notDeepEqual(problems(shape, value), [], JSON.stringify(value, String));
  });

test("a value that stands already passes, also beside others that change", () => {
  const shape: Shape = { name: "string size<=3", labels: ["key=key", "@pair"], tags: ["string size<=3"] };
  const old: Json = { name: "too long", labels: [{ key: "a", value: 1 }], tags: ["too long"] };
  assert.deepEqual(problems(shape, { ...old, labels: [{ key: "b" }, { key: "a", value: 1 }] }, old), []);
  // A list without keys is one value: a change of one entry has all of them checked.
  assert.deepEqual(problems(shape, { ...old, tags: ["too long", "new"] }, old), [
    "tags/0: must have at most 3 characters",
  ]);
  assert.deepEqual(problems(shape, { ...old, name: "also too long" }, old), ["name: must have at most 3 characters"]);
});

test("what was missing before is no news", () => {
  const shape: Shape = { a: "string required", b: "string" };
  assert.deepEqual(problems(shape, { b: "2" }, { b: "1" }), []);
  assert.deepEqual(problems(shape, { b: "2" }, { a: "x" }), ["a: is required"]);
});

/** What a pattern of the CRDs could read in many ways before it fails: in seconds for these, in years for longer ones. */
const ambiguous = [
  "value",
  `registry.example.com/${"a".repeat(26)}!`,
  `${"aa.".repeat(26)}_`,
  `https://${":@".repeat(200)}`,
];

test("every pattern and every named shape of the CRDs can be read, and none takes long", () => {
  const isQuick = (said: string, read: (text: string) => unknown): void => {
    for (const text of ambiguous) {
      const start = processorTime();
      assert.doesNotThrow(() => read(text), said);
      assert.ok(processorTime() - start < 0.5, `${said} of ${text}`);
    }
  };
  const { shapes = {}, validations = {} } = loadTables().find(({ system }) => system === "hypershift") ?? {};
  const read = (shape: Shape): void => {
    if (typeof shape !== "string") {
      for (const inner of Object.values(shape)) read(inner);
      return;
    }
    if (/^@[a-z]/.test(shape)) assert.notEqual(shapes[shape.slice(1)], undefined, shape);
    for (const word of shape.split(" ").filter((one) => one.startsWith("matches=")))
      isQuick(word, (text) => problems(`string ${word}`, text));
  };
  for (const shape of Object.values(shapes)) read(shape);
  const patterns = Object.values(validations)
    .flat()
    .flatMap(({ rule }) => [...rule.matchAll(/\.matches\((?:'[^']*'|"[^"]*")\)/g)].map(([call]) => `self${call}`));
  for (const call of patterns) isQuick(call, celRule(call));
  assert.ok(patterns.length > 100, `${patterns.length} patterns`);
});

test("defaults are filled in wherever their parent stands, before any rule is asked", () => {
  const shape: Shape = {
    mode: "string default=Auto",
    count: "int32 default=2",
    nested: { "!": 'default={"a":1}', a: "int", b: "bool default=true" },
    items: [{ kind: "string default=x" }],
    "*": { of: "string default=other" },
  };
  assert.deepEqual(withSchemaDefaults(shape, { items: [{}, { kind: "k" }], mode: null, extra: {} }, named), {
    mode: "Auto",
    count: 2,
    nested: { a: 1, b: true },
    items: [{ kind: "x" }, { kind: "k" }],
    extra: { of: "other" },
  });
  assert.deepEqual(withSchemaDefaults({ list: [{ a: "int default=1" }] }, {}, named), {});
});

test("bounds hold for the versions that have them", () => {
  const shape: Shape = {
    "!": "@4.21.. size<=1",
    name: "string @4.19.. required size<=2",
    list: ["@..4.20 size<=1", "string"],
  };
  const value = { name: "abc", list: ["a", "b"] };
  assert.deepEqual(problems(shape, value, undefined, "4.18"), ["list: must have at most 1 entries"]);
  assert.deepEqual(problems(shape, value, undefined, "4.20"), ["name: must have at most 2 characters"]);
  assert.deepEqual(problems(shape, {}, undefined, "4.18"), []);
  assert.deepEqual(problems(shape, {}, undefined, "4.19"), ["name: is required"]);
  assert.deepEqual(problems(shape, { name: "a", list: [] }, undefined, "4.21"), [": must have at most 1 entries"]);
});
