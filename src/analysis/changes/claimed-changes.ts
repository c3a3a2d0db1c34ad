import type { CompiledTable } from "../../rules/compile.ts";
import type { ParsedPath } from "../../rules/path.ts";
import type { Rule } from "../../rules/rule.ts";
import type { AddressedChange } from "../finding.ts";
import type { PoolChanges } from "./addresses.ts";
import { perList, perListAndRule } from "./per-list.ts";

/** The changes that a rule answers for, and their numbers. */
interface Claim {
  readonly numbers: number[];
  readonly changes: AddressedChange[];
}

export type Claims = ReadonlyMap<Rule, Claim>;

/** By the rules that answer for some changes. */
export function claimsOf(changes: Iterable<readonly [number, AddressedChange]>, table: CompiledTable): Claims {
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

export const claimsIn = perList((list, table) => claimsOf(list.entries(), table));

/** The changes of a list that a rule answers for. */
export const claimedIn = (
  list: readonly AddressedChange[],
  table: CompiledTable,
  rule: Rule,
): readonly AddressedChange[] => claimsIn(list, table).get(rule)?.changes ?? nothing;

const nothing: readonly AddressedChange[] = [];

/** The first change of what a rule depends on, or of something around that. */
export function firstAround(changes: PoolChanges, table: CompiledTable, rule: Rule): AddressedChange | undefined {
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
