import type { CompiledTable } from "../../rules/compile.ts";
import type { ParsedPath } from "../../rules/path.ts";
import type { Rule } from "../../rules/rule.ts";
import type { PoolChanges } from "../changes/addresses.ts";
import { perList, perListAndRule } from "../changes/per-list.ts";
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

/** The changes that a rule answers for, and their numbers. */
interface Claim {
  readonly numbers: number[];
  readonly changes: AddressedChange[];
}

type Claims = ReadonlyMap<Rule, Claim>;

function claimsOf(changes: Iterable<readonly [number, AddressedChange]>, table: CompiledTable): Claims {
  const claims = new Map<Rule, Claim>();
  for (const [number, change] of changes)
    for (const { root, segments } of change.addresses)
      for (const rule of table.claims.touching(root, segments)) {
        let claim = claims.get(rule);
        if (claim === undefined) claims.set(rule, (claim = { numbers: [], changes: [] }));
        if (claim.numbers.at(-1) === number) continue;
        claim.numbers.push(number);
        claim.changes.push(change);
      }
  return claims;
}

const claimsIn = perList((list, table) => claimsOf(list.entries(), table));

/** The changes of a list that a rule answers for. */
export const claimedIn = (
  list: readonly AddressedChange[],
  table: CompiledTable,
  rule: Rule,
): readonly AddressedChange[] => claimsIn(list, table).get(rule)?.changes ?? nothing;

const nothing: readonly AddressedChange[] = [];

/** The first change of what a rule depends on, or of something around that. */
function firstAround(changes: PoolChanges, table: CompiledTable, rule: Rule): AddressedChange | undefined {
  const [first = [], ...others] = changes.lists;
  if (changes.particular.size === 0) return firstIn(first, table, rule) ?? firstOf(others, table, rule);
  const { depends } = rule.places();
  const number = first.findIndex((change, at) => isAround(changes.particular.get(at) ?? change, depends));
  return number < 0 ? firstOf(others, table, rule) : changes.at(number);
}

function firstOf(
  lists: readonly (readonly AddressedChange[])[],
  table: CompiledTable,
  rule: Rule,
): AddressedChange | undefined {
  for (const list of lists) {
    const found = firstIn(list, table, rule);
    if (found !== undefined) return found;
  }
  return undefined;
}

const firstIn = perListAndRule((list, _, rule) => list.find((change) => isAround(change, rule.places().depends)));

const isAround = ({ addresses }: AddressedChange, places: readonly ParsedPath[]): boolean =>
  addresses.some(({ root, segments }) =>
    places.some(
      (place) =>
        place.root === root &&
        place.segments
          .slice(0, segments.length)
          .every((segment, index) => segment === "*" || segment === segments[index]),
    ),
  );
