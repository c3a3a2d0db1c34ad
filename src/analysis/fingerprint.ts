import type { Json } from "../manifests/manifest.ts";
import { canonicalText } from "../rules/canonical.ts";
import { Unknown, type Value } from "../rules/functions.ts";
import type { Fingerprint, InputRow } from "../rules/table.ts";
import { holds, type PoolScopes } from "./condition.ts";
import type { PoolScope } from "./scope.ts";
import { plainValueOf, valueOf } from "./value.ts";

/** What one input adds to a fingerprint on one side: no values where it is absent. */
export interface InputValues {
  readonly row: InputRow;
  /** False when the row's condition does not hold here: the input is none of this pool's. */
  readonly applies: boolean;
  /** In canonical form, in the order in which they are hashed. */
  readonly texts: readonly string[];
  readonly plain: Json | undefined;
  readonly unknown: Unknown | undefined;
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
  if (!holds(row.when, scopes, scope)) return absent(row);
  if (row.each === undefined) {
    const value = valueOf(row, scope);
    return {
      row,
      applies: true,
      texts: textsOf(row, value),
      plain: plainValueOf(row, scope),
      unknown: value instanceof Unknown ? value : undefined,
    };
  }
  const list = scope.get(row.each);
  const items = Array.isArray(list) ? sorted(list as readonly Json[], row.sort) : [];
  const parts = items.flatMap((item) => {
    const inner = scope.withItem(item);
    return (row.inputs ?? []).map((input) => inputValues(input, inner, scopes));
  });
  return {
    row,
    applies: true,
    texts: parts.flatMap(({ texts }) => texts),
    plain: list,
    unknown: parts.find(({ unknown }) => unknown !== undefined)?.unknown,
  };
}

const absences = new WeakMap<InputRow, InputValues>();
/** Most inputs are about other platforms than the pool's, so their absence is not made anew each time. */
function absent(row: InputRow): InputValues {
  let absence = absences.get(row);
  if (absence === undefined)
    absences.set(row, (absence = { row, applies: false, texts: [], plain: undefined, unknown: undefined }));
  return absence;
}

function textsOf(row: InputRow, value: Value): readonly string[] {
  if (value === undefined) return row.always === true ? [""] : [];
  // A list that a function computes stands for several inputs, each with its own place in the hash.
  if (row.derived !== undefined && Array.isArray(value)) return (value as readonly Json[]).map(canonicalText);
  return [canonicalText(value)];
}

/** Go's sort.Slice by a string key; items without it come first, as the empty string does. */
function sorted(items: readonly Json[], key: string | undefined): readonly Json[] {
  if (key === undefined) return items;
  const nameOf = (item: Json): string => {
    const name = typeof item === "object" && item !== null ? (item as Record<string, Json>)[key] : undefined;
    return typeof name === "string" ? name : "";
  };
  return items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
}

const textsIn = (inputs: readonly InputValues[]): readonly string[] => {
  const texts: string[] = [];
  for (const input of inputs) texts.push(...input.texts);
  return texts;
};

export const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index]);

/** One input that differs between the sides. */
export interface InputDifference {
  readonly row: InputRow;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Set when the difference hangs on something that cannot be known. */
  readonly unknown: Unknown | undefined;
}

/**
 * The inputs that differ, or none when the two lists of values are equal: values count by position, not by name, so a
 * value that moves from one input to its neighbour changes nothing.
 */
export const differences = (base: readonly InputValues[], head: readonly InputValues[]): readonly InputDifference[] =>
  sameTexts(textsIn(base), textsIn(head)) ? [] : differingInputs(base, head);

/** The inputs that differ each by itself. */
export function differingInputs(
  base: readonly InputValues[],
  head: readonly InputValues[],
): readonly InputDifference[] {
  const rows = new Map<InputRow, { base?: InputValues; head?: InputValues }>();
  for (const values of base) rows.set(values.row, { base: values });
  for (const values of head) rows.set(values.row, { ...rows.get(values.row), head: values });
  return [...rows]
    .filter(([, pair]) => !sameTexts(pair.base?.texts ?? [], pair.head?.texts ?? []))
    .map(([row, pair]) => ({
      row,
      before: pair.base?.plain,
      after: pair.head?.plain,
      unknown: pair.head?.unknown ?? pair.base?.unknown,
    }));
}
