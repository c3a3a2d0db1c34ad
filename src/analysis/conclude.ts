import { fillWords } from "../rules/fill-words.ts";
import type { HoldRow } from "../rules/rows.ts";
import type { Effect } from "../rules/words.ts";
import type { Circumstances } from "./circumstances.ts";
import type { Evaluation } from "./evaluation/evaluation.ts";
import { byEffect, type PoolFinding, rank, strongest } from "./finding.ts";
import { holds } from "./scope/condition.ts";
import type { PoolScope } from "./scope/scope.ts";
import { firstSet } from "./scope/value.ts";

interface PendingEffect {
  readonly effect: Effect;
  readonly until: HoldRow["until"];
  readonly reason: string;
}

/** The result of all findings on a pool. */
export interface Conclusion {
  readonly effect: Effect;
  readonly effects: readonly Effect[];
  readonly pending: PendingEffect | undefined;
  /** The findings that lead to the effects, strongest first, then those without an effect. */
  readonly findings: readonly PoolFinding[];
}

/** From findings to the pool's effect: a refusal undoes whatever else is asked for, a hold makes effects wait. */
export function conclude(
  evaluation: Pick<Evaluation, "scopes" | "self">,
  circumstances: Circumstances,
  findings: readonly PoolFinding[],
): Conclusion {
  const sorted = findings.toSorted(byEffect);
  const effects = [...new Set(sorted.map(({ effect }) => effect))].filter((effect) => effect !== "none");
  const first = effects[0] ?? "none";
  if (first === "rejected")
    return { effect: first, effects: [first], pending: undefined, findings: withoutDecided(sorted) };
  const hold = heldBy(evaluation, circumstances, sorted);
  if (hold === undefined) return { effect: first, effects, pending: undefined, findings: sorted };
  const { pending, kept } = hold;
  const acting = new Set(sorted.filter((finding) => !kept.has(finding)).map(({ effect }) => effect));
  const now = effects.filter((effect) => acting.has(effect));
  return { effect: strongest(now), effects: now, pending, findings: sorted };
}

/**
 * What is refused is not unknown, even where no rule says what else it would do; and what would begin to count with it, as under
 * another update strategy, does not.
 */
function withoutDecided(findings: readonly PoolFinding[]): readonly PoolFinding[] {
  const refused = new Set(findings.flatMap(({ effect, change }) => (effect === "rejected" ? [placeOf(change)] : [])));
  return findings.filter(
    ({ effect, change, isOfOneSide }) =>
      isOfOneSide !== true && (effect !== "unknown" || change === undefined || !refused.has(placeOf(change))),
  );
}

/** Effects that a hold does not keep back unless it says so: they concern the object itself, or are not known. */
const unheld: readonly Effect[] = ["rejected", "delete", "create", "unknown", "none"];

/**
 * Where a change stands in its object, as one list for all pools: a finding may be called by the place around its change, and
 * a refusal that pools share has the change as the first of them sees it.
 */
const placeOf = (change: PoolFinding["change"]): readonly string[] | undefined => change?.addresses[0]?.segments;

function waits(row: HoldRow, { table }: Circumstances, { rule, effect }: PoolFinding): boolean {
  if (unheld.includes(effect) && row.also?.includes(effect) !== true) return false;
  if (row.except?.includes(effect) === true) return false;
  const names = (rules: readonly string[]): boolean => rules.some((id) => rule === `${table.system}/${id}`);
  if (row.onlyRules !== undefined && !names(row.onlyRules)) return false;
  return row.exceptRules === undefined || !names(row.exceptRules);
}

interface Held {
  readonly pending: PendingEffect;
  /** The findings whose effects do not come yet; none where the effects are only delayed. */
  readonly kept: ReadonlySet<PoolFinding>;
}

/**
 * What waits, by all holds together: each keeps back what those before it let through. The strongest effect that waits is told
 * with the hold that keeps it.
 */
function heldBy(
  { scopes, self }: Pick<Evaluation, "scopes" | "self">,
  circumstances: Circumstances,
  findings: readonly PoolFinding[],
): Held | undefined {
  const { table } = circumstances;
  const kept = new Set<PoolFinding>();
  const reasons: PendingEffect[] = [];
  let delay: PendingEffect | undefined;
  for (const row of table.holds) {
    const waiting = findings.filter((finding) => !kept.has(finding) && waits(row, circumstances, finding));
    if (waiting.length === 0 || !holds(row.when, scopes, self)) continue;
    const found = row.check === undefined ? [{}] : table.registry.check(row.check)(scopes);
    if (found.length === 0) continue;
    const reason = found[0]?.because ?? reasonOf(row, self);
    const told = { effect: strongest(waiting.map(({ effect }) => effect)), until: row.until, reason };
    if (row.delays === true) {
      // What some rules alone have wait is not told of an effect that others bring at once.
      const atOnce = findings.filter((finding) => !kept.has(finding) && !waiting.includes(finding));
      const comes = row.onlyRules !== undefined && atOnce.some(({ effect }) => rank(effect) <= rank(told.effect));
      if (!comes) delay ??= told;
    } else {
      for (const finding of waiting) kept.add(finding);
      reasons.push(told);
    }
  }
  const [pending = delay] = reasons.toSorted(byEffect);
  return pending && { pending, kept };
}

function reasonOf({ id, because = id.replaceAll("-", " "), shows = [] }: HoldRow, self: PoolScope): string {
  const value = firstSet(self, shows);
  return fillWords(because, { value: typeof value === "string" ? value : "not in the manifest" });
}
