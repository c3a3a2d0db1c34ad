import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import "../../../steady-seed.ts";
import type { Json, JsonObject } from "../../../../src/manifests/manifest.ts";
import { jsonText } from "../../../../src/systems/hypershift/go/json-text.ts";
import { GoTypeError, requireKnownKeys, type Shape, throughGo } from "../../../../src/systems/hypershift/go/struct.ts";

const shape: Shape = {
  is: "struct",
  fields: {
    name: { is: "string" },
    optional: { is: "string", pointer: true },
    count: { is: "int" },
    limit: { is: "int", pointer: true },
    small: { is: "int", bits: 32 },
    items: { is: "list", of: { is: "string" } },
    kept: { is: "list", of: { is: "string" }, keepEmpty: true },
    labels: { is: "map", of: { is: "string" } },
    inner: { is: "struct", pointer: true, fields: { on: { is: "bool" } } },
    free: { is: "raw" },
  },
};
const text = (value: Json): string => jsonText(throughGo(shape, value) ?? {});

const same: readonly (readonly [says: string, a: Json, b: Json, equal: boolean])[] = [
  ["an empty text and none", { name: "" }, {}, true],
  ["an empty optional text and none", { optional: "" }, {}, false],
  ["zero and none", { count: 0 }, {}, true],
  ["an optional zero and none", { limit: 0 }, {}, false],
  ["an empty list and none", { items: [] }, {}, true],
  ["an empty list that is kept and none", { kept: [] }, {}, false],
  ["null and none", { kept: null, inner: null }, {}, true],
  ["an empty map and none", { labels: {} }, {}, true],
  ["an empty optional object and none", { inner: {} }, {}, false],
  ["false and none", { inner: { on: false } }, { inner: {} }, true],
  ["an unknown key and none", { other: 1 }, {}, true],
  ["null inside free content and none", { free: { a: null } }, { free: {} }, false],
];
for (const [says, a, b, equal] of same)
  test(`${says} are ${equal ? "equal" : "different"}`, () => assert.equal(text(a) === text(b), equal));

test("a value of another type is refused with its place", () => {
  assert.throws(() => throughGo(shape, { items: ["a", 5] }), new GoTypeError("items[1]", "a string"));
  assert.throws(() => throughGo(shape, { labels: { a: true } }), /labels\.a must be a string/);
  assert.throws(() => throughGo(shape, { count: 1.5 }), /count must be a whole number/);
  assert.throws(() => throughGo(shape, { count: 2n ** 63n }), /count must be a whole number of 64 bits/);
  assert.throws(() => throughGo(shape, { small: 2 ** 31 }), /small must be a whole number of 32 bits/);
  assert.deepEqual({ ...(throughGo(shape, { small: -(2 ** 31) }) as JsonObject) }, { small: -(2 ** 31) });
});

test("a strict reader refuses keys that the type does not know", () => {
  assert.throws(() => requireKnownKeys(shape, { inner: { off: true } }), /inner\.off/);
  requireKnownKeys(shape, { free: { anything: 1 }, labels: { any: "x" } });
});

test("reading what was written changes nothing", () => {
  const value = fc.record(
    {
      name: fc.string(),
      limit: fc.integer(),
      kept: fc.array(fc.string()),
      labels: fc.dictionary(fc.string(), fc.string()),
      inner: fc.record({ on: fc.boolean() }, { requiredKeys: [] }),
      free: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(value, (given) => {
      const once = throughGo(shape, given as Json) ?? {};
      assert.equal(jsonText(throughGo(shape, once) ?? {}), jsonText(once));
    }),
  );
});
