import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import "../steady-seed.ts";
import { didYouMean, distance, nearestWord } from "../../src/validation/nearest-word.ts";

const words = ["replace", "rejected", "fail-on", "format", "failOn"];

describe("nearestWord", () => {
  it("finds a letter more, less, other or swapped", () => {
    for (const typed of ["replcae", "repace", "replacce", "replade"])
      assert.equal(nearestWord(typed, words), "replace");
  });

  it("counts what must be done to get from one word to the other", () => {
    for (const [a, b, steps] of [
      ["", "abc", 3],
      ["abc", "", 3],
      ["sat", "saturday", 5],
      ["kitten", "sitting", 3],
      ["ab", "ba", 1],
    ] as const)
      assert.equal(distance(a, b), steps, `${a} ${b}`);
  });

  it("takes no offence at dashes and capitals", () => {
    assert.equal(nearestWord("FAILON", words), "fail-on");
    assert.equal(nearestWord("reject-ed", words), "rejected");
  });

  it("suggests nothing far away, and nothing for a novel", () => {
    assert.equal(nearestWord("delete", words), undefined);
    assert.equal(nearestWord("r".repeat(10_000), words), undefined);
    assert.equal(didYouMean("xyz", words), "");
  });

  it("finds any word with one letter taken out", () => {
    const long = words.filter((word) => word.length > 4);
    fc.assert(
      fc.property(fc.constantFrom(...long), fc.nat(), (word, at) => {
        const index = at % word.length;
        const typed = word.slice(0, index) + word.slice(index + 1);
        assert.notEqual(nearestWord(typed, words), undefined);
      }),
    );
  });
});
