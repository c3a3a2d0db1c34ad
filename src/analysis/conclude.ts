import type { HoldRow } from "../rules/rows.ts";
import type { Effect } from "../rules/words.ts";
import type { Circumstances } from "./circumstances.ts";
import type { Evaluation } from "./evaluation/evaluation.ts";
import { type PoolFinding, rank, strongest } from "./finding.ts";
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

/**
 * From findings to the pool's effect: a refusal undoes whatever else its object asks for, a hold makes effects wait. Other
 * objects of the change are applied all the same, each by itself.
 */
export function conclude(
  evaluation: Pick<Evaluation, "scopes" | "self">,
  circumstances: Circumstances,
  findings: readonly PoolFinding[],
): Conclusion {
  const sorted = findings.toSorted((a, b) => rank(a.effect) - rank(b.effect));
  const effects = [...new Set(sorted.map(({ effect }) => effect))].filter((effect) => effect !== "none");
  const first = effects[0] ?? "none";
  if (first === "rejected") {
    const applied = conclude(evaluation, circumstances, ofAppliedObjects(sorted));
    return {
      effect: first,
      effects: [first, ...applied.effects],
      pending: undefined,
      findings: withoutDecided(sorted),
    };
  }
  const hold = heldBy(evaluation, circumstances, sorted);
  if (hold === undefined) return { effect: first, effects, pending: undefined, findings: sorted };
  const pending = { effect: strongest(hold.waiting), until: hold.row.until, reason: hold.reason };
  if (hold.row.delays === true) return { effect: first, effects, pending, findings: sorted };
  const acting = new Set(
    sorted.filter((finding) => !waits(hold.row, circumstances, finding)).map(({ effect }) => effect),
  );
  const now = effects.filter((effect) => acting.has(effect));
  return { effect: strongest(now), effects: now, pending, findings: sorted };
}

/** The findings on objects that are not refused; none when it is not known which object is refused. */
function ofAppliedObjects(findings: readonly PoolFinding[]): readonly PoolFinding[] {
  const refusals = findings.filter(({ effect }) => effect === "rejected");
  if (refusals.some(({ change }) => change === undefined)) return [];
  const refused = new Set(refusals.map(({ change }) => change?.object));
  return findings.filter(({ change }) => change !== undefined && !refused.has(change.object));
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

function heldBy(
  { scopes, self }: Pick<Evaluation, "scopes" | "self">,
  circumstances: Circumstances,
  findings: readonly PoolFinding[],
): { readonly row: HoldRow; readonly waiting: readonly Effect[]; readonly reason: string } | undefined {
  const { table } = circumstances;
  let delay: ReturnType<typeof heldBy>;
  for (const row of table.holds) {
    const waiting = findings.filter((finding) => waits(row, circumstances, finding)).map(({ effect }) => effect);
    if (waiting.length === 0 || !holds(row.when, scopes, self)) continue;
    const found = row.check === undefined ? [{}] : table.registry.check(row.check)(scopes);
    if (found.length === 0) continue;
    const reason = found[0]?.because ?? reasonOf(row, self);
    if (row.delays !== true) return { row, waiting, reason };
    delay ??= { row, waiting, reason };
  }
  return delay;
}

function reasonOf({ id, because = id.replaceAll("-", " "), shows = [] }: HoldRow, self: PoolScope): string {
  const value = firstSet(self, shows);
  return because.replaceAll("{value}", () => (typeof value === "string" ? value : "not in the manifest"));
}
