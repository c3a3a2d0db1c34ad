import assert from "node:assert/strict";
import { test } from "node:test";
import { type Arbitrary, assert as check, jsonValue, property } from "fast-check";
import "../steady-seed.ts";
import { sharingParts } from "../../src/inventory/shared-parts.ts";
import type { Json, JsonObject } from "../../src/manifests/manifest.ts";

const json = jsonValue({ depthSize: "small", noUnicodeString: true }) as Arbitrary<Json>;
const member = (value: Json, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);

test("sharing parts with the base leaves the head's value as it was", () => {
  check(
    property(json, json, (base, head) => {
      assert.equal(JSON.stringify(sharingParts(base, head)), JSON.stringify(head));
      assert.equal(sharingParts(base, structuredClone(base)), base);
    }),
  );
});

test("equal values at one place are shared with the base, others are not", () => {
  const base = { a: { x: [1, { y: 2 }] }, b: { c: {}, d: [] }, n: 1 };
  const head = { a: { x: [1, { y: 2 }] }, b: { c: {}, d: [1] }, n: 2 };
  const shared = sharingParts<JsonObject>(base, head);
  assert.equal(member(shared, "a"), base.a);
  assert.equal(member(shared, "b", "c"), base.b.c);
  assert.notEqual(member(shared, "b"), base.b);
  assert.deepEqual(head.b.c, {});
  assert.notEqual(head.a, base.a, "the head that was given stays as it is");
});

test("another order of keys is another value, since it is shown as it was written", () => {
  const shared = sharingParts<JsonObject>({ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } });
  assert.deepEqual(Object.keys(member(shared, "a") as object), ["y", "x"]);
});

test("a prototype's members are none of the base's", () => {
  const head = JSON.parse('{"__proto__": {"a": 1}, "toString": {}}') as JsonObject;
  assert.deepEqual(Object.keys(sharingParts<JsonObject>({}, head)), ["__proto__", "toString"]);
  const empty = JSON.parse('{"__proto__": {}}') as JsonObject;
  assert.notEqual(member(sharingParts<JsonObject>({}, empty), "__proto__"), Object.prototype);
});
