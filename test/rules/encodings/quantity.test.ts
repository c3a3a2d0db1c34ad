import assert from "node:assert/strict";
import { test } from "node:test";
import {
  mostDigits,
  addQuantities,
  parseQuantity,
  quantityOf,
  quantityText,
} from "../../../src/rules/encodings/quantity.ts";

const text = (value: string | number): string | undefined => {
  const read = quantityOf(value);
  return read === undefined ? undefined : quantityText(read);
};

// Each text and what ParseQuantity and String of kubernetes/apimachinery make of it.
const printed: readonly (readonly [string | number, string])[] = [
  ["80m", "80m"],
  ["0.08", "80m"],
  [0.08, "80m"],
  ["1Gi", "1Gi"],
  ["1024Mi", "1Gi"],
  ["1048576Ki", "1Gi"],
  ["1.5Gi", "1536Mi"],
  ["1.0Gi", "1Gi"],
  ["1073741824", "1073741824"],
  ["1000000000", "1G"],
  ["1G", "1G"],
  ["20000", "20k"],
  ["20k", "20k"],
  [20_000, "20k"],
  ["20e3", "20e3"],
  ["2e4", "20e3"],
  ["1000m", "1"],
  ["1500m", "1500m"],
  ["1.500", "1.500"],
  ["1.5", "1500m"],
  ["1.050", "1.050"],
  ["1.05", "1050m"],
  ["1500M", "1500M"],
  ["1.5G", "1500M"],
  ["1500000k", "1500M"],
  ["100m", "100m"],
  ["+100m", "+100m"],
  ["0.100", "100m"],
  ["0.25", "250m"],
  ["2500000u", "2500m"],
  ["80000u", "80m"],
  ["0.02M", "20k"],
  ["1.50k", "1500"],
  ["32Ki", "32Ki"],
  ["32768", "32768"],
  ["8Gi", "8Gi"],
  ["8192Mi", "8Gi"],
  ["0Mi", "0"],
  ["0", "0"],
  ["512", "512"],
  ["0.5Ki", "512"],
  ["0.9Gi", "966367641600m"],
  ["-1", "-1"],
];
test("quantities print as apimachinery prints them", () => {
  for (const [read, wanted] of printed) assert.equal(text(read), wanted, String(read));
});

test("what apimachinery refuses is no quantity", () => {
  for (const wrong of ["", "abc", "1 Gi", "1KiB", "1.2.3", "--1", "1ki", "i", "e", "0e", "e+"])
    assert.equal(parseQuantity(wrong), undefined, wrong);
});

test("a number of too many digits is no quantity", () => {
  const nines = "9".repeat(mostDigits);
  assert.equal(text(nines), nines);
  assert.equal(text(`1e${mostDigits}`), `10e${mostDigits - 1}`);
  for (const wrong of [
    `${nines}9`,
    `-${nines}9Ki`,
    `0.${"0".repeat(mostDigits)}1`,
    `1e${mostDigits + 1}`,
    `1e-${mostDigits + 1}`,
  ])
    assert.equal(parseQuantity(wrong), undefined, wrong);
});

test("a text without a digit is zero", () => {
  for (const empty of ["Gi", "m", "+", "-", ".", "-.", "+Ki", "e3", "E", "n"]) assert.equal(text(empty), "0", empty);
});

test("a quantity in JSON may have blanks around it, but no line break, which is quoted there", () => {
  assert.equal(text(" 8Gi "), "8Gi");
  for (const wrong of ["8Gi\n", "\t8Gi"]) assert.equal(quantityOf(wrong), undefined, wrong);
});

test("a sum takes the format of its first part", () => {
  const sum = (a: string, b: string): string => {
    const [left, right] = [parseQuantity(a), parseQuantity(b)];
    assert.ok(left !== undefined && right !== undefined);
    return quantityText(addQuantities(left, right));
  };
  assert.equal(sum("1Gi", "1Gi"), "2Gi");
  assert.equal(sum("80m", "20m"), "100m");
  assert.equal(sum("0", "1Gi"), "1Gi");
});
