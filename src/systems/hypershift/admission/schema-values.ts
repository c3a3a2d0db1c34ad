import type { Json } from "../../../manifests/manifest.ts";
import { matchOf } from "../../../rules/encodings/pattern.ts";
import { objectOf } from "../values.ts";

const formats: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  hostname:
    /^(?=[^]{1,253}$)[a-zA-Z0-9\u00a1-\uffff](?:[a-zA-Z0-9\u00a1-\uffff-]{0,62})(?:\.[a-zA-Z0-9\u00a1-\uffff](?:[a-zA-Z0-9\u00a1-\uffff-]{0,62}))*$/,
  duration: /^\s*(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*[a-zµμ]+\s*)+$/i,
  ip: /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$|^(?=[^]*:)[0-9a-f:.]+$/i,
  cidr: /^(?:\d{1,3}(?:\.\d{1,3}){3}\/(?:3[0-2]|[12]?\d)|[0-9a-f]*:[0-9a-f:.]*\/(?:12[0-8]|1[01]\d|[1-9]?\d))$/i,
  url: /^(?:[a-z][a-z0-9+.-]*:|\/)\S+$/i,
};
/** What does not fit into 64 bits with their sign the API server holds as a fraction. */
const isInteger = (value: Json): boolean =>
  typeof value === "bigint"
    ? BigInt.asIntN(64, value) === value
    : Number.isInteger(value) && Math.abs(value as number) < 2 ** 63;
const isNumber = (value: Json): value is number | bigint => typeof value === "bigint" || typeof value === "number";

const types: Readonly<Record<string, { readonly holds: (value: Json) => boolean; readonly named: string }>> = {
  string: { holds: (value) => typeof value === "string", named: "string" },
  bool: { holds: (value) => typeof value === "boolean", named: "boolean" },
  int: { holds: isInteger, named: "integer" },
  int32: {
    holds: (value) => isInteger(value) && BigInt.asIntN(32, BigInt(value as number)) === BigInt(value as number),
    named: "32-bit integer",
  },
  int64: { holds: isInteger, named: "integer" },
  float64: { holds: isNumber, named: "number" },
  object: { holds: (value) => objectOf(value) !== undefined, named: "object" },
  "int-or-string": { holds: (value) => typeof value === "string" || isInteger(value), named: "integer or string" },
};

/** Why a value is not of its type. */
export function typeProblem(type: string, value: Json): string | undefined {
  const wanted = types[type];
  if (wanted === undefined || wanted.holds(value)) return undefined;
  const quote = wanted.named === "string" && typeof value !== "object" ? ": quote it" : "";
  return `must be of type ${wanted.named}${quote}`;
}

const sizeOf = (value: Json): number =>
  typeof value === "string"
    ? [...value].length
    : Array.isArray(value)
      ? value.length
      : typeof value === "object" && value !== null
        ? Object.keys(value).length
        : 0;

/** Enums hold texts and whole numbers. */
const plainText = (value: Json): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "bigint" ? String(value) : "?";

const listed = (values: string): string =>
  values
    .split("|")
    .map((value) => (value === "" ? `""` : value))
    .join(", ");

/**
 * Why a value does not keep to one word of its shape.
 * @throws {Error} when it is too long to tell
 */
export function wordProblem(word: string, value: Json): string | undefined {
  const [, name = "", text = ""] = /^(size>=|size<=|>=|<=|[a-z]+=)([^]*)$/.exec(word) ?? [];
  switch (name) {
    case "in=":
      return text.split("|").includes(plainText(value)) ? undefined : `must be one of ${listed(text)}`;
    case "size>=":
      return sizeOf(value) >= Number(text) ? undefined : `must have at least ${text} ${unitOf(value)}`;
    case "size<=":
      return sizeOf(value) <= Number(text) ? undefined : `must have at most ${text} ${unitOf(value)}`;
    case ">=":
      return !isNumber(value) || value >= Number(text) ? undefined : `must be at least ${text}`;
    case "<=":
      return !isNumber(value) || value <= Number(text) ? undefined : `must be at most ${text}`;
    case "matches=":
      return typeof value !== "string" || matchOf(text, value) !== null ? undefined : `must match ${text}`;
    case "format=":
      return typeof value !== "string" || formats[text]?.test(value) !== false ? undefined : `must be a valid ${text}`;
    default:
      return undefined;
  }
}

const unitOf = (value: Json): string => (typeof value === "string" ? "characters" : "entries");
