import type { Rule } from "../../rules/rule.ts";
import type { PoolChanges } from "../changes/addresses.ts";
import { claimedIn, type Claims, claimsIn, claimsOf, firstAround } from "../changes/claimed-changes.ts";
import type { AddressedChange } from "../finding.ts";
import type { PoolScopes } from "../scope/condition.ts";
import type { PoolScope } from "../scope/scope.ts";

/** One pool under evaluation: both sides and what changed. */
export interface Evaluation {
  readonly scopes: PoolScopes;
  /** The side whose conditions and strategy count: the head, or the base when there is no head. */
  readonly self: PoolScope;
  readonly changes: PoolChanges;
  /** Says which change a rule speaks of. */
  readonly changeFor: (rule: Rule) => AddressedChange | undefined;
  /** The changes that a rule answers for. */
  readonly changesClaimedBy: (rule: Rule) => readonly AddressedChange[];
  /** Those of them that stand in the first list of changes, which alone is not the same for every pool. */
  readonly claimedInFirst: (rule: Rule) => readonly AddressedChange[];
}

export function evaluationOf(scopes: PoolScopes, self: PoolScope, changes: PoolChanges): Evaluation {
  const { table } = self;
  const [first = [], ...others] = changes.lists;
  let particular: Claims | undefined;
  const claimedInFirst = (rule: Rule): readonly AddressedChange[] => {
    const own = (particular ??= claimsOf(changes.particular, table)).get(rule);
    if (own === undefined) return claimedIn(first, table, rule);
    const numbers = new Set([...own.numbers, ...(claimsIn(first, table).get(rule)?.numbers ?? [])]);
    return [...numbers].toSorted(ascending).flatMap((number) => changes.at(number) ?? []);
  };
  const changesClaimedBy = (rule: Rule): readonly AddressedChange[] =>
    others.length === 0
      ? claimedInFirst(rule)
      : joined([claimedInFirst(rule), ...others.map((list) => claimedIn(list, table, rule))]);
  const changeFor = (rule: Rule): AddressedChange | undefined =>
    changesClaimedBy(rule)[0] ?? firstAround(changes, table, rule);
  return { scopes, self, changes, claimedInFirst, changesClaimedBy, changeFor };
}

const ascending = (a: number, b: number): number => a - b;

/** Lists one after the other; the only one that is not empty as it is. */
function joined<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const filled = lists.filter(({ length }) => length > 0);
  return filled.length === 1 ? (filled[0] ?? []) : filled.flat();
}
