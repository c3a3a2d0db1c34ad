import { parseDuration } from "../encodings/duration.ts";

/** What an expression works on: a part of a manifest, or something that a function makes of one. */
export type CelValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly CelValue[]
  | { readonly [field: string]: CelValue }
  | Network
  | Optional;

/** A value that may be missing, as `.?` makes it. */
export class Optional {
  readonly value: CelValue | undefined;
  constructor(value: CelValue | undefined) {
    this.value = value;
  }
}

/** An address or a range of addresses. */
class Network {
  readonly family: 4 | 6;
  readonly prefix: number;
  constructor(family: 4 | 6, prefix: number) {
    this.family = family;
    this.prefix = prefix;
  }
}

/** An evaluation that ends without a value: the API server refuses what it cannot evaluate. */
export class CelError extends Error {
  override readonly name = "CelError";
}

type CelFunction = (...values: readonly CelValue[]) => CelValue;

const text = (value: CelValue | undefined): string => {
  if (typeof value !== "string") throw new CelError("no such overload: a text is needed");
  return value;
};

export const sizeOf = (value: CelValue | undefined): number => {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === "object" && value !== null) return Object.keys(value).length;
  throw new CelError("no such overload: size of a single value");
};

/** Upstream matches in linear time, JavaScript does not: a pattern is not tried on more characters than this. */
export const longestMatched = 2048;

const held = (value: CelValue | undefined, pattern: CelValue | undefined): RegExpExecArray | null => {
  const long = text(value);
  if (long.length > longestMatched)
    throw new Error(`a text of ${long.length} characters is too long to be held against a pattern`);
  return new RegExp(text(pattern)).exec(long);
};

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const range = new RegExp(
  String.raw`^(?:(${octet}(?:\.${octet}){3})\/(3[0-2]|[12]?\d)|([0-9a-f:]*:[0-9a-f:.]*)\/(\d{1,3}))$`,
  "i",
);

function networkOf(value: CelValue | undefined): Network | undefined {
  const [, four, short, six, long] = range.exec(text(value)) ?? [];
  if (four !== undefined) return new Network(4, Number(short));
  return six === undefined || Number(long) > 128 ? undefined : new Network(6, Number(long));
}

const urlParts = /^[a-z][a-z0-9+.-]*:(?:\/\/[^/?#\s]*)?([^?#\s]*)\S*$/i;

function partsOf(limited: string, separator: string, limit: number): string[] {
  const parts = limited.split(separator);
  return limit < 0 || parts.length <= limit
    ? parts
    : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

const whole = (value: CelValue | undefined): number => {
  const found = typeof value === "string" && /^[+-]?\d+$/.test(value) ? Number(value) : value;
  if (typeof found !== "number") throw new CelError(`type conversion error from ${typeof value} to int`);
  return found;
};

const network = (value: CelValue | undefined): Network => {
  if (value instanceof Network) return value;
  const found = networkOf(value);
  if (found === undefined)
    throw new CelError(`network address parse error during conversion from string: ${text(value)}`);
  return found;
};

/** Functions by name; the value that one is called on comes first. */
export const celFunctions: Readonly<Record<string, CelFunction>> = {
  size: (value) => sizeOf(value),
  int: whole,
  matches: (value, pattern) => held(value, pattern) !== null,
  find: (value, pattern) => held(value, pattern)?.[0] ?? "",
  startsWith: (value, start) => text(value).startsWith(text(start)),
  endsWith: (value, end) => text(value).endsWith(text(end)),
  contains: (value, part) => text(value).includes(text(part)),
  lowerAscii: (value) => text(value).replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase()),
  split: (value, separator, limit) => partsOf(text(value), text(separator), limit === undefined ? -1 : whole(limit)),
  duration: (value) => {
    const length = parseDuration(text(value));
    if (length === undefined) throw new CelError("type conversion error from 'string' to 'google.protobuf.Duration'");
    return Number(length / 1_000_000_000n);
  },
  getSeconds: whole,
  isURL: (value) => urlParts.test(text(value)) || /^\/\S*$/.test(text(value)),
  url: text,
  getEscapedPath: (value) => urlParts.exec(text(value))?.[1] ?? text(value),
  isCIDR: (value) => networkOf(value) !== undefined,
  cidr: network,
  ip: network,
  prefixLength: (value) => network(value).prefix,
  family: (value) => network(value).family,
  orValue: (value, otherwise) => (value instanceof Optional ? (value.value ?? otherwise ?? null) : (value ?? null)),
};
