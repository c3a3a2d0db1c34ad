import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json, JsonObject } from "../../../../src/manifests/manifest.ts";
import {
  applyPatch,
  boundedPatch,
  mostPatched,
  PatchBoundError,
  PatchError,
} from "../../../../src/systems/hypershift/go/json-patch.ts";

const document: JsonObject = { a: { b: 1, "x/y": 2 }, list: ["p", "q"], none: null };

// Answers of github.com/evanphx/json-patch/v5 with EnsurePathExistsOnAdd.
const applied: readonly (readonly [operation: JsonObject, changed: JsonObject])[] = [
  [{ op: "add", path: "/a/c", value: 3 }, { a: { b: 1, "x/y": 2, c: 3 } }],
  [{ op: "add", path: "/new/deep", value: 3 }, { new: { deep: 3 } }],
  [{ op: "add", path: "/new/0", value: 3 }, { new: [3] }],
  [{ op: "add", path: "/new/2", value: 3 }, { new: [null, null, 3] }],
  [{ op: "add", path: "/list/4/x", value: 1 }, { list: ["p", "q", null, null, { x: 1 }] }],
  [{ op: "add", path: "/none/x", value: 1 }, { none: { x: 1 } }],
  [{ op: "copy", from: "/none", path: "/z" }, { z: null }],
  [{ op: "add", path: "/list/1", value: "r" }, { list: ["p", "r", "q"] }],
  [{ op: "add", path: "/list/-", value: "r" }, { list: ["p", "q", "r"] }],
  [{ op: "add", path: "/list/-1", value: "r" }, { list: ["p", "q", "r"] }],
  [{ op: "replace", path: "/a/x~1y", value: 3 }, { a: { b: 1, "x/y": 3 } }],
  [{ op: "replace", path: "/list/-1", value: "r" }, { list: ["p", "r"] }],
  [{ op: "replace", path: "/none", value: 3 }, { none: 3 }],
  [{ op: "remove", path: "/list/0" }, { list: ["q"] }],
  [
    { op: "move", from: "/list/0", path: "/a/b" },
    { list: ["q"], a: { b: "p", "x/y": 2 } },
  ],
  [{ op: "copy", from: "/a", path: "/list/0" }, { list: [{ b: 1, "x/y": 2 }, "p", "q"] }],
  [{ op: "test", path: "/a", value: { "x/y": 2, b: 1 } }, {}],
  [{ op: "test", path: "/a/missing", value: null }, {}],
];
for (const [operation, changed] of applied)
  test(`${JSON.stringify(operation)} applies`, () => {
    const kept = structuredClone(document);
    assert.deepEqual(applyPatch(document, [operation]), { ...document, ...changed });
    assert.deepEqual(document, kept);
  });

const refused: readonly Json[] = [
  { op: "remove", path: "/a/missing" },
  { op: "remove", path: "/missing/deep" },
  { op: "replace", path: "/a/missing", value: 1 },
  { op: "replace", path: "/a/b/c", value: 1 },
  { op: "add", path: "/list/3", value: 1 },
  { op: "add", path: "/list/word", value: 1 },
  { op: "add", path: "/a/b/x", value: 1 },
  { op: "move", from: "/missing", path: "/a/b" },
  { op: "copy", from: "/a/b", path: "/missing/deep" },
  { op: "test", path: "/a/b", value: 2 },
  { op: "merge", path: "/a/b", value: 2 },
  { op: "add", path: "no pointer", value: 2 },
];
for (const operation of refused)
  test(`${JSON.stringify(operation)} does not apply`, () => {
    assert.throws(() => applyPatch(document, [operation]), PatchError);
  });

test("__proto__ is a key like others", () => {
  const patched = applyPatch(document, [{ op: "add", path: "/__proto__/a", value: 1 }]);
  assert.deepEqual(Object.keys(patched).toSorted(), ["__proto__", "a", "list", "none"]);
  assert.equal(Object.hasOwn({}, "a"), false);
});

test("a patch is followed up to its bounds: copies double what is there, and paths make what is not", () => {
  const nested = (levels: number): Json => JSON.parse("[".repeat(levels) + "]".repeat(levels)) as Json;
  const path = (levels: number): string => "/x".repeat(levels);
  const { levels, values } = mostPatched;
  const copies = (count: number): Json[] =>
    Array.from({ length: count }, (_, index) => ({ op: "copy", from: "/a", path: `/a/c${index}` }));
  const within: readonly (readonly Json[])[] = [
    copies(8),
    [{ op: "add", path: `/new/${values - 2}`, value: 1 }],
    [{ op: "add", path: "/new", value: nested(levels) }],
    [{ op: "add", path: path(levels), value: 1 }],
  ];
  for (const patch of within) assert.ok(applyPatch(document, patch));
  const beyond: readonly (readonly Json[])[] = [
    copies(40),
    [{ op: "add", path: `/new/${values}`, value: 1 }],
    [{ op: "add", path: "/new/20000/x", value: 1 }],
    [{ op: "add", path: "/new", value: nested(100_000) }],
    [{ op: "test", path: "/a", value: nested(100_000) }],
    [{ op: "add", path: path(levels + 1), value: 1 }],
    Array.from({ length: values + 1 }, () => ({ op: "test", path: "/none", value: null })),
  ];
  for (const patch of beyond) assert.throws(() => applyPatch(document, patch), PatchBoundError);
  assert.throws(() => boundedPatch([{ op: "add", path: "/a", value: nested(100_000) }]), PatchBoundError);
});
