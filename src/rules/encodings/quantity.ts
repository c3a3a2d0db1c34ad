import type { Json } from "../../manifests/manifest.ts";

/** How a quantity was written: `1k`, `1Ki`, `1e3`. */
type Format = "DecimalSI" | "BinarySI" | "DecimalExponent";

/** A Kubernetes quantity as apimachinery holds it: an exact value, its format, and the text that it keeps. */
export interface Quantity {
  /** In units of 10^-9, the smallest that a quantity can hold. */
  readonly nano: bigint;
  readonly format: Format;
  /** The text that was read, where apimachinery considers it canonical already. */
  readonly kept: string | undefined;
}

const decimalSuffixes = new Map([
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
]);
const binarySuffixes = new Map([
  ["Ki", 10],
  ["Mi", 20],
  ["Gi", 30],
  ["Ti", 40],
  ["Pi", 50],
  ["Ei", 60],
]);

const giga = 1_000_000_000n;
const maxInt64 = (1n << 63n) - 1n;

/**
 * Numbers of more digits, or beyond that many powers of ten, are read as no quantity. Arithmetic with as many digits as fit into a
 * file takes minutes.
 */
export const mostDigits = 1000;

/** Digits of which a product surely fits into an int64. */
const maxInt64Digits = 18;

interface Suffix {
  readonly exponent: number;
  readonly format: Format;
}

function suffixOf(text: string): Suffix | undefined {
  const decimal = decimalSuffixes.get(text);
  if (decimal !== undefined) return { exponent: decimal, format: "DecimalSI" };
  const binary = binarySuffixes.get(text);
  if (binary !== undefined) return { exponent: binary, format: "BinarySI" };
  return /^[eE][+-]?\d+$/.test(text) ? { exponent: Number(text.slice(1)), format: "DecimalExponent" } : undefined;
}

/**
 * Reads a quantity as apimachinery does: kubernetes/apimachinery pkg/api/resource/quantity.go ParseQuantity. Some texts
 * count as canonical and are kept as they are, so two spellings of one value can differ.
 */
export function parseQuantity(text: string): Quantity | undefined {
  if (text === "0") return { nano: 0n, format: "DecimalSI", kept: text };
  const match = /^([+-]?)(\d*)(?:\.(\d*))?((?:[eE][+-]?\d+)|[a-zA-Z]*)$/.exec(text);
  if (match === null || text === "") return undefined;
  const [, sign = "", whole = "", fraction = "", suffixText = ""] = match;
  const suffix = suffixOf(suffixText);
  // A text without a digit is 0, also `Gi` alone, as a template leaves it behind that has no value
  // (kubernetes/apimachinery@eed236ce pkg/api/resource/quantity.go parseQuantityString).
  if (suffix === undefined) return undefined;
  const digits = (whole.replace(/^0+/, "") || "0") + fraction;
  const negative = sign === "-";
  const format = suffix.format;
  const binary = format === "BinarySI";
  const scale = (binary ? 0 : suffix.exponent) - fraction.length;
  if (digits.length > mostDigits || Math.abs(scale) > mostDigits) return undefined;
  const scaled = BigInt(digits) * (binary ? 1n << BigInt(suffix.exponent) : 1n);
  const kept = keepsText(digits, fraction.length, scale, suffix) ? text : undefined;
  // What is finer than a nano unit is rounded up, away from zero.
  const nano = scale >= -9 ? scaled * 10n ** BigInt(scale + 9) : divideUp(scaled, 10n ** BigInt(-9 - scale));
  const capped = binary && nano > maxInt64 * giga ? maxInt64 * giga : nano;
  return { nano: negative ? -capped : capped, format, kept };
}

const divideUp = (value: bigint, by: bigint): bigint => (value + by - 1n) / by;

/** The fast path of ParseQuantity: small numbers whose digits look canonical keep their text. */
function keepsText(digits: string, decimals: number, scale: number, { format, exponent }: Suffix): boolean {
  if (format === "BinarySI") {
    if (decimals > 0) return false;
    const room = 15 - digits.length - Math.trunc((exponent * 3) / 10) - 1;
    return room >= 0 && exponent % 10 === 0 && (BigInt(digits) & 7n) !== 0n;
  }
  if (maxInt64Digits - digits.length < 0 || scale < -9) return false;
  return scale % 3 === 0 && !digits.endsWith("000") && !digits.startsWith("0");
}

/** The text that Go's `Quantity.String()` gives. */
export function quantityText(quantity: Quantity): string {
  if (quantity.kept !== undefined) return quantity.kept;
  const { nano } = quantity;
  if (nano === 0n) return "0";
  if (quantity.format === "BinarySI" && nano % giga === 0n && (nano >= 1024n * giga || nano <= -1024n * giga))
    return binaryText(nano / giga);
  return decimalText(nano, quantity.format === "DecimalExponent");
}

function binaryText(value: bigint): string {
  let number = value;
  let exponent = 0;
  while (exponent < 60 && number % 1024n === 0n) {
    number /= 1024n;
    exponent += 10;
  }
  const suffix = [...binarySuffixes].find(([, power]) => power === exponent)?.[0] ?? "";
  return `${number}${suffix}`;
}

function decimalText(nano: bigint, asExponent: boolean): string {
  let number = nano;
  let exponent = -9;
  while (number % 10n === 0n) {
    number /= 10n;
    exponent += 1;
  }
  // The exponent is a multiple of three.
  while (exponent % 3 !== 0) {
    number *= 10n;
    exponent -= 1;
  }
  const suffix = [...decimalSuffixes].find(([, power]) => power === exponent)?.[0];
  if (asExponent || suffix === undefined) return exponent === 0 ? `${number}` : `${number}e${exponent}`;
  return `${number}${suffix}`;
}

/**
 * A quantity in a manifest is a text or a number; a number counts as its JSON text. Blanks around it are dropped before
 * JSON is unquoted (quantity.go UnmarshalJSON), so a line break, which is quoted there, stays and is refused.
 */
export function quantityOf(value: Json | undefined): Quantity | undefined {
  if (typeof value === "string") return parseQuantity(value.replaceAll(/^ +|(?<! ) +$/g, ""));
  if (typeof value === "bigint") return parseQuantity(String(value));
  return typeof value === "number" ? parseQuantity(jsonNumber(value)) : undefined;
}

/** Go's `Quantity.Value()`: a whole number, rounded away from zero. */
export function wholeValue({ nano }: Quantity): bigint {
  const rest = nano % giga;
  return nano / giga + (rest === 0n ? 0n : rest > 0n ? 1n : -1n);
}

/** Whether a quantity has no fraction. */
export const isWhole = ({ nano }: Quantity): boolean => nano % giga === 0n;

/** A number as Go's encoding/json writes it: fixed notation between 1e-6 and 1e21. */
function jsonNumber(value: number): string {
  const text = String(value);
  return text.replace(
    /e([+-]?)(\d+)$/,
    (_, sign: string, digits: string) => `e${sign || "+"}${digits.padStart(2, "0")}`,
  );
}

/** `a + b`, in the format of the first that is not zero. */
export const addQuantities = (a: Quantity, b: Quantity): Quantity => ({
  nano: a.nano + b.nano,
  format: a.nano === 0n ? b.format : a.format,
  kept: undefined,
});
