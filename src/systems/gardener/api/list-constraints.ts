import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { readSegments } from "../../../rules/path.ts";

/** What is asked of a list as a whole: a problem, or undefined. */
export type ListCheck = (items: readonly Json[]) => string | undefined;

/** The check of one word: `unique`, `key=a,b` where some fields tell items apart, `size<=3`; undefined for another word. */
export function listCheck(word: string): ListCheck | undefined {
  if (word === "unique") return distinct(canonicalText);
  if (word === "unique-tolerations") return tolerations;
  if (word === "unique-suffixes") return distinct((item) => (typeof item === "string" ? item.replace(/^\./, "") : ""));
  const [, name, setting = ""] = /^(key=|size<=)(.+)$/.exec(word) ?? [];
  if (name === "key=") {
    const fields = setting.split(",");
    return distinct((item) => canonicalText(fields.map((field) => memberOf(item, field) ?? null)));
  }
  if (name === undefined) return undefined;
  return (items) => (items.length > Number(setting) ? `must not have more than ${setting} items` : undefined);
}

/** ValidateTolerations: what has no value tolerates all values of its key that follow. */
const tolerations: ListCheck = (items) => {
  const seen = new Set<string>();
  for (const item of items) {
    const [key, value] = [textOf(memberOf(item, "key")), memberOf(item, "value")];
    const name = value === undefined || value === null ? key : `${key}=${textOf(value)}`;
    if (seen.has(name) || seen.has(key)) return "an item is listed twice";
    seen.add(name);
  }
  return undefined;
};

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

const memberOf = (item: Json, field: string): Json | undefined =>
  isObject(item) ? readSegments(item, [field]) : undefined;

const distinct =
  (keyOf: (item: Json) => string): ListCheck =>
  (items) =>
    new Set(items.map(keyOf)).size < items.length ? "an item is listed twice" : undefined;
