import { isList } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import type { CompiledTable } from "../../rules/compile.ts";
import { covers } from "../../rules/path.ts";
import type { AdditionRow } from "../../rules/table.ts";
import { compareVersions } from "../../rules/version.ts";
import type { Circumstances } from "../circumstances.ts";
import { targetVersion } from "./target-version.ts";

export interface AddedPlace {
  readonly row: AdditionRow;
  readonly root: string;
  readonly segments: readonly string[];
}

interface Additions {
  readonly targets: readonly string[];
  readonly places: readonly AddedPlace[];
  /** Those to come, by the versions of the targets. */
  readonly toCome: Map<string, readonly AddedPlace[]>;
}

const none: readonly AddedPlace[] = [];
const additionsOf = memoized(({ additions, pathOf }: CompiledTable): Additions => ({
  targets: [...new Set(additions.map(({ target }) => target))],
  places: additions.flatMap((row) => row.at.map((path) => ({ row, ...pathOf(path) }))),
  toCome: new Map(),
}));

/** The places that the API of what runs there does not have yet: the same ones for the same versions. */
export function placesToCome(circumstances: Circumstances): readonly AddedPlace[] {
  const { table } = circumstances;
  if (table.additions.length === 0) return none;
  const additions = additionsOf(table);
  const versions = additions.targets.map((name) => targetVersion(circumstances, name)).join(" ");
  let toCome = additions.toCome.get(versions);
  if (toCome === undefined) {
    const isToCome = ({ row }: AddedPlace): boolean =>
      (compareVersions(targetVersion(circumstances, row.target), row.from) ?? 0) < 0;
    additions.toCome.set(versions, (toCome = additions.places.filter(isToCome)));
  }
  return toCome;
}

/** An object as the API server keeps it: without what its API does not have yet. */
export function withoutAdditions(
  circumstances: Circumstances,
  root: string,
  value: Json | undefined,
): Json | undefined {
  let kept = value;
  for (const place of placesToCome(circumstances))
    if (place.root === root && kept !== undefined) kept = without(kept, place.segments, 0);
  return kept;
}

function without(value: Json, segments: readonly string[], depth: number): Json {
  const segment = segments[depth] ?? "";
  const isLast = depth === segments.length - 1;
  if (isList(value)) {
    if (segment !== "*") return value;
    return isLast ? [] : value.map((item) => without(item, segments, depth + 1));
  }
  if (!isObject(value)) return value;
  if (segment !== "*" && !Object.hasOwn(value, segment)) return value;
  const members = Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
    if (segment !== "*" && key !== segment) return [[key, inner]];
    return isLast ? [] : [[key, without(inner, segments, depth + 1)]];
  });
  return Object.fromEntries(members);
}

/** Whether a place is one that is to come, or below one. */
export const isWithin = (place: AddedPlace, root: string, segments: readonly string[]): boolean =>
  place.root === root && covers(place.segments, segments);

/** Why no rule answers for a change there. */
export function reasonToCome(circumstances: Circumstances, { row: { target, from } }: AddedPlace): string {
  const version = targetVersion(circumstances, target);
  return `${target} ${version} has no such field, which came with ${from}: kubectl refuses to apply it, and for other clients the API server drops it`;
}
