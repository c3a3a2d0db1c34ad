import { isNumber } from "../../manifests/json-number.ts";
import type { JsonObject } from "../../manifests/manifest.ts";
import { sameValue } from "../../rules/canonical.ts";
import { type KnownCondition, rowsOf } from "../../rules/conditions.ts";
import { Unknown, type Value } from "../../rules/functions.ts";
import { compareVersions, isWithin, minorOf } from "../../rules/version.ts";
import type { Condition, ConditionRow, Transition } from "../../rules/words.ts";
import type { PoolScope } from "./scope.ts";
import { encode, firstSet } from "./value.ts";

export interface PoolScopes {
  readonly base: PoolScope | undefined;
  readonly head: PoolScope | undefined;
  readonly clusterAfter?: JsonObject | undefined;
}

/** Whether a condition holds; `self` is the side that is being evaluated. */
export const holds = (condition: Condition | undefined, scopes: PoolScopes, self: PoolScope): boolean =>
  condition === undefined || rowsOf(condition).every((row) => holdsKnown(self.table.conditions.of(row), scopes, self));

/** Whether one row of a condition holds. */
export function holdsKnown(known: KnownCondition, scopes: PoolScopes, self: PoolScope): boolean {
  if (!known.isOfOneSide) return decide(known, scopes, self);
  return self.answerOf(known) ?? self.answer(known, () => decide(known, scopes, self));
}

/**
 * Whether a condition that does not hold would hold under some version: all else holds, but where a version should be
 * there is none, or one that names no minor.
 */
export function dependsOnVersion(condition: Condition | undefined, scopes: PoolScopes, self: PoolScope): boolean {
  let depends = false;
  for (const row of condition === undefined ? [] : rowsOf(condition)) {
    const isAboutVersion = row.path !== undefined && (row.from !== undefined || row.before !== undefined);
    const version = isAboutVersion ? readSubject(row, self) : undefined;
    if (isAboutVersion && (typeof version !== "string" || minorOf(version) === undefined)) depends = true;
    else if (!holdsKnown(self.table.conditions.of(row), scopes, self)) return false;
  }
  return depends;
}

function decide({ row, pattern }: KnownCondition, scopes: PoolScopes, self: PoolScope): boolean {
  if (row.all !== undefined && !holds(row.all, scopes, self)) return false;
  if (row.any !== undefined && !row.any.some((one) => holds(one, scopes, self))) return false;
  if (row.not !== undefined && holds(row.not, scopes, self)) return false;
  if (row.check !== undefined && !self.table.registry.predicate(row.check)(scopes)) return false;
  if (row.path === undefined && row.target === undefined && row.option === undefined) return true;
  if (row.transition !== undefined)
    return happens(row.transition, readSubject(row, scopes.base), readSubject(row, scopes.head));
  if (row.side === undefined) return passes(row, pattern, readSubject(row, self));
  const results = sidesOf(row, scopes).map((scope) => passes(row, pattern, readSubject(row, scope)));
  return row.side === "both" ? results.every(Boolean) : results.some(Boolean);
}

function sidesOf(row: ConditionRow, scopes: PoolScopes): (PoolScope | undefined)[] {
  if (row.side === "base") return [scopes.base];
  if (row.side === "head") return [scopes.head];
  return [scopes.base, scopes.head];
}

function readSubject(row: ConditionRow, scope: PoolScope | undefined): Value {
  if (scope === undefined) return undefined;
  if (row.target !== undefined) return scope.target(row.target);
  if (row.option !== undefined) return scope.option(row.option);
  return encode(firstSet(scope, row.path ?? []) ?? row.default, row.as, scope);
}

function passes(row: ConditionRow, pattern: RegExp | undefined, value: Value): boolean {
  const known = value instanceof Unknown ? undefined : value;
  if (row.set !== undefined && row.set !== (known !== undefined)) return false;
  if (row.is !== undefined && !sameValue(known, row.is)) return false;
  if (row.in !== undefined && !row.in.some((one) => sameValue(one, known))) return false;
  if (pattern !== undefined && !(typeof known === "string" && pattern.test(known))) return false;
  if (row.from === undefined && row.before === undefined) return true;
  return typeof known === "string" && isWithin(known, row.from, row.before);
}

/** Whether a transition happens between the values of the two sides. */
export function happens(transition: Transition, base: Value, head: Value): boolean {
  const differs = !sameValue(base, head);
  switch (transition) {
    case "changed":
      return differs;
    case "replaced":
      return differs && base !== undefined && head !== undefined;
    case "once-set":
      return differs && base !== undefined;
    case "added":
      return base === undefined && head !== undefined;
    case "removed":
      return base !== undefined && head === undefined;
    case "present":
      return differs && head !== undefined;
    case "standing":
      return head !== undefined;
    case "raised":
      return order(base, head) < 0;
    case "lowered":
      return order(base, head) > 0;
  }
}

/** Numbers by size, texts as versions; 0 where there is no order. */
function order(base: Value, head: Value): number {
  if (typeof base === "string" && typeof head === "string") return compareVersions(base, head) ?? 0;
  if (isNumber(base) && isNumber(head)) return base < head ? -1 : base > head ? 1 : 0;
  return 0;
}
