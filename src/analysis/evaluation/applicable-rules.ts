import type { KnownCondition } from "../../rules/conditions.ts";
import { asPaths } from "../../rules/path.ts";
import type { InputRow } from "../../rules/rows.ts";
import type { Rule } from "../../rules/rule.ts";
import { holds, holdsKnown } from "../scope/condition.ts";
import type { PoolScope } from "../scope/scope.ts";
import { firstSet } from "../scope/value.ts";
import type { Evaluation } from "./evaluation.ts";

/** False when a rule can say nothing about this pool, whatever changed: most rules are about other platforms. */
export function mayApply(evaluation: Evaluation, rule: Rule): boolean {
  const { plain, asking } = rule.guards();
  return hold(evaluation, rule, plain) && mayCount(evaluation, rule, asking);
}

/** The rules among some of one kind that may apply; neighbours mostly share their conditions. */
export function applicable<OneRule extends Rule>(evaluation: Evaluation, rules: readonly OneRule[]): OneRule[] {
  let [known, answer]: [readonly KnownCondition[] | undefined, boolean] = [undefined, true];
  return rules.filter((rule) => {
    const { plain, asking } = rule.guards();
    if (plain !== known) [known, answer] = [plain, hold(evaluation, rule, plain)];
    return answer && mayCount(evaluation, rule, asking);
  });
}

function hold({ scopes, self }: Evaluation, { type }: Rule, guards: readonly KnownCondition[]): boolean {
  if (guards.length === 0) return true;
  const on = (scope: PoolScope | undefined): boolean =>
    scope !== undefined && guards.every((guard) => holdsKnown(guard, scopes, scope));
  return type === "input" ? on(scopes.base) || on(scopes.head) : on(self);
}

/** Targets are asked last: a rule with no value on either side, and no touched place, says the same whatever runs there. */
const mayCount = (evaluation: Evaluation, rule: Rule, asking: readonly KnownCondition[]): boolean =>
  asking.length === 0 || (!isSilent(evaluation, rule) && hold(evaluation, rule, asking));

function isSilent({ scopes, changesClaimedBy }: Evaluation, rule: Rule): boolean {
  if (rule.type !== "input" && rule.type !== "field") return false;
  const isAbsent = (scope: PoolScope | undefined): boolean => scope === undefined || hasNothing(rule.row, scope);
  return isAbsent(scopes.base) && isAbsent(scopes.head) && changesClaimedBy(rule).length === 0;
}

function hasNothing({ derived, default: fallback, from, each, always }: InputRow, scope: PoolScope): boolean {
  if (derived !== undefined || fallback !== undefined || always === true) return false;
  return firstSet(scope, [...asPaths(from), ...asPaths(each)]) === undefined;
}

/** Whether a rule speaks about this pool at all: a rule for another platform answers for nothing here. */
export function applies({ scopes, self }: Evaluation, rule: Rule): boolean {
  if (rule.type !== "input") return holds(rule.row.when, scopes, self);
  return [scopes.base, scopes.head].some(
    (scope) =>
      scope !== undefined && holds(rule.fingerprint.when, scopes, scope) && holds(rule.row.when, scopes, scope),
  );
}
