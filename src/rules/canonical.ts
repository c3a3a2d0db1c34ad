import type { Json } from "../manifests/manifest.ts";
import { Unknown, type Value } from "./functions.ts";
import { isObject } from "./path.ts";

/**
 * Text that is equal for equal values: keys sorted, members that are null left out (as Go decodes them), integers exact.
 * Absent, `""`, `0`, `{}` and `[]` stay different.
 */
export function canonicalText(value: Value): string {
  if (value === undefined || value === null) return "";
  if (value instanceof Unknown) return `?${value.basis}`;
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value))
    return `[${(value as readonly Json[]).map((item) => canonicalText(item) || "null").join(",")}]`;
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
  if (typeof a === "string" || typeof a === "boolean" || typeof b === "string" || typeof b === "boolean") return false;
  return canonicalText(a) === canonicalText(b);
}
