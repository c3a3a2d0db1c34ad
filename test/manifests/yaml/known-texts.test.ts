import assert from "node:assert/strict";
import { test } from "node:test";
import { compose } from "../../../src/manifests/yaml/compose.ts";
import { KnownTexts } from "../../../src/manifests/yaml/known-texts.ts";

/** The anchor takes it to the full reader. */
const textOf = (items: number): string => `a: &a b\nlist:\n${"- {name: x, other: y}\n".repeat(items)}`;

test("a long text is read once, whoever asks for it", () => {
  const texts = new KnownTexts();
  const once = (text: string, options = {}): unknown => compose(text, { texts, ...options }).value;
  const long = textOf(5000);
  assert.equal(once(long), once(`${long.slice(0, 50)}${long.slice(50)}`));
  assert.deepEqual(once(long), compose(long).value);
  assert.notEqual(once(long), once(long.replace("b", "c")));
  // Places belong to the values of one reading, and other keys make another value.
  const places = new Map();
  assert.notEqual(once(long), once(long, { places }));
  assert.ok(places.size > 0);
  assert.notEqual(once(long), once(long, { textKeys: true }));
  assert.notEqual(once(textOf(1)), once(textOf(1)));
});
