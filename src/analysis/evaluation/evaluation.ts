import type { CompiledTable } from "../../rules/compile.ts";
import type { ParsedPath } from "../../rules/path.ts";
import type { Rule } from "../../rules/rule.ts";
import type { PoolChanges } from "../changes/addresses.ts";
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
}

export function evaluationOf(scopes: PoolScopes, self: PoolScope, changes: PoolChanges): Evaluation {
  let claimed: Claims | undefined;
  const claimedBy = (rule: Rule): readonly AddressedChange[] => {
    const own = (claimed ??= claimsOf(self.table, changes.particular)).get(rule) ?? [];
    const found = own.length === 0 ? [] : [...own];
    let first = 0;
    for (const list of changes.lists) {
      for (const number of listClaims(self.table, list).get(rule) ?? []) found.push(first + number);
      first += list.length;
    }
    const numbers = own.length === 0 || own.length === found.length ? found : [...new Set(found)].toSorted(ascending);
    return numbers.flatMap((number) => changes.at(number) ?? []);
  };
  return {
    scopes,
    self,
    changes,
    changesClaimedBy: claimedBy,
    changeFor: (rule) => claimedBy(rule)[0] ?? firstUnder(changes, rule.places().depends),
  };
}

const ascending = (a: number, b: number): number => a - b;

/** The numbers of changes by the rules that answer for them. */
type Claims = ReadonlyMap<Rule, readonly number[]>;

/** By the list of changes, which is the same for many pools. */
const knownClaims = new WeakMap<readonly AddressedChange[], Claims>();

function listClaims(table: CompiledTable, list: readonly AddressedChange[]): Claims {
  let claims = knownClaims.get(list);
  if (claims === undefined) knownClaims.set(list, (claims = claimsOf(table, list.entries())));
  return claims;
}

function claimsOf(table: CompiledTable, changes: Iterable<readonly [number, AddressedChange]>): Claims {
  const claimed = new Map<Rule, number[]>();
  for (const [number, { addresses }] of changes)
    for (const { root, segments } of addresses)
      for (const rule of table.claims.touching(root, segments)) {
        const known = claimed.get(rule);
        if (known === undefined) claimed.set(rule, [number]);
        else if (known.at(-1) !== number) known.push(number);
      }
  return claimed;
}

const firstUnder = (changes: PoolChanges, places: readonly ParsedPath[]): AddressedChange | undefined =>
  changes.find(({ addresses }) =>
    addresses.some(({ root, segments }) =>
      places.some(
        (place) =>
          place.root === root &&
          place.segments
            .slice(0, segments.length)
            .every((segment, index) => segment === "*" || segment === segments[index]),
      ),
    ),
  );
