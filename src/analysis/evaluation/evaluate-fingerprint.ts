import type { Rule } from "../../rules/rule.ts";
import type { Fingerprint, InputRow } from "../../rules/rows.ts";
import { applicable, applies } from "./applicable-rules.ts";
import type { Evaluation } from "./evaluation.ts";
import type { PoolFinding } from "../finding.ts";
import { differences, differingInputs, fingerprintOf } from "./fingerprint.ts";
import { findingOf } from "./rule-finding.ts";
import type { PoolScope } from "../scope/scope.ts";
import { namedEffect } from "./strategy.ts";

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
  const found = decided.flatMap(({ row, before, after, unknown }) => {
    const rule = rules.find((one) => one.row === row);
    if (rule === undefined) return [];
    const effect = unknown === undefined ? namedEffect({ trigger: fingerprint.trigger }, self) : "unknown";
    const said = { effect, before, after, because: unknown?.reason, source: row.source ?? fingerprint.source };
    return [findingOf(rule, said, evaluation.changeFor(rule))];
  });
  const said = new Set(found.map(({ rule }) => rule));
  const others = rules.filter(({ name }) => !said.has(name));
  return [...found, ...equalInputs(evaluation, fingerprint, others)];
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
