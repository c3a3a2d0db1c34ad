import type { ClusterPair, PoolMember, PoolPair } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { ParsedPath } from "../rules/path.ts";
import type { Rule } from "../rules/rule.ts";
import { changesFor } from "./addresses.ts";
import type { PoolScopes } from "./condition.ts";
import { conclude, type Conclusion } from "./conclude.ts";
import { decidedFindings, type UndecidedApplications } from "./decided.ts";
import { evaluateField } from "./evaluate-field.ts";
import { evaluateFingerprint } from "./evaluate-fingerprint.ts";
import { evaluateRefusal } from "./evaluate-refusal.ts";
import { type Evaluation, findingOf } from "./evaluation.ts";
import type { AddressedChange, PoolFinding } from "./finding.ts";
import { lifecycleOf } from "./lifecycle.ts";
import type { ObjectChanges } from "./raw-changes.ts";
import { type Circumstances, PoolScope } from "./scope.ts";
import { unclaimed } from "./unclaimed.ts";

/** All that the rules say of one pool. */
export interface PoolJudgement extends Conclusion {
  readonly pool: PoolPair;
  readonly scopes: PoolScopes;
}

/** Judges one pool: which of its inputs differ, what its fields do, what is refused, and what waits. */
export function judgePool(
  circumstances: Circumstances,
  cluster: ClusterPair,
  pool: PoolPair,
  changesOf: (pair: ObjectPair) => ObjectChanges,
): PoolJudgement | undefined {
  const scopes = scopesOf(circumstances, cluster, pool);
  const self = scopes.head ?? scopes.base;
  if (self === undefined) return undefined;
  const changes = changesFor(cluster, pool, changesOf);
  const evaluation = evaluationOf(scopes, self, changes);
  const decided = decidedFindings(cluster, pool, changes, circumstances.undecided ?? nothing);
  if (decided !== undefined) return { pool, scopes, ...conclude(evaluation, circumstances, decided) };
  const lifecycle = lifecycleOf(cluster, pool);
  const candidates = candidatesFor(circumstances, changes);
  const findings: PoolFinding[] = [...lifecycle];
  const survives = lifecycle.length === 0;
  for (const rule of candidates)
    if (rule.type === "refusal") findings.push(...guarded(rule, () => evaluateRefusal(evaluation, rule)));
    else if (rule.type === "field" && survives) findings.push(...guarded(rule, () => evaluateField(evaluation, rule)));
  if (survives) {
    for (const rules of fingerprintsOf(circumstances, candidates))
      findings.push(...guarded(rules[0], () => evaluateFingerprint(evaluation, rules[0].fingerprint, rules)));
    findings.push(...unclaimed(circumstances, evaluation));
  }
  return { pool, scopes, ...conclude(evaluation, circumstances, findings) };
}

const nothing: UndecidedApplications = new Map();

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

/** All inputs of each fingerprint of which one is touched: a fingerprint only means something as a whole. */
function fingerprintsOf(
  { table }: Circumstances,
  candidates: readonly Rule[],
): (readonly [InputRule, ...InputRule[]])[] {
  const touched = new Set(candidates.flatMap((rule) => (rule.type === "input" ? [rule.fingerprint] : [])));
  return [...touched].flatMap((fingerprint) => {
    const [first, ...rest] = table.rules.filter(
      (rule): rule is InputRule => rule.type === "input" && rule.fingerprint === fingerprint,
    );
    return first === undefined ? [] : [[first, ...rest] as const];
  });
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

function candidatesFor({ table }: Circumstances, changes: readonly AddressedChange[]): Rule[] {
  const touched = new Set<Rule>();
  for (const { addresses } of changes)
    for (const { root, segments } of addresses)
      for (const rule of table.depends.touching(root, segments)) touched.add(rule);
  return table.rules.filter((rule) => touched.has(rule));
}

function evaluationOf(scopes: PoolScopes, self: PoolScope, changes: readonly AddressedChange[]): Evaluation {
  const claimedBy = (rule: Rule): AddressedChange[] => changesUnder(changes, rule.places().claims);
  return {
    scopes,
    self,
    changes,
    changesClaimedBy: claimedBy,
    changeFor: (rule) => claimedBy(rule)[0] ?? changesUnder(changes, rule.places().depends)[0],
  };
}

function changesUnder(changes: readonly AddressedChange[], places: readonly ParsedPath[]): AddressedChange[] {
  return changes.filter(({ addresses }) =>
    addresses.some(({ root, segments }) =>
      places.some(
        (place) =>
          place.root === root &&
          place.segments
            .slice(0, segments.length)
            .every((segment, index) => segment === "*" || segment === segments[index]),
      ),
    ),
  );
}
