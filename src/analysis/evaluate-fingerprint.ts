import type { Rule } from "../rules/rule.ts";
import type { Fingerprint } from "../rules/table.ts";
import { applies, type Evaluation, findingOf } from "./evaluation.ts";
import type { PoolFinding } from "./finding.ts";
import { differences, fingerprintOf } from "./fingerprint.ts";
import type { PoolScope } from "./scope.ts";
import { namedEffect } from "./strategy.ts";

/** A fingerprint on both sides: a finding for each input that differs, and one for each that changed without a difference. */
export function evaluateFingerprint(
  evaluation: Evaluation,
  fingerprint: Fingerprint,
  rules: readonly Rule[],
): PoolFinding[] {
  const { scopes, self } = evaluation;
  const of = (scope: PoolScope | undefined) => fingerprintOf(fingerprint, scope, scopes);
  const found = differences(of(scopes.base), of(scopes.head)).flatMap(({ row, before, after, unknown }) => {
    const rule = rules.find((one) => one.row === row);
    if (rule === undefined) return [];
    const effect = unknown === undefined ? namedEffect({ trigger: fingerprint.trigger }, self) : "unknown";
    const said = { effect, before, after, because: unknown?.reason, source: row.source ?? fingerprint.source };
    return [findingOf(rule, said, evaluation.changeFor(rule))];
  });
  const differing = new Set(found.map(({ rule }) => rule));
  return [
    ...found,
    ...equalInputs(
      evaluation,
      fingerprint,
      rules.filter(({ name }) => !differing.has(name)),
    ),
  ];
}

function equalInputs(evaluation: Evaluation, fingerprint: Fingerprint, rules: readonly Rule[]): PoolFinding[] {
  return rules.flatMap((rule) => {
    const change = evaluation.changesClaimedBy(rule)[0];
    if (change === undefined || !applies(evaluation, rule)) return [];
    const { before, after } = change;
    const source = rule.row.source ?? fingerprint.source;
    const because = "the controller computes the same input on both sides";
    return [findingOf(rule, { effect: "none", before, after, because, source }, change)];
  });
}
