import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { networksOverlap, overlappingPairs } from "../../../../src/systems/gardener/providers/cidr.ts";

const ipv4 = fc
  .tuple(fc.constantFrom(0, 4, 8, 64, 128, 255), fc.nat(3), fc.integer({ min: 4, max: 32 }))
  .map(([high, low, length]) => `10.${high}.${low}.0/${length}`);
const ipv6 = fc.tuple(fc.nat(3), fc.constantFrom(16, 32, 48, 64)).map(([group, length]) => `fd00:${group}::/${length}`);
const cidr = fc.oneof(ipv4, ipv6, fc.constantFrom("", "10.0.0.0", "x"));

test("the pairs of networks that overlap are those that overlap one by one", () => {
  fc.assert(
    fc.property(fc.array(cidr, { maxLength: 20 }), (texts) => {
      const oneByOne = texts.flatMap((text, other) =>
        texts
          .slice(0, other)
          .flatMap((before, first) => (networksOverlap(before, text) === true ? [`${first} ${other}`] : [])),
      );
      const found = overlappingPairs(texts, 1000).map((pair) => pair.join(" "));
      assert.deepEqual(found.toSorted(), oneByOne.toSorted());
      assert.equal(overlappingPairs(texts, 3).length, Math.min(3, oneByOne.length));
    }),
  );
});

test("ten thousand equal networks are not held against each other", () => {
  assert.equal(overlappingPairs(Array<string>(10_000).fill("10.0.0.0/8"), 5).length, 5);
});
