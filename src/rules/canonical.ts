import { isList } from "../manifests/json-list.ts";
import { isNumber } from "../manifests/json-number.ts";
import { isObject } from "../manifests/json-object.ts";
import type { JsonObject } from "../manifests/manifest.ts";
import { Unknown, type Value } from "./functions.ts";

/**
 * Text that is equal for equal values: keys sorted, members that are null left out (as Go decodes them), integers exact.
 * Absent, `""`, `0`, `{}` and `[]` stay different.
 */
export function canonicalText(value: Value): string {
  if (value === undefined || value === null) return "";
  if (value instanceof Unknown) return `?${value.basis}`;
  if (typeof value === "bigint") return value.toString();
  if (isList(value)) return `[${value.map((item) => canonicalText(item) || "null").join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members: string[] = [];
  for (const key of Object.keys(value).toSorted()) {
    const text = canonicalText(value[key]);
    if (text !== "") members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join(",")}}`;
}

/** Whether two values have the same canonical text. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === undefined || a === null || b === undefined || b === null) return (a ?? undefined) === (b ?? undefined);
  if (a instanceof Unknown || b instanceof Unknown)
    return a instanceof Unknown && b instanceof Unknown && a.basis === b.basis;
  if (isList(a) || isList(b)) return isList(a) && isList(b) && sameValues(a, b);
  if (isObject(a) || isObject(b)) return isObject(a) && isObject(b) && sameMembers(a, b);
  return isNumber(a) && isNumber(b) && canonicalText(a) === canonicalText(b);
}

/** The same of values one after the other. */
export const sameValues = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length && a.every((item, index) => sameValue(item, b[index]));

function sameMembers(a: JsonObject, b: JsonObject): boolean {
  const names = (object: JsonObject): string[] => Object.keys(object).filter((name) => (object[name] ?? null) !== null);
  const [left, right] = [names(a), names(b)];
  return left.length === right.length && left.every((name) => Object.hasOwn(b, name) && sameValue(a[name], b[name]));
}

/** Whether two values may turn out to be the same: what is unknown may be anything, unless its candidates are counted. */
export function mayBeSame(a: Value, b: Value): boolean {
  const [left, right] = [candidatesOf(a), candidatesOf(b)];
  if (left === undefined || right === undefined || sameValue(a, b)) return true;
  return left.some((one) => right.some((other) => sameValue(one, other)));
}

const candidatesOf = (value: Value): readonly Value[] | undefined =>
  value instanceof Unknown ? value.candidates : [value];
