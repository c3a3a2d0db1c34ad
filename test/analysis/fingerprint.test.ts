import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../src/manifests/manifest.ts";
import { Unknown } from "../../src/rules/functions.ts";
import { judge, orchard, orchardOf, poolOf, tableOf } from "./trial-table.ts";

const inputs = (rows: string, functions = {}) =>
  tableOf(orchard.replace(/    inputs:\n(?: {6}.*\n)+/, `    inputs:\n${rows}`), functions);

const effectOf = (table: ReturnType<typeof tableOf>, base: Record<string, Json>, head: Record<string, Json>): string =>
  poolOf(
    judge(table, [orchardOf({ beds: [{ name: "a", ...base }] })], [orchardOf({ beds: [{ name: "a", ...head }] })]),
    "a",
  ).effect;

test("a list in its own order rolls when it is reordered, a sorted one does not", () => {
  const list = (sort: string) =>
    inputs(
      `      - {id: boxes, each: $pool/boxes, ${sort}inputs: [{id: size, from: $item/size}], because: b, source: s}\n`,
    );
  const boxes = (...sizes: number[]): Record<string, Json> => ({
    boxes: sizes.map((size) => ({ name: `b${size}`, size })),
  });
  assert.equal(effectOf(list(""), boxes(1, 2), boxes(2, 1)), "replace");
  assert.equal(effectOf(list("sort: name, "), boxes(1, 2), boxes(2, 1)), "none");
  assert.equal(effectOf(list("sort: name, "), boxes(1, 2), boxes(1, 3)), "replace");
});

test("an input that is always there adds an empty string where it is absent", () => {
  const table = inputs(
    "      - {id: one, from: $pool/label, always: true, when: {path: $pool/rows, set: true}, because: b, source: s}\n",
  );
  assert.equal(effectOf(table, {}, { rows: {} }), "replace");
});

test("a condition by version decides on each side by itself", () => {
  const table = inputs(
    '      - {id: raw, from: $pool/label, when: {path: $pool/tree, before: "1.34"}, because: b, source: s}\n      - {id: sel, from: $pool/rows, when: {path: $pool/tree, from: "1.34"}, because: b, source: s}\n',
  );
  assert.equal(effectOf(table, { tree: "1.33.1", label: "a" }, { tree: "1.33.1", label: "b" }), "replace");
  assert.equal(effectOf(table, { tree: "1.34.0-rc.1", rows: 1 }, { tree: "1.34.0-rc.1", rows: 2 }), "replace");
});

test("what counts from some version on is unknown where no version is named, if there is anything to count", () => {
  const table = inputs(
    '      - {id: sel, from: $pool/rows, when: {path: $pool/tree, from: "1.34"}, because: b, source: s}\n',
  );
  assert.equal(effectOf(table, { tree: "1.34.1", rows: 1 }, { rows: 1 }), "unknown");
  assert.equal(effectOf(table, { tree: "1.34.1", rows: 1 }, { tree: "1", rows: 1 }), "unknown");
  assert.notEqual(effectOf(table, { rows: 1 }, { tree: "", rows: 1 }), "replace");
});

test("a value whose candidates are counted differs when none of them fits", () => {
  const functions = {
    encodings: { guess: (value: Json) => (value === "?" ? new Unknown("a or b?", "?", ["a", "b"]) : value) },
  };
  const table = inputs("      - {id: tree, from: $pool/tree, as: guess, because: b, source: s}\n", functions);
  assert.equal(effectOf(table, { tree: "c" }, { tree: "?" }), "replace");
  assert.equal(effectOf(table, {}, { tree: "?" }), "replace");
  assert.equal(effectOf(table, { tree: "a" }, { tree: "?" }), "unknown");
});

test("a value that cannot be known gives unknown, unless something known differs too, or both depend on the same text", () => {
  const functions = {
    derived: {
      digest: (scope: { get: (path: string) => Json | undefined }) =>
        new Unknown("which digest?", String(scope.get("$pool/label"))),
    },
  };
  const table = inputs(
    "      - {id: tree, from: $pool/tree, because: b, source: s}\n      - {id: digest, derived: digest, reads: [$pool/label], because: b, source: s}\n",
    functions,
  );
  assert.equal(effectOf(table, { label: "a" }, { label: "b" }), "unknown");
  assert.equal(effectOf(table, { label: "a", tree: "x" }, { label: "b", tree: "y" }), "replace");
  assert.equal(effectOf(table, { label: "a", rows: 1 }, { label: "a", rows: 2 }), "scale");
});
