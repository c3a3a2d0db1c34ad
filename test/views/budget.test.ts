import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withinBudget, type Part, type Rows } from "../../src/views/budget.ts";

const sized = (word: string, length: number): string => word.padEnd(length, ".");

const rows: Rows = {
  head: "head",
  rows: Array.from({ length: 20 }, (_, index) => ({ text: sized(`row ${index}`, 49), pools: 2 })),
  left: (pools) => `${pools} left`,
  fewest: 5,
};
const detail: Part = { forms: [() => sized("detail", 500), () => ""], yields: 1 };
const reasons: Part = {
  forms: [() => sized("reasons", 500), () => sized("reason", 200)],
  yields: 2,
  outlastsRows: true,
};
const footer: Part = { forms: [() => "footer"] };
const parts = [rows, detail, reasons, footer];

/** What of the document is there, in short. */
function shown(budget: number): string {
  const text = withinBudget(parts, budget);
  assert.ok(text.length <= budget, `${text.length} of ${budget}`);
  const words = [...text.matchAll(/row|detail|reasons?|footer|\d+ left/g)].map(([word]) => word);
  const count = words.filter((word) => word === "row").length;
  return [`${count} rows`, ...words.filter((word) => word !== "row")].join(", ");
}

describe("a document within its budget", () => {
  it("is whole where there is room", () => {
    assert.equal(shown(10_000), "20 rows, detail, reasons, footer");
    const whole = withinBudget(parts, 10_000).length;
    assert.equal(shown(whole), "20 rows, detail, reasons, footer");
    assert.equal(shown(whole - 1), "20 rows, reasons, footer");
  });

  it("loses detail first, then rows of a long table, then whole parts, and the first rows last", () => {
    assert.equal(shown(1300), "20 rows, reason, footer");
    assert.equal(shown(1000), "15 rows, 10 left, reason, footer");
    assert.equal(shown(490), "5 rows, 30 left, reason, footer");
    assert.equal(shown(470), "8 rows, 24 left, footer");
    assert.equal(shown(100), "1 rows, 38 left, footer");
    assert.equal(shown(30), "0 rows, 40 left, footer");
  });

  it("counts the pools that rows left out stand for, behind a table that is closed", () => {
    const text = withinBudget([{ ...rows, closed: (shown) => `Table of ${shown}` }, footer], 400);
    assert.match(text, /^<details>\n<summary>Table of 12<\/summary>\n\nhead\nrow 0/);
    assert.match(text, /<\/details>\n\n28 left\n\nfooter$/);
  });
});
