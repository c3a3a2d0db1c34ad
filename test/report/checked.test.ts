import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Json } from "../../src/manifests/manifest.ts";
import { mostChecked } from "../../src/report/checked.ts";
import type { Cause } from "../../src/report/report.ts";
import { judge, orchard, orchardOf, poolOf, tableOf } from "../analysis/trial-table.ts";

/** What was looked at when `/spec/sign` changes, under further rules on it. */
function checked(rows: readonly string[], before: Json, after: Json): readonly Cause[] {
  const table = tableOf(orchard.replace("fields:", ["fields:", ...rows.map((row) => `  - ${row}`)].join("\n")));
  const sides = [before, after].map((sign) => [orchardOf({ beds: [{ name: "a" }], sign })]);
  return poolOf(judge(table, sides[0]!, sides[1]!), "a").checked;
}
const reasons = (...given: Parameters<typeof checked>): string[] =>
  checked(...given).map(({ because, path }) => `${path}: ${because}`);

const whole = "{id: whole, at: /spec/sign/**, effect: none, because: the whole sign, source: s}";
const each = "{id: each, at: /spec/sign/*, effect: none, because: each part, source: s}";
const text = "{id: text, at: /spec/sign/text, effect: none, because: the text alone, source: s}";
/** Does more in winter, and nothing else. */
const seasonal =
  "{id: seasonal, at: /spec/sign/text, effect: inplace, cases: [{when: {not: {path: /spec/winter, is: true}}, effect: none}], because: by season, source: s}";
const always = "{id: always, at: /spec/sign/text, effect: none, because: at all times, source: s}";

describe("what was looked at and does nothing", () => {
  it("is said by the rule that stands closest to the place, in whatever order they come", () => {
    for (const rows of [
      [whole, text],
      [text, whole],
    ])
      assert.deepEqual(reasons(rows, { text: "x" }, { text: "y" }), ["/spec/sign/text: the text alone"]);
  });

  it("is said by a rule that never does more, of two that stand equally close", () => {
    for (const rows of [
      [seasonal, always],
      [always, seasonal],
    ])
      assert.deepEqual(reasons(rows, { text: "x" }, { text: "y" }), ["/spec/sign/text: at all times"]);
  });

  it("tells of more places than are shown, and of no more than there are", () => {
    const places = (count: number, value: number): Json =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`p${index}`, value]));
    const of = (count: number) => checked([each], places(count, 1), places(count, 2));
    assert.equal(of(mostChecked).length, mostChecked);
    assert.doesNotMatch(of(mostChecked).at(-1)!.because, /more places/);
    assert.equal(of(mostChecked + 1).length, mostChecked);
    assert.match(of(mostChecked + 1).at(-1)!.because, /more places were looked at than are shown/);
  });

  it("counts a place once that several rules looked at", () => {
    const other = each.replaceAll("each", "every");
    const places = (value: number): Json =>
      Object.fromEntries(Array.from({ length: mostChecked }, (_, index) => [`p${index}`, value]));
    const found = checked([each, other], places(1), places(2));
    assert.equal(found.length, mostChecked);
    for (const { because } of found) assert.equal(because, "each part");
  });
});
