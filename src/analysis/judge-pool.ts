import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import type { PoolMember } from "../inventory/references.ts";
import type { SideName } from "../manifests/manifest.ts";
import { changesFor, type PoolChanges } from "./changes/addresses.ts";
import type { Circumstances } from "./circumstances.ts";
import { conclude, type Conclusion } from "./conclude.ts";
import { evaluationOf } from "./evaluation/evaluation.ts";
import { RuleEvaluator } from "./evaluation/rule-evaluator.ts";
import { type TouchedRules, touchedRules } from "./evaluation/touched-rules.ts";
import type { PoolFinding } from "./finding.ts";
import { findingsWithoutRules } from "./findings-without-rules.ts";
import { lifecycleOf } from "./lifecycle.ts";
import type { PoolScopes } from "./scope/condition.ts";
import { PoolScope } from "./scope/scope.ts";
import type { Tracked } from "./scope/target-tracker.ts";

/** All that the rules say of one pool. */
export interface PoolJudgement extends Conclusion {
  readonly pool: PoolPair;
  readonly scopes: PoolScopes;
  /** The intermediate results, so that the judgement can be repeated under another target at little cost. */
  readonly trace: Trace;
}

interface Trace {
  readonly changes: PoolChanges;
  readonly touched: TouchedRules;
  /** The findings of each rule, in the order of evaluation. */
  readonly outcomes: readonly Outcome[];
  /** The targets that the holds depend on. */
  readonly concluded: ReadonlySet<string>;
}

type Outcome = Tracked<readonly PoolFinding[]>;

/** An earlier judgement of the same pool, under settings that differ in one target alone. */
export interface Repetition {
  readonly of: PoolJudgement;
  readonly target: string;
}

/** Judges one pool: which of its inputs differ, what its fields do, what is refused, and what waits. */
export function judgePool(
  circumstances: Circumstances,
  cluster: ClusterPair,
  pool: PoolPair,
  repetition?: Repetition,
): PoolJudgement | undefined {
  const scopes =
    repetition === undefined
      ? scopesOf(circumstances, cluster, pool)
      : scopesUnder(circumstances, repetition.of.scopes, repetition.target);
  const self = scopes.head ?? scopes.base;
  if (self === undefined) return undefined;
  const earlier = repetition?.of.trace;
  const changes = earlier?.changes ?? changesFor(cluster, pool, circumstances.memo.listed);
  const touched = earlier?.touched ?? touchedRules(circumstances.table, changes);
  const evaluation = evaluationOf(scopes, self, changes);
  const evaluator = new RuleEvaluator(circumstances, evaluation, repetition);
  const conclusionOf = (findings: readonly PoolFinding[]): PoolJudgement => {
    const { value, asked } = circumstances.targets.tracked(() => conclude(evaluation, circumstances, findings));
    return { pool, scopes, trace: { changes, touched, outcomes: evaluator.outcomes, concluded: asked }, ...value };
  };
  const decided = findingsWithoutRules(cluster, pool, changes, circumstances.deployment);
  if (decided !== undefined) return conclusionOf(decided);
  const lifecycle = lifecycleOf(cluster, pool, circumstances);
  evaluator.evaluate(touched, lifecycle.length === 0);
  // Nothing that decides the effect is another under the target that differs.
  if (repetition !== undefined && evaluator.isRepeated && earlier?.concluded.has(repetition.target) === false)
    return repetition.of;
  return conclusionOf([...lifecycle, ...evaluator.outcomes.flatMap(({ value }) => value)]);
}

/** Whether a pool may be judged otherwise under another version of a target: a refusal that does not depend on it stays. */
export function dependsOn({ effect, trace }: PoolJudgement, target: string): boolean {
  const isRefused = ({ value, asked }: Outcome): boolean =>
    !asked.has(target) && value.some((finding) => finding.effect === "rejected");
  return effect !== "rejected" || !trace.outcomes.some(isRefused);
}

function scopesUnder(
  circumstances: Circumstances,
  { base, head, clusterAfter }: PoolScopes,
  target: string,
): PoolScopes {
  const before = base?.under(circumstances, target);
  return { base: before, head: head?.under(circumstances, target, before), clusterAfter };
}

/** Pools in a list share their object, so its other side counts also where the pool itself is missing. */
export function scopesOf(circumstances: Circumstances, cluster: ClusterPair, pool: PoolPair): PoolScopes {
  const scope = (side: SideName, before?: PoolScope): PoolScope | undefined => {
    const member = pool[side];
    const clusterValue = cluster.object?.[side]?.value;
    if (member === undefined && (cluster.table.pools.at === undefined || clusterValue === undefined)) return undefined;
    const value = {
      side,
      pool: pool.name,
      cluster: cluster.name,
      namespace: cluster.namespace,
      poolValue: member?.pool,
      clusterValue: member === undefined ? clusterValue : member.cluster,
      references: member?.references ?? noReferences,
    };
    return PoolScope.of(circumstances, value, before);
  };
  const base = scope("base");
  return { base, head: scope("head", base), clusterAfter: cluster.object?.head?.value };
}
const noReferences: PoolMember["references"] = () => [];
