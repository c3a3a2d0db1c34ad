import { isList } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { byCodeUnits } from "../../manifests/text-order.ts";
import { valuesText } from "../tools/values-text.ts";
import { lower, upper } from "./letter-case.ts";
import { Undecidable } from "./undecidable.ts";

/** Undefined is what Go has for a key that a mapping lacks. */
export type TemplateValue = Json | undefined;
type TemplateFunction = (...args: readonly TemplateValue[]) => TemplateValue;

/** How many characters a template may become. */
export const mostLetters = 1024 * 1024;

/** What counts as true for `if`; sprig calls all else empty. */
export const isTrue = (value: TemplateValue): boolean =>
  value !== undefined &&
  value !== null &&
  value !== "" &&
  value !== 0 &&
  value !== false &&
  !(isList(value) && value.length === 0) &&
  !(isObject(value) && Object.keys(value).length === 0);

/** As Go prints a decoded value; numbers only where it writes no exponent. */
export function printed(value: Json): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "number") return undefined;
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-4 && size < 1e6) ? String(value) : undefined;
}

const refuse = (what: string): never => {
  throw new Undecidable(`has a template that passes ${what}`);
};
const text = (value: TemplateValue): string =>
  typeof value === "string" ? value : refuse("a function something other than a text");
const number = (value: TemplateValue): number =>
  typeof value === "number" && Number.isInteger(value)
    ? value
    : refuse("a function something other than a whole number");
const list = (value: TemplateValue): readonly Json[] =>
  isList(value) ? value : refuse("a function something other than a list");
const mapping = (value: TemplateValue): JsonObject =>
  isObject(value) ? value : refuse("a function something other than a mapping");
const json = (value: TemplateValue): Json => value ?? null;
const asText = (value: TemplateValue): string =>
  (value === undefined || value === null ? undefined : printed(value)) ??
  refuse("a list or mapping where a single value is needed");

/** Refuses before making a text that would be too long. */
const bounded = (length: number, make: () => string): string =>
  length > mostLetters ? refuse("on more text than is supported") : make();

/** Go first compares whether two numbers are both of an integer type, which is not known here. */
function areEqual(one: TemplateValue, other: TemplateValue): boolean {
  if (typeof one !== typeof other || (typeof one !== "string" && typeof one !== "boolean"))
    refuse("a comparison something other than two texts");
  return one === other;
}

/** The value at the end of some names and positions. */
function indexed(value: TemplateValue, keys: readonly TemplateValue[]): TemplateValue {
  let found = value;
  for (const key of keys)
    if (isObject(found)) found = Object.hasOwn(found, text(key)) ? found[text(key)] : undefined;
    else found = list(found)[number(key)] ?? refuse("index a position outside of its list");
  return found;
}

function formatted(format: string, args: readonly TemplateValue[]): string {
  let at = 0;
  const done = format.replaceAll(/%(.?)/g, (_, verb: string) => {
    if (verb === "%") return "%";
    // Whether a number is of an integer type, which %d needs, is not known here.
    if (verb !== "s" && verb !== "v") refuse(`printf a verb that is not supported, ${quote(`%${verb}`)}`);
    const value = args[at];
    at += 1;
    if (verb === "s" && typeof value !== "string") refuse("printf a value of another type than its verb");
    return asText(value);
  });
  return at === args.length ? done : refuse("printf more values than it prints");
}

const indented = (by: number, value: string): string => {
  const lines = value.split("\n");
  if (by < 0) return refuse("indent a negative width");
  return bounded(value.length + lines.length * by, () => lines.map((line) => " ".repeat(by) + line).join("\n"));
};

/** One entry a line, so that others may be beside them in whatever it is put into. */
function yaml(value: TemplateValue): string {
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value)
      .toSorted(([one], [other]) => byCodeUnits(one, other))
      .map(([key, inner]) => `${JSON.stringify(key)}: ${valuesText(inner).trimEnd()}`)
      .join("\n");
  if (isList(value) && value.length > 0) return value.map((item) => `- ${valuesText(item).trimEnd()}`).join("\n");
  return typeof value === "string" && isPlain(value) ? value : valuesText(json(value)).trimEnd();
}

/** Whether a text is the same in YAML without quotes, whatever is around it. */
const isPlain = (value: string): boolean =>
  /^[A-Za-z][-\w./]*$/.test(value) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value);

/** Go writes the keys of a mapping in order. */
function jsonInOrder(value: Json): string {
  if (isList(value)) return `[${value.map(jsonInOrder).join()}]`;
  if (!isObject(value)) return valuesText(value).trimEnd();
  const members = Object.entries(value).toSorted(([one], [other]) => byCodeUnits(one, other));
  return `{${members.map(([key, inner]) => `${JSON.stringify(key)}:${jsonInOrder(inner)}`).join()}}`;
}

/** argo-cd `applicationset/utils` SanitizeName */
export const normalized = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^-a-z0-9.]/g, "-")
    .slice(0, 253)
    .replaceAll(/^[-.]+|[-.]+$/g, "");

const printable = /^[ -~]*$/;

/** What has no value is left out. */
const quoted = (values: readonly TemplateValue[], around: (text: string) => string): string =>
  values.flatMap((value) => (value === undefined || value === null ? [] : [around(asText(value))])).join(" ");

/**
 * Functions of Go templates, of sprig and of Argo CD, with the order of their arguments. Left out is what is random, reads a
 * clock or makes keys, and what is hardly ever used.
 */
const functions: Readonly<Record<string, TemplateFunction>> = {
  contains: (part, whole) => text(whole).includes(text(part)),
  empty: (value) => !isTrue(value),
  first: (value) => list(value)[0],
  get: (from, key) => {
    const found = mapping(from);
    return Object.hasOwn(found, text(key)) ? found[text(key)] : "";
  },
  hasKey: (from, key) => Object.hasOwn(mapping(from), text(key)),
  hasPrefix: (part, whole) => text(whole).startsWith(text(part)),
  hasSuffix: (part, whole) => text(whole).endsWith(text(part)),
  indent: (by, value) => indented(number(by), text(value)),
  join: (between, all) => {
    const texts = list(all).map(asText);
    const length = texts.reduce((sum, one) => sum + one.length + text(between).length, 0);
    return bounded(length, () => texts.join(text(between)));
  },
  last: (value) => list(value).at(-1),
  len: (value) =>
    typeof value === "string"
      ? Buffer.byteLength(value)
      : isObject(value)
        ? Object.keys(value).length
        : list(value).length,
  lower: (value) => lower(text(value)),
  ne: (one, other) => !areEqual(one, other),
  nindent: (by, value) => `\n${indented(number(by), text(value))}`,
  normalize: (value) => normalized(text(value)),
  not: (value) => !isTrue(value),
  replace: (old, now, value) => {
    const [from, to, whole] = [text(old), text(now), text(value)];
    const places = whole.split(from).length - 1;
    return from === ""
      ? refuse("replace an empty text to look for")
      : bounded(whole.length + places * to.length, () => whole.replaceAll(from, () => to));
  },
  split: (by, value) =>
    Object.fromEntries(
      text(value)
        .split(text(by))
        .map((part, at) => [`_${at}`, part]),
    ),
  splitList: (by, value) => text(value).split(text(by)),
  ternary: (yes, no, which) =>
    typeof which === "boolean" ? (which ? yes : no) : refuse("ternary a condition that is not a boolean"),
  // Go writes what a browser could take for markup as escapes.
  toJson: (value) =>
    jsonInOrder(json(value)).replaceAll(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
  toString: asText,
  toYaml: yaml,
  trim: (value) => text(value).trim(),
  trimPrefix: (part, value) => {
    const [prefix, whole] = [text(part), text(value)];
    return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
  },
  trimSuffix: (part, value) => {
    const [suffix, whole] = [text(part), text(value)];
    return suffix !== "" && whole.endsWith(suffix) ? whole.slice(0, -suffix.length) : whole;
  },
  trunc: (most, value) => {
    const [length, whole] = [number(most), text(value)];
    if (!printable.test(whole)) return refuse("trunc characters that are not supported");
    return length < 0 ? whole.slice(Math.max(0, whole.length + length)) : whole.slice(0, length);
  },
  upper: (value) => upper(text(value)),
};

/** Those that take more values than they name. */
const openFunctions: Readonly<Record<string, TemplateFunction>> = {
  coalesce: (...all) => all.find(isTrue),
  default: (fallback, ...given) => (isTrue(given[0]) ? given[0] : fallback),
  dict: (...all) => {
    const pairs = all.flatMap((key, at) => (at % 2 === 0 ? [[asText(key), json(all[at + 1] ?? "")] as const] : []));
    return Object.fromEntries(pairs);
  },
  dig: (first, second, third, ...more) => {
    const all = [first, second, third, ...more];
    const [keys, fallback, from] = [all.slice(0, -2), all.at(-2), all.at(-1)];
    let found: TemplateValue = mapping(from);
    for (const key of keys) found = isObject(found) && Object.hasOwn(found, text(key)) ? found[text(key)] : undefined;
    return found === undefined ? fallback : found;
  },
  eq: (one, other, ...more) => [other, ...more].some((next) => areEqual(one, next)),
  index: (from, ...keys) => indexed(from, keys),
  list: (...all) => all.map(json),
  printf: (format, ...args) => formatted(text(format), args),
  quote: (...all) =>
    quoted(all, (found) =>
      printable.test(found) ? JSON.stringify(found) : refuse("quote characters that are not supported"),
    ),
  squote: (...all) => quoted(all, (found) => `'${found}'`),
};

/** Calls a function by its name; undefined when no supported one has it. */
export function callFunction(
  name: string,
  args: readonly TemplateValue[],
): { readonly value: TemplateValue } | undefined {
  const isOpen = Object.hasOwn(openFunctions, name);
  const known = isOpen ? openFunctions[name] : Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (known === undefined) return undefined;
  if (args.length < known.length || (args.length > known.length && !isOpen))
    refuse("a function too few values, or too many");
  return { value: known(...args) };
}
