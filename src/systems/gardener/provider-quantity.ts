/** An exact fraction: `numerator / 10^scale`. */
interface Amount {
  readonly numerator: bigint;
  readonly scale: number;
}

const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };

/** The amount behind a quantity's text (kubernetes/apimachinery pkg/api/resource/quantity.go ParseQuantity); undefined when it is none. */
export function parseQuantity(text: string): Amount | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d{1,3}|[numkMGTPE]|[KMGTPE]i)?$/.exec(text);
  const [, sign = "", whole = "", fraction = "", suffix = ""] = match ?? [];
  if (match === null || whole + fraction === "") return undefined;
  const digits = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  const shift = binary[suffix];
  if (shift !== undefined) return { numerator: digits << BigInt(shift), scale: fraction.length };
  const exponent = decimal[suffix] ?? Number(suffix.slice(1));
  const scale = fraction.length - exponent;
  return scale >= 0 ? { numerator: digits, scale } : { numerator: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** Go's `Quantity.Value()`: a whole number, rounded away from zero. */
export function quantityValue(text: string): bigint | undefined {
  const amount = parseQuantity(text);
  if (amount === undefined) return undefined;
  const unit = 10n ** BigInt(amount.scale);
  const truncated = amount.numerator / unit;
  const rest = amount.numerator % unit;
  return rest === 0n ? truncated : truncated + (rest > 0n ? 1n : -1n);
}

/** Whether a quantity has no fraction. */
export function isWhole(text: string): boolean {
  const amount = parseQuantity(text);
  return amount !== undefined && amount.numerator % 10n ** BigInt(amount.scale) === 0n;
}
