import type { Composed, Places } from "./composed.ts";
import type { Json, JsonObject } from "./manifest.ts";

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

/** Where the value at a path begins, or its nearest ancestor that stands in the text. */
export function placeAt({ value, start }: Composed, places: Places, path: readonly (string | number)[]): number {
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
