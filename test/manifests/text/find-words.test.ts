import assert from "node:assert/strict";
import { test } from "node:test";
import { array, assert as holds, constantFrom, oneof, property, stringMatching, uniqueArray } from "fast-check";
import "../../steady-seed.ts";
import { searchFor } from "../../../src/manifests/text/find-words.ts";

const word = stringMatching(/^[ab.-]{1,4}$/);
const text = array(oneof(word, constantFrom(" ", "\n", ":", '"', "'", ",", "[", "}", "é")), { maxLength: 60 });

test("words are found where they stand whole, whether few or many are looked for", () => {
  holds(
    property(text, uniqueArray(word, { minLength: 1, maxLength: 20 }), (parts, words) => {
      const bytes = new TextEncoder().encode(parts.join(""));
      const whole = [...new TextDecoder("latin1").decode(bytes).matchAll(/[^\s"',:{}[\]]+/g)];
      const expected = whole.filter((match) => words.includes(match[0])).map((match) => `${match.index} ${match[0]}`);
      const found: string[] = [];
      searchFor(words)(bytes, (one, at) => {
        found.push(`${at} ${one}`);
        return at + one.length;
      });
      assert.deepEqual(found.toSorted(), expected.toSorted());
    }),
  );
});

test("the search continues at the offset that the callback returns", () => {
  const bytes = new TextEncoder().encode("a b a a b");
  for (const more of [[], Array.from({ length: 20 }, (_, index) => `w${index}`)]) {
    const found: string[] = [];
    searchFor(["a", "b", ...more])(bytes, (word, at) => {
      found.push(`${word}${at}`);
      return Math.max(6, at + 1);
    });
    assert.deepEqual(found.toSorted(), ["a0", "a6", "b2", "b8"]);
  }
});
