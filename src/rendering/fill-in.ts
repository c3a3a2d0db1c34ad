import { isObject } from "../manifests/json-object.ts";
import type { Json, JsonObject } from "../manifests/manifest.ts";
import { quote } from "../manifests/quote.ts";

/** What an ApplicationSet makes cannot be told from the repository; the message says why, after "which ". */
export class Undecidable extends Error {}

/** What a generator gives for one Application; without `goTemplate` its keys are whole paths, and its values strings. */
export type Parameters = JsonObject;

const field = String.raw`(?:\.[A-Za-z_]\w*)+`;
const plain = new RegExp(`^${field}$`);
const indexed = new RegExp(String.raw`^index[ \t]+(${field}|\.)((?:[ \t]+(?:"[^"\\]*"|\d{1,4}))+)$`);

/**
 * Puts parameters into a text of a template. Of Go's templates only fields and `index` are understood: whoever guessed the rest
 * would name clusters that do not exist.
 */
export function fillIn(text: string, parameters: Parameters, isGo: boolean): string {
  const done: string[] = [];
  let at = 0;
  for (let start = text.indexOf("{{"); start !== -1; start = text.indexOf("{{", at)) {
    const end = text.indexOf("}}", start + 2);
    if (end === -1) throw new Undecidable("has a template that does not end");
    const tag = text.slice(start + 2, end);
    done.push(text.slice(at, start), isGo ? goValue(tag.trim(), parameters) : plainValue(tag, parameters));
    at = end + 2;
  }
  return done.join("") + text.slice(at);
}

/** The same of all strings of a value, names of keys too. */
export function fillInAll(value: Json, parameters: Parameters, isGo: boolean): Json {
  if (typeof value === "string") return fillIn(value, parameters, isGo);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => fillInAll(item, parameters, isGo));
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([key, inner]) => [fillIn(key, parameters, isGo), fillInAll(inner, parameters, isGo)]),
  );
}

/** Argo CD leaves what it does not know as it stands (`applicationset/utils` Replace). */
function plainValue(tag: string, parameters: Parameters): string {
  const name = tag.trim();
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return typeof value === "string" ? value : `{{${tag}}}`;
}

function goValue(tag: string, parameters: Parameters): string {
  const [, start = tag, rest = ""] = indexed.exec(tag) ?? [];
  if (start === tag && !plain.test(tag)) throw new Undecidable(`has a template that is not followed, ${quote(tag)}`);
  const steps = [
    ...start.split(".").filter((part) => part !== ""),
    ...[...rest.matchAll(/"([^"]*)"|(\d+)/g)].map(([, key, place]) => key ?? Number(place)),
  ];
  let value: Json | undefined = parameters;
  for (const step of steps)
    value =
      value !== null && typeof value === "object" && Object.hasOwn(value, step) ? memberOf(value, step) : undefined;
  const text = value === undefined ? undefined : printed(value);
  if (text === undefined) throw new Undecidable(`names ${quote(tag)}, of which there is no single value`);
  return text;
}

const memberOf = (value: readonly Json[] | JsonObject, step: string | number): Json | undefined =>
  Array.isArray(value)
    ? typeof step === "number"
      ? (value as readonly Json[])[step]
      : undefined
    : (value as JsonObject)[step];

/** As Go prints a decoded value; numbers only where it writes no exponent. */
export function printed(value: Json): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "number") return undefined;
  const size = Math.abs(value);
  return size === 0 || (size >= 1e-4 && size < 1e6) ? String(value) : undefined;
}
