import type { Json, JsonObject, ValuePath } from "../manifest.ts";
import type { Composed, Places } from "./composed.ts";

/** The places of a document that was read by blocks. Values end in the order of their keys, those in a holder before itself. */
export function placesInOrder(value: Json, starts: readonly number[]): Places {
  const places: Places = new Map();
  let next = 0;
  const note = (holder: readonly Json[] | JsonObject): void => {
    const own = new Map<string | number, number>();
    for (const [key, inner] of Object.entries<Json>(holder as JsonObject)) {
      if (inner !== null && typeof inner === "object") note(inner);
      own.set(Array.isArray(holder) ? own.size : key, starts[next]!);
      next += 1;
    }
    if (own.size > 0) places.set(holder, own);
  };
  if (value !== null && typeof value === "object") note(value);
  return places;
}

/**
 * Where the value at a path begins in a document that was read by blocks, or its nearest ancestor that is in the text:
 * counts the values that end before it, which for a few paths is less work than to note every place.
 */
export function placeByCount({ value, start, starts = [] }: Composed, path: ValuePath): number {
  let inner = value;
  let place = start;
  let ended = 0;
  for (const segment of path) {
    if (inner === null || typeof inner !== "object" || !Object.hasOwn(inner, segment)) break;
    if (Array.isArray(inner) !== (typeof segment === "number")) break;
    const holder = inner as { readonly [key: string | number]: Json };
    const keys = Object.keys(holder);
    for (let index = 0; keys[index] !== String(segment); index += 1) ended += valuesIn(holder[keys[index]!]!) + 1;
    inner = holder[segment]!;
    place = starts[ended + valuesIn(inner)]!;
  }
  return place;
}

function valuesIn(value: Json): number {
  if (value === null || typeof value !== "object") return 0;
  let count = 0;
  for (const key of Object.keys(value)) count += valuesIn((value as JsonObject)[key]!) + 1;
  return count;
}

/** Where the value at a path begins, or its nearest ancestor that is in the text. */
export function placeAt({ value, start }: Composed, places: Places, path: ValuePath): number {
  let inner = value;
  let place = start;
  for (const segment of path) {
    if (inner === null || typeof inner !== "object") break;
    const found = places.get(inner)?.get(segment);
    if (found === undefined) break;
    place = found;
    inner = (inner as { readonly [key: string | number]: Json })[segment]!;
  }
  return place;
}
