import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assert as check, property, string } from "fast-check";
import "../steady-seed.ts";
import { excerpt } from "../../src/views/excerpt.ts";
import { columns, fit, wrap } from "../../src/views/width.ts";

describe("excerpt", () => {
  it("shows short values whole, and tells absent from empty", () => {
    assert.deepEqual(excerpt("1.33", "1.34", 200), { before: "1.33", after: "1.34" });
    assert.deepEqual(excerpt(null, "", 200), { before: "(absent)", after: '""' });
  });
  it("shows of long values what differs", () => {
    const { before, after } = excerpt(
      `${"a".repeat(90)}old${"z".repeat(90)}`,
      `${"a".repeat(90)}new${"z".repeat(90)}`,
      200,
    );
    assert.equal(before, `…${"a".repeat(16)}old${"z".repeat(16)}…`);
    assert.equal(after, `…${"a".repeat(16)}new${"z".repeat(16)}…`);
  });
  it("keeps to its limit, shows a difference where one is, and splits no pair", () => {
    const text = string({ unit: "binary", maxLength: 300 });
    check(
      property(text, text, text, (start, one, end) => {
        const { before, after } = excerpt(start + one + end, `${start}${one}x${end}`, 1000);
        assert.notEqual(before, after);
        assert.ok(Array.from(before).length <= 1000);
        assert.ok(!/\p{Cs}/u.test(before + after));
      }),
    );
  });
});

describe("widths in columns of a terminal", () => {
  it("counts columns as a terminal does", () => {
    assert.equal(columns("ab"), 2);
    assert.equal(columns("节点"), 4);
    assert.equal(columns("e\u0301"), 1);
    assert.equal(columns("🚀"), 2);
    assert.equal(columns("👩‍💻"), 2);
  });
  it("fits any text, and wraps without losing a word", () => {
    check(
      property(string({ unit: "grapheme", maxLength: 80 }), (text) => {
        for (const limit of [0, 1, 5, 20]) assert.ok(columns(fit(text, limit)) <= limit);
        assert.equal(wrap(text, 10).join(" "), text);
      }),
    );
  });
});
