import { isList, listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import { byCodeUnits } from "../../manifests/text-order.ts";
import { canonicalText, mayBeSame, sameValues } from "../../rules/canonical.ts";
import { Unknown, type Value } from "../../rules/functions.ts";
import type { Fingerprint, InputRow } from "../../rules/rows.ts";
import { dependsOnVersion, holds, type PoolScopes } from "../scope/condition.ts";
import type { PoolScope } from "../scope/scope.ts";
import { plainValueOf, valueOf } from "../scope/value.ts";

/** What one input adds to a fingerprint on one side: no values where it is absent. */
interface InputValues {
  readonly row: InputRow;
  /** Where the input applies; absent when the row's condition does not hold here: the input is not one of this pool's. */
  readonly scope: PoolScope | undefined;
  /** In the order in which they are hashed. */
  readonly values: readonly Value[];
  readonly unknown: Unknown | undefined;
}

/** The value of an input before its encoding, for people. */
export function plainOf(input: InputValues | undefined): Json | undefined {
  if (input?.scope === undefined) return undefined;
  const { row, scope } = input;
  return row.each === undefined ? plainValueOf(row, scope) : scope.get(row.each);
}

/** The inputs of a fingerprint on one side, in order; empty when the fingerprint does not apply there. */
export function fingerprintOf(
  fingerprint: Fingerprint,
  scope: PoolScope | undefined,
  scopes: PoolScopes,
  rows: readonly InputRow[] = fingerprint.inputs,
): readonly InputValues[] {
  if (scope === undefined || !holds(fingerprint.when, scopes, scope)) return [];
  return rows.map((row) => inputValues(row, scope, scopes));
}

function inputValues(row: InputRow, scope: PoolScope, scopes: PoolScopes): InputValues {
  if (!holds(row.when, scopes, scope))
    return dependsOnVersion(row.when, scopes, scope) ? undecided(row, scope) : absent(row);
  if (row.each === undefined) {
    const value = valueOf(row, scope);
    return { row, scope, values: hashed(row, value), unknown: value instanceof Unknown ? value : undefined };
  }
  const list = scope.get(row.each);
  const items = sorted(listOf(list), row.sort);
  const parts = items.flatMap((item) => {
    const inner = scope.withItem(item);
    return (row.inputs ?? []).map((input) => inputValues(input, inner, scopes));
  });
  return {
    row,
    scope,
    values: parts.flatMap(({ values }) => values),
    unknown: parts.find(({ unknown }) => unknown !== undefined)?.unknown,
  };
}

/** An input that may count or not, where there is something to count. */
function undecided(row: InputRow, scope: PoolScope): InputValues {
  const value = row.each === undefined ? valueOf(row, scope) : scope.get(row.each);
  if (value === undefined) return absent(row);
  const basis = canonicalText(value);
  const unknown = new Unknown("Whether it counts depends on a version that is not in the manifests", basis);
  return { row, scope, values: [unknown], unknown };
}

/** Most inputs are about other platforms than the pool's, so one object for their absence is shared. */
const absent = memoized((row: InputRow): InputValues => ({ row, scope: undefined, values: [], unknown: undefined }));

function hashed(row: InputRow, value: Value): readonly Value[] {
  if (value === undefined && row.always !== true) return [];
  // A list that a function computes counts as several inputs, each with its own place in the hash.
  return row.derived !== undefined && isList(value) ? value : [value];
}

/** Go's sort.Slice by a string key; items without it come first, as the empty string does. */
function sorted(items: readonly Json[], key: string | undefined): readonly Json[] {
  if (key === undefined) return items;
  const nameOf = (item: Json): string => {
    const name = isObject(item) ? item[key] : undefined;
    return typeof name === "string" ? name : "";
  };
  return items.toSorted((a, b) => byCodeUnits(nameOf(a), nameOf(b)));
}

/** Whether what is unknown may make two lists equal; a missing value may stand for one that is not counted. */
const mayBeEqual = (a: readonly Value[], b: readonly Value[]): boolean =>
  [...a, ...b].some((value) => value instanceof Unknown && value.candidates === undefined) ||
  (a.length === b.length && a.every((value, index) => mayBeSame(value, b[index])));

/** One input that differs between the sides. */
interface InputDifference {
  readonly row: InputRow;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Set when the difference depends on something that cannot be known. */
  readonly unknown: Unknown | undefined;
  /** The controller counts the input on one side alone: its value did not go from absent to what it is, or back. */
  readonly isOfOneSide: boolean;
}

const valuesIn = (inputs: readonly InputValues[]): readonly Value[] => inputs.flatMap(({ values }) => values);

/**
 * The inputs that differ, or none when the two lists of values are equal: values count by position, not by name, so a
 * value that moves from one input to its neighbour changes nothing.
 */
export const differences = (base: readonly InputValues[], head: readonly InputValues[]): readonly InputDifference[] =>
  sameValues(valuesIn(base), valuesIn(head)) ? [] : differingInputs(base, head);

/** The inputs that differ each by itself. Both sides are of the same rows, or one of none. */
export function differingInputs(
  base: readonly InputValues[],
  head: readonly InputValues[],
): readonly InputDifference[] {
  const found: InputDifference[] = [];
  for (let index = 0; index < Math.max(base.length, head.length); index += 1) {
    const [before, after] = [base[index], head[index]];
    const row = (before ?? after)?.row;
    if (row === undefined || sameValues(before?.values ?? [], after?.values ?? [])) continue;
    const unknown = mayBeEqual(before?.values ?? [], after?.values ?? [])
      ? (after?.unknown ?? before?.unknown)
      : undefined;
    const isOfOneSide = (before?.scope === undefined) !== (after?.scope === undefined);
    found.push({ row, before: plainOf(before), after: plainOf(after), unknown, isOfOneSide });
  }
  return found;
}
