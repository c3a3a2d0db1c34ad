import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as holdsFor, integer, property } from "fast-check";
import "../../../steady-seed.ts";
import type { Json } from "../../../../src/manifests/manifest.ts";
import { isWhole, parseQuantity, wholeValue } from "../../../../src/rules/encodings/quantity.ts";
import { Unknown } from "../../../../src/rules/functions.ts";
import type { Scope } from "../../../../src/rules/functions.ts";
import type { Shape } from "../../../../src/rules/rows.ts";
import { apiProblems } from "../../../../src/systems/gardener/api/problems.ts";
import { containsNetwork } from "../../../../src/systems/gardener/providers/cidr.ts";
import {
  rawProviderConfig,
  rawProviderConfigStripped,
  sentJson,
} from "../../../../src/systems/gardener/providers/raw-config.ts";

const quantityValue = (text: string): bigint | undefined => {
  const quantity = parseQuantity(text);
  return quantity === undefined ? undefined : wholeValue(quantity);
};
const nowhere = {} as unknown as Scope;

test("a quantity counts as a whole number, rounded away from zero", () => {
  const values: readonly (readonly [string, bigint | undefined])[] = [
    ["4", 4n],
    ["1500m", 2n],
    ["-1500m", -2n],
    ["50Gi", 53687091200n],
    ["51200Mi", 53687091200n],
    ["0.5Gi", 536870912n],
    ["2e3", 2000n],
    ["20E-1", 2n],
    ["1E", 10n ** 18n],
    [".5", 1n],
    ["", undefined],
    ["Gi", 0n],
    ["1 Gi", undefined],
    ["1KI", undefined],
  ];
  for (const [text, value] of values) assert.equal(quantityValue(text), value, text);
  const whole = ["1000m", "1500m"].map((text) => isWhole(parseQuantity(text) ?? assert.fail(text)));
  assert.deepEqual(whole, [true, false]);
});

test("a quantity is the same in every suffix that holds it", () => {
  holdsFor(
    property(integer({ min: 0, max: 1e6 }), (amount) => {
      assert.equal(quantityValue(`${amount}Gi`), quantityValue(`${amount * 1024}Mi`));
      assert.equal(quantityValue(`${amount}k`), quantityValue(`${amount * 1000}`));
      assert.equal(quantityValue(`${amount * 1000}m`), quantityValue(`${amount}`));
    }),
  );
});

test("a providerConfig is sent with sorted keys; lists and types stay", () => {
  assert.equal(sentJson({ b: [2, "2"], a: { d: null, c: true } }), '{"a":{"c":true,"d":null},"b":[2,"2"]}');
  assert.equal(sentJson(12345678901234567890n), "12345678901234567890");
});

test("virtualCapacity is cut out of the text, with a nodeTemplate that holds nothing else", () => {
  const text = (value: Parameters<typeof rawProviderConfigStripped>[0]) => rawProviderConfigStripped(value, nowhere);
  assert.equal(text({ kind: "W", nodeTemplate: { virtualCapacity: { a: 1 } } }), '{"kind":"W"}');
  assert.equal(
    text({ nodeTemplate: { virtualCapacity: {}, capacity: { cpu: 1 } } }),
    '{"nodeTemplate":{"capacity":{"cpu":1}}}',
  );
  assert.equal(text({ nodeTemplate: {} }), '{"nodeTemplate":{}}');
  assert.equal(
    rawProviderConfig({ nodeTemplate: { virtualCapacity: { a: 1 } } }, nowhere),
    '{"nodeTemplate":{"virtualCapacity":{"a":1}}}',
  );
  assert.ok(text({ volume: null }) instanceof Unknown);
});

test("a network contains another when all of its addresses are there", () => {
  assert.equal(containsNetwork("10.248.0.0/14", "10.250.0.0/16"), true);
  assert.equal(containsNetwork("10.250.0.0/16", "10.250.0.0/16"), true);
  assert.equal(containsNetwork("10.250.0.0/17", "10.250.0.0/16"), false);
  assert.equal(containsNetwork("10.251.0.0/16", "10.250.0.0/16"), false);
  assert.equal(containsNetwork("0.0.0.0/0", "192.168.1.0/24"), true);
  assert.equal(containsNetwork("2001:db8::/32", "10.250.0.0/16"), false);
  assert.equal(containsNetwork("2001:db8::/32", "2001:db8:0:ff00::/56"), true);
  assert.equal(containsNetwork("2001:db8::/56", "2001:DB8:0:100::/64"), false);
  assert.equal(containsNetwork("::/0", "::ffff:10.0.0.0/112"), true);
  for (const none of [
    "10.300.0.0/16",
    "10.250.0.0",
    "010.0.0.0/8",
    "10.0.0.0/33",
    "2001:db8::1::/64",
    "1:2:3/64",
    ":::/8",
  ])
    assert.equal(containsNetwork(none, "10.250.0.0/16"), undefined, none);
});

test("a shape names what the strict decoder of an extension does not take", () => {
  const shape: Shape = {
    kind: "string in=W|X required",
    count: "int32 >=1 <=3",
    share: "float64",
    on: "bool",
    list: [{ name: "string required" }],
    amounts: "map quantity",
  };
  const of = (value: Json): string[] =>
    apiProblems(shape, value, [], { kubernetesVersion: undefined, catalog: () => ({}), strict: true }).map(
      ({ path, message }) => `${path.join(".")}: ${message.split(/[,;]/)[0]}`,
    );
  const good = { kind: "W", count: 3, share: 0.5, on: false, list: [{ name: "a" }], amounts: { a: "1Gi", b: 2 } };
  assert.deepEqual(of(good), []);
  assert.deepEqual(of({ kind: "W", count: null, list: null }), []);
  assert.deepEqual(of({ kind: "Y" }), ["kind: must be one of W"]);
  assert.deepEqual(of({}), ["kind: required value"]);
  assert.deepEqual(of({ kind: "W", count: 4, extra: 1 }), ["count: must be <= 3", 'extra: unknown field "extra"']);
  assert.deepEqual(of({ kind: "W", on: "yes", share: "1" }), ["on: must be true or false", "share: must be a number"]);
  assert.deepEqual(of({ kind: "W", list: [{ name: "a" }, {}] }), ["list.1.name: required value"]);
  assert.deepEqual(of({ kind: "W", list: {}, amounts: [] }), ["list: must be a list", "amounts: must be an object"]);
  assert.equal(of({ kind: "W", amounts: { a: "much" } }).length, 1);
});
