import { parseDuration } from "../encodings/duration.ts";
import { parseAddress, parseNetwork } from "../encodings/network.ts";
import { matchOf } from "../encodings/pattern.ts";

/** What an expression works on: a part of a manifest, or something that a function makes of one. */
export type CelValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | readonly CelValue[]
  | { readonly [field: string]: CelValue }
  | Optional;

/** A value that may be missing, as `.?` makes it. */
export class Optional {
  readonly value: CelValue | undefined;
  constructor(value: CelValue | undefined) {
    this.value = value;
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

const sizeOf = (value: CelValue | undefined): number => {
  if (typeof value === "string") return [...value].length;
  if (Array.isArray(value)) return value.length;
  if (typeof value === "object" && value !== null) return Object.keys(value).length;
  throw new CelError("no such overload: size of a single value");
};

/** The parts of an absolute URL, or of a path that begins with a slash, as Go's url.ParseRequestURI takes them. */
const urlPattern =
  /^(?:([a-z][a-z0-9+.-]*):(?:\/\/(?:[^/?#\s]*@)?([^/?#\s@]*)(?=[/?#]|$))?|(?=\/))([^?#\s]*)(?:\?([^#\s]*))?(?:#\S*)?$/i;

const urlOf = (value: CelValue | undefined): RegExpExecArray => {
  const found = urlPattern.exec(text(value));
  if (found === null) throw new CelError(`URL parse error during conversion from string: ${text(value)}`);
  return found;
};

function queryOf(value: CelValue | undefined): { readonly [name: string]: readonly string[] } {
  const query = new URLSearchParams(urlOf(value)[4] ?? "");
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

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

function networkText(value: CelValue | undefined): string {
  if (parseNetwork(text(value)) === undefined)
    throw new CelError(`network address parse error during conversion from string: ${text(value)}`);
  return text(value);
}

/** Functions by name; the value that one is called on comes first. */
export const celFunctions: Readonly<Record<string, CelFunction>> = {
  size: (value) => sizeOf(value),
  int: whole,
  matches: (value, pattern) => matchOf(text(pattern), text(value)) !== null,
  find: (value, pattern) => matchOf(text(pattern), text(value))?.[0] ?? "",
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
  isURL: (value) => urlPattern.test(text(value)),
  url: (value) => urlOf(value)[0],
  // Go reads the scheme in small letters.
  getScheme: (value) => (urlOf(value)[1] ?? "").toLowerCase(),
  getHost: (value) => urlOf(value)[2] ?? "",
  getEscapedPath: (value) => urlOf(value)[3] ?? "",
  getQuery: queryOf,
  isIP: (value) => parseAddress(text(value)) !== undefined,
  isCIDR: (value) => parseNetwork(text(value)) !== undefined,
  // Networks and addresses stay texts: their family and their prefix can be read off them.
  cidr: networkText,
  ip: text,
  family: (value) => (text(value).includes(":") ? 6 : 4),
  prefixLength: (value) => parseNetwork(text(value))?.length ?? 0,
  hasValue: (value) => value instanceof Optional && value.value !== undefined,
  orValue: (value, otherwise) => (value instanceof Optional ? (value.value ?? otherwise ?? null) : (value ?? null)),
};
