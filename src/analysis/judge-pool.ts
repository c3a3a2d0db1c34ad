import type { ClusterPair, PoolMember, PoolPair } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Rule } from "../rules/rule.ts";
import type { Fingerprint } from "../rules/table.ts";
import { changesFor } from "./addresses.ts";
import type { Tracked } from "./asked.ts";
import { isAboutCluster, type RefusalFindings } from "./cluster-memo.ts";
import type { PoolScopes } from "./condition.ts";
import { conclude, type Conclusion } from "./conclude.ts";
import { decidedFindings } from "./decided.ts";
import { noDeployment } from "./deployment.ts";
import { evaluateField } from "./evaluate-field.ts";
import { evaluateFingerprint } from "./evaluate-fingerprint.ts";
import { evaluateRefusal } from "./evaluate-refusal.ts";
import { evaluationOf, findingOf } from "./evaluation.ts";
import type { AddressedChange, PoolFinding } from "./finding.ts";
import { lifecycleOf } from "./lifecycle.ts";
import type { ObjectChanges } from "./raw-changes.ts";
import { type Circumstances, PoolScope } from "./scope.ts";
import { unclaimed } from "./unclaimed.ts";

/** All that the rules say of one pool. */
export interface PoolJudgement extends Conclusion {
  readonly pool: PoolPair;
  readonly scopes: PoolScopes;
  /** How the judgement came about, so that it can be repeated under another target at little cost. */
  readonly trace: Trace;
}

interface Trace {
  readonly changes: readonly AddressedChange[];
  readonly candidates: readonly Rule[];
  /** What each question came to, in the order in which they were asked. */
  readonly outcomes: readonly Tracked<readonly PoolFinding[]>[];
  /** What the holds asked for. */
  readonly concluded: ReadonlySet<string>;
}

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
  changesOf: (pair: ObjectPair) => ObjectChanges,
  repetition?: Repetition,
): PoolJudgement | undefined {
  const scopes =
    repetition === undefined
      ? scopesOf(circumstances, cluster, pool)
      : scopesUnder(circumstances, repetition.of.scopes, repetition.target);
  const self = scopes.head ?? scopes.base;
  if (self === undefined) return undefined;
  const earlier = repetition?.of.trace;
  const changes = earlier?.changes ?? changesFor(cluster, pool, changesOf);
  const evaluation = evaluationOf(scopes, self, changes);
  const decided = decidedFindings(cluster, pool, changes, circumstances.deployment ?? noDeployment);
  const candidates = earlier?.candidates ?? candidatesFor(circumstances, changes);
  const outcomes: Tracked<readonly PoolFinding[]>[] = [];
  const conclusionOf = (findings: readonly PoolFinding[]): PoolJudgement => {
    const { value, asked } = circumstances.asked.tracked(() => conclude(evaluation, circumstances, findings));
    return { pool, scopes, trace: { changes, candidates, outcomes, concluded: asked }, ...value };
  };
  if (decided !== undefined) return conclusionOf(decided);

  const lifecycle = lifecycleOf(cluster, pool, circumstances.deployment ?? noDeployment);
  const findings: PoolFinding[] = [...lifecycle];
  let isRepeated = earlier !== undefined && !earlier.concluded.has(repetition?.target ?? "");
  const run = (evaluate: () => Tracked<readonly PoolFinding[]>): void => {
    const known = earlier?.outcomes[outcomes.length];
    const hangs = known === undefined || known.asked.has(repetition?.target ?? "");
    if (hangs) isRepeated = false;
    const outcome = hangs ? evaluate() : known;
    circumstances.asked.addAll(outcome.asked);
    outcomes.push(outcome);
    findings.push(...outcome.value);
  };
  const ask = (rule: Rule, evaluate: () => PoolFinding[]) => () =>
    circumstances.asked.tracked(() => guarded(rule, evaluate));
  const survives = lifecycle.length === 0;
  const refusals = circumstances.memo.findingsFor(scopes);
  for (const rule of candidates)
    if (rule.type === "refusal") {
      const evaluate = ask(rule, () => evaluateRefusal(evaluation, rule));
      run(() => (isAboutCluster(rule) ? once(refusals, rule, evaluate) : evaluate()));
    } else if (rule.type === "field" && survives) run(ask(rule, () => evaluateField(evaluation, rule)));
  if (survives) {
    for (const rules of fingerprintsOf(candidates)) {
      const [first] = rules;
      run(ask(first, () => evaluateFingerprint(evaluation, first.fingerprint, rules)));
    }
    run(() => circumstances.asked.tracked(() => unclaimed(circumstances, evaluation)));
  }
  // Nothing hung on the target that differs: the judgement stands as it was.
  return isRepeated ? repetition?.of : conclusionOf(findings);
}

/** A refusal that looks at the cluster alone is asked once for all pools that exist on the same sides. */
function once(
  known: RefusalFindings | undefined,
  rule: Rule,
  evaluate: () => Tracked<readonly PoolFinding[]>,
): Tracked<readonly PoolFinding[]> {
  if (known === undefined) return evaluate();
  let found = known.get(rule);
  if (found === undefined) known.set(rule, (found = evaluate()));
  return found;
}

function scopesUnder(circumstances: Circumstances, { base, head }: PoolScopes, target: string): PoolScopes {
  const before = base?.under(circumstances, target);
  return { base: before, head: head?.under(circumstances, target, before) };
}

/** A rule that fails on strange input costs its own answer, not the report. */
function guarded(rule: Rule, evaluate: () => PoolFinding[]): PoolFinding[] {
  try {
    return evaluate();
  } catch (error) {
    const because = `this rule could not be evaluated: ${error instanceof Error ? error.message : String(error)}`;
    return [findingOf(rule, { effect: "unknown", before: undefined, after: undefined, because }, undefined)];
  }
}

type InputRule = Rule & { readonly type: "input" };

/** The inputs that are touched, by their fingerprint. */
function fingerprintsOf(candidates: readonly Rule[]): (readonly [InputRule, ...InputRule[]])[] {
  const touched = new Map<Fingerprint, [InputRule, ...InputRule[]]>();
  for (const rule of candidates) {
    if (rule.type !== "input") continue;
    const rules = touched.get(rule.fingerprint);
    if (rules === undefined) touched.set(rule.fingerprint, [rule]);
    else rules.push(rule);
  }
  return [...touched.values()];
}

/** Pools in a list share their object, so its other side counts also where the pool itself is missing. */
export function scopesOf(circumstances: Circumstances, cluster: ClusterPair, pool: PoolPair): PoolScopes {
  const scope = (side: "base" | "head", before?: PoolScope): PoolScope | undefined => {
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
  return { base, head: scope("head", base) };
}
const noReferences: PoolMember["references"] = () => [];

function candidatesFor({ table }: Circumstances, changes: readonly AddressedChange[]): readonly Rule[] {
  const addresses = changes.flatMap((change) => change.addresses);
  const [first, ...rest] = addresses.map(({ root, segments }) => table.depends.touching(root, segments));
  if (first === undefined || rest.length === 0) return first ?? [];
  const touched = new Set(first);
  for (const rules of rest) for (const rule of rules) touched.add(rule);
  return [...touched].toSorted((a, b) => a.number - b.number);
}
