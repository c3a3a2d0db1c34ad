import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import type { Scope } from "../../rules/functions.ts";

/** Reading of the untyped parts of a manifest: a value of another type counts as absent, as the API server would refuse it. */
export const textAt = (scope: Scope, path: string): string | undefined => {
  const value = scope.get(path);
  return typeof value === "string" && value !== "" ? value : undefined;
};

export { listOf };

export const objectOf = (value: Json | undefined): JsonObject | undefined => (isObject(value) ? value : undefined);

export const textOf = (value: Json | undefined): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

export const numberOf = (value: Json | undefined): number | undefined =>
  typeof value === "number" || typeof value === "bigint" ? Number(value) : undefined;

/** Pairs of `key` and `value` in a list of tags or labels; a later pair wins. */
export function pairsOf(value: Json | undefined): Map<string, { readonly value: string; readonly item: JsonObject }> {
  const pairs = new Map<string, { value: string; item: JsonObject }>();
  for (const entry of listOf(value)) {
    const item = objectOf(entry);
    const key = item && textOf(item["key"]);
    if (item !== undefined && key !== undefined) pairs.set(key, { value: textOf(item["value"]) ?? "", item });
  }
  return pairs;
}

/** What an item of a list is known by. */
export const nameOfItem = (item: Json | undefined): string | undefined =>
  textOf(objectOf(item)?.["name"] ?? objectOf(item)?.["key"]);
