import type { Fingerprint, InputRow } from "../../rules/rows.ts";
import type { Rule } from "../../rules/rule.ts";
import type { PoolFinding } from "../finding.ts";
import type { PoolScope } from "../scope/scope.ts";
import { applicable, applies } from "./applicable-rules.ts";
import type { Evaluation } from "./evaluation.ts";
import { differences, differingInputs, fingerprintOf } from "./fingerprint.ts";
import { findingOf } from "./rule-finding.ts";
import { namedEffect, strategyOf } from "./strategy.ts";

/**
 * A fingerprint on both sides: a finding for each input that differs, and one for each that changed without a difference.
 * Inputs that no change touches are equal, so they are only worked out when their place among the others decides.
 */
export function evaluateFingerprint(
  evaluation: Evaluation,
  fingerprint: Fingerprint,
  touchedRules: readonly (Rule & { readonly type: "input" })[],
): PoolFinding[] {
  const { scopes, self } = evaluation;
  const rules = applicable(evaluation, touchedRules);
  if (rules.length === 0) return [];
  const of = (scope: PoolScope | undefined, rows?: readonly InputRow[]) =>
    fingerprintOf(fingerprint, scope, scopes, rows);
  const touched = rules.map(({ row }) => row);
  const differing = differingInputs(of(scopes.base, touched), of(scopes.head, touched));
  // One input that differs makes the lists differ wherever it stands; of several, one may take the place of another.
  const decided = differing.length < 2 ? differing : differences(of(scopes.base), of(scopes.head));
  const found = decided.flatMap(({ row, before, after, unknown, isOfOneSide }) => {
    const rule = rules.find((one) => one.row === row);
    if (rule === undefined) return [];
    const effect = unknown === undefined ? namedEffect({ trigger: fingerprint.trigger }, self) : "unknown";
    const because = unknown?.reason ?? (effect === "none" ? withoutEffect(row, strategyOf(self)) : undefined);
    const said = { effect, before, after, because, source: row.source ?? fingerprint.source };
    const finding = findingOf(rule, said, evaluation.changeFor(rule));
    return [{ rule, finding: isOfOneSide ? { ...finding, isOfOneSide } : finding }];
  });
  const said = new Set(found.map(({ rule }) => rule));
  const others = rules.filter((rule) => !said.has(rule));
  return [...withoutBystanders(evaluation, found), ...equalInputs(evaluation, fingerprint, others)];
}

/** Why an input that differs does nothing: the reason of the row tells what happens under other strategies. */
const withoutEffect = ({ because, id }: InputRow, strategy: string): string =>
  `${because ?? id.replaceAll("-", " ")}; under the update strategy ${strategy} that touches no node`;

/**
 * Findings without the inputs that only begin or cease to count and that nobody edited, where what was edited does the same by
 * itself: a new minor version replaces nodes, and that other inputs are counted with it is no reason of its own.
 */
function withoutBystanders(
  evaluation: Evaluation,
  found: readonly { readonly rule: Rule; readonly finding: PoolFinding }[],
): PoolFinding[] {
  const isBystander = ({ rule, finding }: (typeof found)[number]): boolean =>
    finding.isOfOneSide === true && evaluation.changesClaimedBy(rule).length === 0;
  const edited = new Set(found.flatMap((one) => (isBystander(one) ? [] : [one.finding.effect])));
  return found.flatMap((one) => (isBystander(one) && edited.has(one.finding.effect) ? [] : [one.finding]));
}

function equalInputs(evaluation: Evaluation, fingerprint: Fingerprint, rules: readonly Rule[]): PoolFinding[] {
  return rules.flatMap((rule) => {
    const change = evaluation.changesClaimedBy(rule)[0];
    if (change === undefined || !applies(evaluation, rule)) return [];
    const { before, after } = change;
    const source = rule.row.source ?? fingerprint.source;
    const because = "The controller computes the same input on both sides";
    return [findingOf(rule, { effect: "none", before, after, because, source }, change)];
  });
}
