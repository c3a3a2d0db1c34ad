import type { Json } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { isObject, readSegments } from "../../../rules/path.ts";

/** What is asked of a list as a whole: a problem, or undefined. */
export type ListCheck = (items: readonly Json[]) => string | undefined;

/** The check of one word: `unique`, or `unique=a+b` where items are told apart by some of their fields; else undefined. */
export function listCheck(word: string): ListCheck | undefined {
  if (word === "unique") return distinct(canonicalText);
  if (word === "unique-suffixes") return distinct((item) => (typeof item === "string" ? item.replace(/^\./, "") : ""));
  const fields = word.startsWith("unique=") ? word.slice("unique=".length).split("+") : undefined;
  if (fields === undefined) return undefined;
  return distinct((item) =>
    canonicalText(fields.map((field) => (isObject(item) ? readSegments(item, [field]) : undefined) ?? null)),
  );
}

const distinct =
  (keyOf: (item: Json) => string): ListCheck =>
  (items) =>
    new Set(items.map(keyOf)).size < items.length ? "an item is listed twice" : undefined;
