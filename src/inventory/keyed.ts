import type { Json, JsonObject, Manifest, Position } from "../manifests/manifest.ts";
import { isObject } from "../rules/path.ts";
import type { ObjectRow } from "../rules/table.ts";

/** A list that is compared by the keys of its items. */
interface KeyedList {
  readonly segments: readonly string[];
  readonly key: string;
}

const listsOf = (row: ObjectRow): KeyedList[] =>
  (row.lists ?? []).map(({ at, key }) => ({ segments: at.split("/").slice(1), key }));

const step = (lists: readonly KeyedList[], segment: string): KeyedList[] =>
  lists.flatMap(({ segments: [first, ...rest], key }) =>
    first === segment || first === "*" ? [{ segments: rest, key }] : [],
  );

/**
 * The object as it is compared: lists whose items have a key become objects by that key, so order and position are no
 * change. Integers beyond 2^53 become their digits, which keeps them exact through RFC 6902.
 */
export const keyedForm = (value: JsonObject, row: ObjectRow): JsonObject => keyed(value, listsOf(row)) as JsonObject;

function keyed(value: Json, lists: readonly KeyedList[]): Json {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const key = keyOf(lists, items);
    const inner = step(lists, "*");
    if (key === undefined) return items.map((item) => keyed(item, inner));
    return objectFrom(items.map((item) => [(item as JsonObject)[key] as string, keyed(item, inner)]));
  }
  if (!isObject(value)) return value;
  return objectFrom(Object.keys(value).map((name) => [name, keyed(value[name] as Json, step(lists, name))]));
}

/** The key of the list here; none when an item lacks it or two share it, since they then cannot be told apart. */
function keyOf(lists: readonly KeyedList[], items: readonly Json[]): string | undefined {
  const list = lists.find(({ segments }) => segments.length === 0);
  if (list === undefined) return undefined;
  const names = new Set(items.map((item) => (isObject(item) ? item[list.key] : undefined)));
  return names.size === items.length && [...names].every((name) => typeof name === "string") ? list.key : undefined;
}

function objectFrom(entries: readonly (readonly [string, Json])[]): JsonObject {
  const object = Object.create(null) as Record<string, Json>;
  for (const [name, value] of entries) object[name] = value;
  return object;
}

/** Where a place of the keyed form stands in the text, or its nearest ancestor. */
export function locateKeyed(manifest: Manifest, row: ObjectRow, place: readonly string[]): Position {
  let lists = listsOf(row);
  let value: Json | undefined = manifest.value;
  const path: (string | number)[] = [];
  for (const segment of place) {
    if (Array.isArray(value)) {
      const items = value as readonly Json[];
      const key = keyOf(lists, items);
      const index =
        key === undefined ? Number(segment) : items.findIndex((item) => isObject(item) && item[key] === segment);
      if (!(index >= 0 && index < items.length)) break;
      path.push(index);
      value = items[index];
      lists = step(lists, "*");
    } else {
      if (!isObject(value) || !Object.hasOwn(value, segment)) break;
      path.push(segment);
      value = value[segment];
      lists = step(lists, segment);
    }
  }
  return manifest.locate(path);
}
