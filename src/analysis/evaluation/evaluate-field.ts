import type { Json } from "../../manifests/manifest.ts";
import { mayBeSame, sameValue } from "../../rules/canonical.ts";
import { Unknown, type Value } from "../../rules/functions.ts";
import type { FieldRow } from "../../rules/rows.ts";
import type { Rule } from "../../rules/rule.ts";
import type { Effect } from "../../rules/words.ts";
import type { AddressedChange, PoolFinding } from "../finding.ts";
import { holds } from "../scope/condition.ts";
import { plainValueOf, valueAt, valueOf } from "../scope/value.ts";
import { atPlaces } from "./changed-places.ts";
import type { Evaluation } from "./evaluation.ts";
import { findingOf } from "./rule-finding.ts";
import { namedEffect } from "./strategy.ts";

/** A field on both sides. Nothing when its condition does not hold; effect `none` when the controller sees no difference. */
export function evaluateField(evaluation: Evaluation, rule: Rule & { type: "field" }): PoolFinding[] {
  const { row } = rule;
  const { scopes, self } = evaluation;
  if (!holds(row.when, scopes, self)) return [];
  if (row.at === undefined) {
    const before = valueOf(row, scopes.base);
    const after = valueOf(row, scopes.head);
    // Evaluated only because a neighbour changed, without any result: not worth mentioning.
    if (sameValue(before, after) && evaluation.changesClaimedBy(rule).length === 0) return [];
    const change = evaluation.changeFor(rule);
    // Where the controller sees no difference, the report shows the values as they are written.
    const plain =
      change !== undefined && sameValue(before, after)
        ? { before: change.before, after: change.after }
        : { before: plainValueOf(row, scopes.base), after: plainValueOf(row, scopes.head) };
    const finding = fieldFinding(evaluation, rule, before, after, plain, change);
    return finding.effect === "none" && evaluation.changesClaimedBy(rule).length === 0 ? [] : [finding];
  }
  return atPlaces(evaluation, rule).map(({ change, place }) => {
    const before = valueAt(row, scopes.base, place);
    const after = valueAt(row, scopes.head, place);
    return fieldFinding(evaluation, rule, before, after, { before: change.before, after: change.after }, change);
  });
}

function fieldFinding(
  evaluation: Evaluation,
  rule: Rule & { type: "field" },
  before: Value,
  after: Value,
  plain: { readonly before: Json | undefined; readonly after: Json | undefined },
  change: AddressedChange | undefined,
): PoolFinding {
  if (sameValue(before, after))
    return findingOf(rule, { ...plain, effect: "none", because: sameForController(rule.row) }, change);
  const unknown = after instanceof Unknown ? after : before instanceof Unknown ? before : undefined;
  if (unknown !== undefined && mayBeSame(before, after))
    return findingOf(rule, { ...plain, effect: "unknown", because: unknown.reason }, change);
  const { scopes, self } = evaluation;
  const decided = rule.row.cases?.find((one) => holds(one.when, scopes, self));
  const effect: Effect = namedEffect(decided ?? rule.row, self);
  return findingOf(rule, { ...plain, effect, because: decided?.because, source: decided?.source }, change);
}

/** Only a row that can have an effect needs a reason why it has none here: the report shows two values that differ. */
function sameForController(row: FieldRow): string | undefined {
  if (row.effect === "none") return undefined;
  return row.derived === undefined
    ? "The controller sees the same value on both sides"
    : "It is written differently, but what comes of it is the same on both sides";
}
