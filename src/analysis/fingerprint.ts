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
): readonly InputValues[] {
  if (scope === undefined || !holds(fingerprint.when, scopes, scope)) return [];
  return fingerprint.inputs.map((row) => inputValues(row, scope, scopes));
}

function inputValues(row: InputRow, scope: PoolScope, scopes: PoolScopes): InputValues {
  if (!holds(row.when, scopes, scope)) return { row, texts: [], plain: undefined, unknown: undefined };
  if (row.each === undefined) {
    const value = valueOf(row, scope);
    return {
      row,
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
    texts: parts.flatMap(({ texts }) => texts),
    plain: list,
    unknown: parts.find(({ unknown }) => unknown !== undefined)?.unknown,
  };
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
export function differences(base: readonly InputValues[], head: readonly InputValues[]): readonly InputDifference[] {
  const text = (inputs: readonly InputValues[]): string => JSON.stringify(inputs.flatMap(({ texts }) => texts));
  if (text(base) === text(head)) return [];
  const rows = new Map<InputRow, { base?: InputValues; head?: InputValues }>();
  for (const values of base) rows.set(values.row, { base: values });
  for (const values of head) rows.set(values.row, { ...rows.get(values.row), head: values });
  return [...rows]
    .filter(([, pair]) => JSON.stringify(pair.base?.texts ?? []) !== JSON.stringify(pair.head?.texts ?? []))
    .map(([row, pair]) => ({
      row,
      before: pair.base?.plain,
      after: pair.head?.plain,
      unknown: pair.head?.unknown ?? pair.base?.unknown,
    }));
}
