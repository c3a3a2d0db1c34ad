import { groupBy } from "../../manifests/group-by.ts";
import { memoized } from "../../manifests/memoized.ts";
import type { CompiledTable } from "../../rules/compile.ts";
import type { Rule } from "../../rules/rule.ts";
import type { PoolChanges } from "../changes/addresses.ts";
import { perList } from "../changes/per-list.ts";
import type { AddressedChange } from "../finding.ts";

type InputRule = Rule & { readonly type: "input" };
type OtherRule = Rule & { readonly type: "field" | "refusal" };

/** The rules that some changes touch. */
export interface TouchedRules {
  /** Refusals and fields, in the order of the table. */
  readonly rules: readonly OtherRule[];
  /** The inputs that are touched, by their fingerprint. */
  readonly fingerprints: readonly (readonly [InputRule, ...InputRule[]])[];
}

/**
 * The rules that must be evaluated for a set of changes. Sets that touch the same rules share one answer: a fleet changes in
 * the same few ways.
 */
export function touchedRules(table: CompiledTable, { lists, particular }: PoolChanges): TouchedRules {
  let touched = touchedBy(particular.values(), table);
  for (const list of lists) touched = union(touched, touchedIn(list, table));
  return sorted(touched);
}

function touchedBy(changes: Iterable<AddressedChange>, table: CompiledTable): readonly Rule[] {
  let touched: readonly Rule[] = [];
  for (const { addresses } of changes)
    for (const { root, segments } of addresses) touched = union(touched, table.depends.touching(root, segments));
  return touched;
}

const touchedIn = perList(touchedBy);
const unions = new Map<readonly Rule[], Map<readonly Rule[], readonly Rule[]>>();
/** A hostile change could touch a new set of rules for each pool. */
const mostUnions = 2000;

/** The rules of both, in the order of the table; one of the two itself where it has them all. */
function union(a: readonly Rule[], b: readonly Rule[]): readonly Rule[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  let withA = unions.get(a);
  if (withA === undefined) {
    if (unions.size >= mostUnions) unions.clear();
    unions.set(a, (withA = new Map()));
  }
  let both = withA.get(b);
  if (both === undefined) {
    const rules = new Set([...a, ...b]);
    both =
      rules.size === a.length
        ? a
        : rules.size === b.length
          ? b
          : [...rules].toSorted((one, other) => one.number - other.number);
    withA.set(b, both);
  }
  return both;
}

const sorted = memoized((touched: readonly Rule[]): TouchedRules => {
  const inputs = touched.filter((rule) => rule.type === "input");
  return {
    rules: touched.filter((rule) => rule.type === "field" || rule.type === "refusal"),
    fingerprints: [...groupBy(inputs, ({ fingerprint }) => fingerprint).values()],
  };
});
