import type { Composed, Places } from "./composed.ts";
import type { Json, JsonObject } from "./manifest.ts";

type Path = readonly (string | number)[];

/** Where the value at a path begins, or its nearest ancestor that stands in the text: looked up in what was noted of each holder. */
export function placeByHolder({ value, start }: Composed, places: Places, path: Path): number {
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

/**
 * The same, by the order in which values end: that of their keys, and what a list or mapping holds before itself. So a
 * document that was read by blocks needs nothing but a list of numbers.
 */
export function placeByOrder({ value, start }: Composed, starts: readonly number[], path: Path): number {
  let inner = value;
  let place = start;
  /** How many values end before the first one in `inner`. */
  let before = 0;
  for (const segment of path) {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner) !== (typeof segment === "number")) break;
    const members = inner as { readonly [key: string]: Json };
    if (!(segment in members)) break;
    for (const key of Object.keys(members)) {
      if (key === String(segment)) break;
      before += countIn(members[key]!) + 1;
    }
    inner = members[segment]!;
    place = starts[before + countIn(inner)]!;
  }
  return place;
}

/** How many values a list or mapping holds, and those hold. */
function countIn(value: Json): number {
  if (value === null || typeof value !== "object") return 0;
  let count = 0;
  for (const inner of Object.values<Json>(value as JsonObject)) count += countIn(inner) + 1;
  return count;
}
