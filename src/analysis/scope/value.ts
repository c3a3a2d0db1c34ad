import type { Json } from "../../manifests/manifest.ts";
import { Unknown, type Value } from "../../rules/functions.ts";
import { asPaths, type ParsedPath } from "../../rules/path.ts";
import type { ValueRow } from "../../rules/rows.ts";
import type { Encoders, Path } from "../../rules/words.ts";
import type { PoolScope } from "./scope.ts";

/** The value at the first of the paths that is set. */
export function firstSet(scope: PoolScope, paths: Path | readonly Path[]): Json | undefined {
  for (const path of asPaths(paths)) {
    const value = scope.get(path);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A value in the form that the controller compares; unknown stays unknown. */
export function encode(value: Value, encoders: Encoders | undefined, scope: PoolScope): Value {
  let encoded = value;
  for (const name of encoders === undefined ? [] : typeof encoders === "string" ? [encoders] : encoders) {
    if (encoded === undefined || encoded === null || encoded instanceof Unknown) break;
    encoded = scope.table.registry.encoding(name)(encoded, scope);
  }
  return encoded ?? undefined;
}

/** A row's value on one side. Its condition is the caller's business. */
export function valueOf(row: ValueRow, scope: PoolScope | undefined): Value {
  if (scope === undefined) return undefined;
  const raw =
    row.derived === undefined ? firstSet(scope, row.from ?? []) : scope.table.registry.derived(row.derived)(scope);
  return encodedOrDefault(row, raw, scope);
}

/** A default also stands for a value of which the encoding leaves nothing, such as an empty text. */
const encodedOrDefault = (row: ValueRow, raw: Value, scope: PoolScope): Value =>
  encode(raw, row.as, scope) ?? encode(row.default, row.as, scope);

/** The value before its encoding, for people. */
export function plainValueOf(row: ValueRow, scope: PoolScope | undefined): Json | undefined {
  if (scope === undefined) return undefined;
  if (row.derived === undefined) return firstSet(scope, row.from ?? []) ?? row.default;
  const value = valueOf(row, scope);
  return value instanceof Unknown ? undefined : value;
}

/** An `at` row's value at one place; its default counts only where the object of the place is there at all. */
export function valueAt(row: ValueRow, scope: PoolScope | undefined, place: ParsedPath): Value {
  if (scope === undefined || !scope.has(place.root)) return undefined;
  return encodedOrDefault(row, scope.at(place), scope);
}
