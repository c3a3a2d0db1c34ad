import assert from "node:assert/strict";
import { test } from "node:test";
import { sameValue } from "../../src/rules/canonical.ts";

test("a number is the same whether it was written as a fraction or as an integer that no double holds", () => {
  assert.equal(sameValue(9007199254740994n, 9007199254740994), true);
  assert.equal(sameValue(9007199254740993n, 9007199254740994), false);
  assert.equal(sameValue(1, "1"), false);
});
