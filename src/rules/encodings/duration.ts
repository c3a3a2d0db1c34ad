const unit: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Nanoseconds of a text as Go's time.ParseDuration reads it; undefined where it refuses, as beyond an int64. */
export function parseDuration(text: string): bigint | undefined {
  const match = /^([+-]?)(0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (match === null) return undefined;
  let total = 0n;
  for (const [, whole = "", fraction = "", name = ""] of (match[2] ?? "").matchAll(/(\d*)(?:\.(\d*))?([a-zµμ]+)/g)) {
    const size = unit[name] ?? 0n;
    total += BigInt(whole || "0") * size;
    total += partOf(fraction, size);
  }
  const signed = match[1] === "-" ? -total : total;
  return BigInt.asIntN(64, signed) === signed ? signed : undefined;
}

/** Digits behind the point, as Go's leadingFraction takes them: as many as 63 bits hold, multiplied as a float64. */
function partOf(digits: string, size: bigint): bigint {
  const most = digits.slice(0, digits.search(/[1-9]/) + 19);
  const held = BigInt(most) > 9_223_372_036_854_775_808n ? most.slice(0, -1) : most;
  return BigInt(Math.trunc(Number(held) * (Number(size) / 10 ** held.length)));
}
