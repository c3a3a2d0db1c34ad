import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { array, assert as check, constantFrom, nat, property } from "fast-check";
import "../../steady-seed.ts";
import {
  commonPrefix,
  commonSuffix,
  countLines,
  indexOfWord,
  lastIndexOfWord,
} from "../../../src/manifests/text/bytes.ts";
import { LineCounter } from "../../../src/manifests/text/line-counter.ts";

/** Text of few letters, so that much is alike, with long runs that are compared in blocks. */
const text = array(constantFrom("a", "b", "\n", "\n---\n", "é", "x".repeat(20_000)), { maxLength: 12 }).map((parts) =>
  parts.join(""),
);
const kinds = [(given: string) => Buffer.from(given), (given: string) => new TextEncoder().encode(given)];

describe("bytes, in buffers and in other arrays", () => {
  it("are compared from both ends", () => {
    check(
      property(text, text, text, constantFrom(...kinds), (before, after, middle, bytes) => {
        const [a, b] = [bytes(before + middle), bytes(before + after)];
        const prefix = commonPrefix(a, b);
        assert.ok(prefix >= bytes(before).length);
        assert.ok(Buffer.from(a).subarray(0, prefix).equals(Buffer.from(b).subarray(0, prefix)));
        assert.ok(prefix === Math.min(a.length, b.length) || a[prefix] !== b[prefix]);
        const [c, d] = [bytes(middle + before), bytes(after + before)];
        const most = Math.min(c.length, d.length);
        const suffix = commonSuffix(c, d, most);
        assert.ok(suffix >= bytes(before).length);
        assert.ok(
          Buffer.from(c)
            .subarray(c.length - suffix)
            .equals(Buffer.from(d).subarray(d.length - suffix)),
        );
        assert.ok(suffix === most || c[c.length - suffix - 1] !== d[d.length - suffix - 1]);
        assert.equal(commonSuffix(c, d, Math.min(most, 1)), Math.min(suffix, 1));
      }),
    );
  });

  it("are searched for words and lines", () => {
    check(
      property(text, nat(60_000), constantFrom(...kinds), (given, place, bytes) => {
        const searched = bytes(given);
        const latin1 = Buffer.from(given).toString("latin1");
        const from = Math.min(place, latin1.length);
        for (const word of ["a", "ab", "\n---"]) {
          const wanted = Buffer.from(word);
          assert.equal(indexOfWord(searched, wanted, from), latin1.indexOf(word, from));
          assert.equal(
            lastIndexOfWord(searched, wanted, from),
            from < word.length ? -1 : latin1.lastIndexOf(word, from - word.length),
          );
        }
        const breaks = latin1.slice(0, from).split("\n").length - 1;
        assert.equal(countLines(searched, 0, from), breaks);
        const lines = new LineCounter({ path: "f", bytes: searched });
        assert.equal(lines.lineAt(from), breaks + 1);
        assert.equal(lines.lineAt(Math.floor(from / 2)), latin1.slice(0, Math.floor(from / 2)).split("\n").length);
      }),
    );
  });
});
