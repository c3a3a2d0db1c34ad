import type { ClusterPair, PoolMember, PoolPair } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { ParsedPath } from "../rules/path.ts";
import type { Rule } from "../rules/rule.ts";
import type { Fingerprint } from "../rules/table.ts";
import { changesFor } from "./addresses.ts";
import { type Tracked, tracked } from "./asked.ts";
import { isAboutCluster } from "./cluster-memo.ts";
import type { PoolScopes } from "./condition.ts";
import { conclude, type Conclusion } from "./conclude.ts";
import { decidedFindings } from "./decided.ts";
import { noDeployment } from "./deployment.ts";
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
  /** How the judgement came about, so that it can be repeated under another target at little cost. */
  readonly trace: Trace;
}

interface Trace {
  readonly changes: readonly AddressedChange[];
  readonly candidates: readonly Rule[];
  /** What the defaults asked for. */
  readonly asked: ReadonlySet<string>;
  readonly outcomes: ReadonlyMap<string, Tracked<readonly PoolFinding[]>>;
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
  const earlier = repetition?.of.trace.asked.has(repetition.target) === true ? undefined : repetition?.of;
  const { value: scopes, asked } = tracked(circumstances.asked, () =>
    earlier === undefined ? scopesOf(circumstances, cluster, pool) : scopesUnder(circumstances, earlier.scopes),
  );
  const self = scopes.head ?? scopes.base;
  if (self === undefined) return undefined;
  const changes = earlier?.trace.changes ?? changesFor(cluster, pool, changesOf);
  const evaluation = evaluationOf(scopes, self, changes);
  const decided = decidedFindings(cluster, pool, changes, circumstances.deployment ?? noDeployment);
  const candidates = earlier?.trace.candidates ?? candidatesFor(circumstances, changes);
  const outcomes = new Map<string, Tracked<readonly PoolFinding[]>>();
  const trace: Trace = { changes, candidates, asked, outcomes, concluded: new Set() };
  if (decided !== undefined) return { pool, scopes, trace, ...conclude(evaluation, circumstances, decided) };

  const findings: PoolFinding[] = [];
  let isRepeated = true;
  const run = (key: string, evaluate: () => readonly PoolFinding[]): void => {
    const known = earlier?.trace.outcomes.get(key);
    const outcome =
      known !== undefined && !known.asked.has(repetition?.target ?? "")
        ? known
        : tracked(circumstances.asked, evaluate);
    if (outcome !== known) isRepeated = false;
    for (const name of outcome.asked) circumstances.asked.add(name);
    outcomes.set(key, outcome);
    findings.push(...outcome.value);
  };
  const lifecycle = lifecycleOf(cluster, pool, circumstances.deployment ?? noDeployment);
  findings.push(...lifecycle);
  const survives = lifecycle.length === 0;
  for (const rule of candidates)
    if (rule.type === "refusal") run(rule.name, () => refusalOf(circumstances, evaluation, rule));
    else if (rule.type === "field" && survives)
      run(rule.name, () => guarded(rule, () => evaluateField(evaluation, rule)));
  if (survives) {
    for (const rules of fingerprintsOf(candidates)) {
      const [first] = rules;
      run(`fingerprint ${first.fingerprint.id}`, () =>
        guarded(first, () => evaluateFingerprint(evaluation, first.fingerprint, rules)),
      );
    }
    run("unclaimed", () => unclaimed(circumstances, evaluation));
  }
  // Nothing hung on the target that differs: the judgement stands as it was.
  if (earlier !== undefined && isRepeated && !earlier.trace.concluded.has(repetition?.target ?? "")) return earlier;
  const conclusion = tracked(circumstances.asked, () => conclude(evaluation, circumstances, findings));
  for (const name of conclusion.asked) circumstances.asked.add(name);
  return { pool, scopes, trace: { ...trace, concluded: conclusion.asked }, ...conclusion.value };
}

/** A refusal; one that looks at the cluster alone is asked once for all pools that exist on the same sides. */
function refusalOf(
  { asked, memo }: Circumstances,
  evaluation: Evaluation,
  rule: Rule & { readonly type: "refusal" },
): readonly PoolFinding[] {
  const evaluate = (): readonly PoolFinding[] => guarded(rule, () => evaluateRefusal(evaluation, rule));
  if (!isAboutCluster(rule)) return evaluate();
  const { base, head } = evaluation.scopes;
  const key = `${rule.name} ${base !== undefined} ${head !== undefined}`;
  let known = memo.findings.get(key);
  if (known === undefined) memo.findings.set(key, (known = tracked(asked, evaluate)));
  for (const name of known.asked) asked.add(name);
  return known.value;
}

const scopesUnder = (circumstances: Circumstances, { base, head }: PoolScopes): PoolScopes => ({
  base: base?.under(circumstances),
  head: head?.under(circumstances),
});

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

function candidatesFor({ table }: Circumstances, changes: readonly AddressedChange[]): Rule[] {
  const touched = new Set<Rule>();
  for (const { addresses } of changes)
    for (const { root, segments } of addresses)
      for (const rule of table.depends.touching(root, segments)) touched.add(rule);
  return [...touched].toSorted((a, b) => a.number - b.number);
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
