import type { ClusterPair, PoolMember, PoolPair } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Rule } from "../rules/rule.ts";
import type { Effect, Fingerprint, HoldRow } from "../rules/table.ts";
import { changesFor } from "./addresses.ts";
import { holds, type PoolScopes } from "./condition.ts";
import { type Evaluation, evaluateField, evaluateFingerprint, evaluateRefusal } from "./evaluate.ts";
import { type AddressedChange, type PoolFinding, rank, strongest } from "./finding.ts";
import { lifecycleOf } from "./lifecycle.ts";
import type { ObjectChanges } from "./raw-changes.ts";
import { type Circumstances, PoolScope } from "./scope.ts";

export interface PendingEffect {
  readonly effect: Effect;
  readonly until: HoldRow["until"];
  readonly reason: string;
}

/** All that the rules say of one pool. */
export interface PoolJudgement {
  readonly pool: PoolPair;
  readonly effect: Effect;
  readonly effects: readonly Effect[];
  readonly pending: PendingEffect | undefined;
  /** What leads to the effects, strongest first; then what was looked at and does nothing. */
  readonly findings: readonly PoolFinding[];
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
  const lifecycle = lifecycleOf(cluster, pool);
  const evaluation = evaluationOf(scopes, self, changes);
  const candidates = candidatesFor(circumstances, changes);
  const findings: PoolFinding[] = [...lifecycle];
  for (const rule of candidates) if (rule.type === "refusal") findings.push(...evaluateRefusal(evaluation, rule));
  if (lifecycle.length === 0) {
    findings.push(...evaluateInputs(evaluation, circumstances, candidates));
    for (const rule of candidates) if (rule.type === "field") findings.push(...evaluateField(evaluation, rule));
    findings.push(...unclaimed(circumstances, evaluation));
  }
  return { pool, scopes, ...conclude(evaluation, circumstances, findings) };
}

/** From findings to the pool's effect: a refusal undoes everything else, a hold makes effects wait. */
export function conclude(
  evaluation: Pick<Evaluation, "scopes" | "self">,
  circumstances: Circumstances,
  findings: readonly PoolFinding[],
): Pick<PoolJudgement, "effect" | "effects" | "pending" | "findings"> {
  const sorted = findings.toSorted((a, b) => rank(a.effect) - rank(b.effect));
  const effects = [...new Set(sorted.map(({ effect }) => effect))].filter((effect) => effect !== "none");
  const first = effects[0] ?? "none";
  if (first === "rejected") return { effect: first, effects: [first], pending: undefined, findings: sorted };
  const hold = heldBy(evaluation, circumstances, effects);
  if (hold === undefined) return { effect: first, effects, pending: undefined, findings: sorted };
  const pending = { effect: strongest(hold.waiting), until: hold.row.until, reason: hold.reason };
  if (hold.row.delays === true) return { effect: first, effects, pending, findings: sorted };
  const now = effects.filter((effect) => !hold.waiting.includes(effect));
  return { effect: strongest(now), effects: now, pending, findings: sorted };
}

/** Effects that no hold keeps back: they are about the object itself, or not known. */
const unheld: readonly Effect[] = ["rejected", "delete", "create", "unknown", "none"];

function heldBy(
  { scopes, self }: Pick<Evaluation, "scopes" | "self">,
  { table }: Circumstances,
  effects: readonly Effect[],
): { readonly row: HoldRow; readonly waiting: readonly Effect[]; readonly reason: string } | undefined {
  let delay: ReturnType<typeof heldBy>;
  for (const row of table.holds) {
    const waiting = effects.filter((effect) => !unheld.includes(effect) && !(row.except ?? []).includes(effect));
    if (waiting.length === 0 || !holds(row.when, scopes, self)) continue;
    const found = row.check === undefined ? [{}] : table.registry.check(row.check)(scopes);
    if (found.length === 0) continue;
    const reason = found[0]?.because ?? row.because ?? row.id.replaceAll("-", " ");
    if (row.delays !== true) return { row, waiting, reason };
    delay ??= { row, waiting, reason };
  }
  return delay;
}

/** Pools in a list share their object, so its other side counts also where the pool itself is missing. */
export function scopesOf(circumstances: Circumstances, cluster: ClusterPair, pool: PoolPair): PoolScopes {
  const scope = (side: "base" | "head"): PoolScope | undefined => {
    const member = pool[side];
    const clusterValue = cluster.object?.[side]?.value;
    if (member === undefined && (cluster.table.pools.at === undefined || clusterValue === undefined)) return undefined;
    return PoolScope.of(circumstances, {
      side,
      pool: pool.name,
      cluster: cluster.name,
      namespace: cluster.namespace,
      poolValue: member?.pool,
      clusterValue: member === undefined ? clusterValue : member.cluster,
      references: member?.references ?? noReferences,
    });
  };
  return { base: scope("base"), head: scope("head") };
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
  const claimedBy = (rule: Rule): AddressedChange[] => changesUnder(changes, rule.claims);
  return {
    scopes,
    self,
    changes,
    changesClaimedBy: claimedBy,
    changeFor: (rule) => claimedBy(rule)[0] ?? changesUnder(changes, rule.depends)[0],
  };
}

function changesUnder(changes: readonly AddressedChange[], places: Rule["claims"]): AddressedChange[] {
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

function evaluateInputs(evaluation: Evaluation, { table }: Circumstances, candidates: readonly Rule[]): PoolFinding[] {
  const inputs = table.rules.filter((rule) => rule.type === "input");
  const touched = new Set<Fingerprint>(candidates.flatMap((rule) => (rule.type === "input" ? [rule.fingerprint] : [])));
  return [...touched].flatMap((fingerprint) => {
    const rules = inputs.filter((rule) => rule.fingerprint === fingerprint);
    const found = evaluateFingerprint(evaluation, fingerprint, rules);
    const differing = new Set(found.map(({ rule }) => rule));
    // Looked at, and the controller sees no difference.
    const equal = candidates.flatMap((rule): PoolFinding[] => {
      if (rule.type !== "input" || rule.fingerprint !== fingerprint || differing.has(rule.name)) return [];
      const change = evaluation.changesClaimedBy(rule)[0];
      if (change === undefined || !applies(evaluation, rule)) return [];
      return [
        {
          rule: rule.name,
          effect: "none",
          change,
          before: change.before,
          after: change.after,
          because: "the controller computes the same input on both sides",
          source: rule.row.source ?? fingerprint.source,
          instead: undefined,
          secret: rule.row.secret === true,
        },
      ];
    });
    return [...found, ...equal];
  });
}

/** Whether a rule speaks about this pool at all: a rule for another platform answers for nothing here. */
function applies({ scopes, self }: Evaluation, rule: Rule): boolean {
  if (rule.type !== "input") return holds(rule.row.when, scopes, self);
  return [scopes.base, scopes.head].some(
    (scope) =>
      scope !== undefined && holds(rule.fingerprint.when, scopes, scope) && holds(rule.row.when, scopes, scope),
  );
}

/** Changes that no rule answers for: silence about them would be a lie. */
function unclaimed({ table }: Circumstances, evaluation: Evaluation): PoolFinding[] {
  return evaluation.changes.flatMap((change): PoolFinding[] => {
    if (!change.own) return [];
    const known = change.addresses.some(
      ({ root, segments }) =>
        [...table.claims.covering(root, segments)].some((rule) => applies(evaluation, rule)) ||
        (isEmptyValue(change) && table.claims.isInterior(root, segments)),
    );
    if (known) return [];
    return [
      {
        rule: `${table.system}/unknown-field`,
        effect: "unknown",
        change,
        before: change.before,
        after: change.after,
        because: "no rule knows this field: the controllers may act on it, or the API server may refuse it",
        source: undefined,
        instead: undefined,
        secret: change.object.kind === "Secret",
      },
    ];
  });
}

const isEmptyValue = ({ before, after }: AddressedChange): boolean =>
  [before, after].every((value) => value === undefined || value === null || typeof value === "object");
