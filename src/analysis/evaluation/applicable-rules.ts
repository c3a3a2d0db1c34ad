import type { Rule } from "../../rules/rule.ts";
import { holds, holdsKnown } from "../scope/condition.ts";
import type { Evaluation } from "./evaluation.ts";
import type { PoolScope } from "../scope/scope.ts";

/** False when a rule says nothing of this pool, whatever changed: most rules are about other platforms than the pool's. */
export function mayApply({ scopes, self }: Evaluation, rule: Rule): boolean {
  const guards = rule.guards();
  if (guards.length === 0) return true;
  const passes = (scope: PoolScope | undefined): boolean =>
    scope !== undefined && guards.every((guard) => holdsKnown(guard, scopes, scope));
  return rule.type === "input" ? passes(scopes.base) || passes(scopes.head) : passes(self);
}

/** Those of some rules of one kind that may apply; neighbours mostly stand under the same conditions. */
export function applicable<OneRule extends Rule>(evaluation: Evaluation, rules: readonly OneRule[]): OneRule[] {
  let [guards, answer]: [ReturnType<Rule["guards"]> | undefined, boolean] = [undefined, true];
  return rules.filter((rule) => {
    if (rule.guards() !== guards) [guards, answer] = [rule.guards(), mayApply(evaluation, rule)];
    return answer;
  });
}

/** Whether a rule speaks about this pool at all: a rule for another platform answers for nothing here. */
export function applies({ scopes, self }: Evaluation, rule: Rule): boolean {
  if (rule.type !== "input") return holds(rule.row.when, scopes, self);
  return [scopes.base, scopes.head].some(
    (scope) =>
      scope !== undefined && holds(rule.fingerprint.when, scopes, scope) && holds(rule.row.when, scopes, scope),
  );
}
