import { type ClusterPair, objectsOf, type PoolPair, takeInventory } from "../inventory/inventory.ts";
import { keyOf, type ObjectPair } from "../inventory/object-pair.ts";
import type { Manifest } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import { differs } from "./changes/raw-changes.ts";
import { byEffect, type PoolFinding } from "./finding.ts";
import type { PoolJudgement } from "./judge-pool.ts";

/** The pools of one cluster, judged. */
export interface JudgedPools {
  readonly cluster: ClusterPair;
  readonly pools: readonly PoolJudgement[];
}

/** What judging once more needs: the manifests, and how the pools of a cluster are judged. */
interface Again {
  readonly table: CompiledTable;
  readonly base: readonly Manifest[];
  readonly head: readonly Manifest[];
  readonly judge: (cluster: ClusterPair) => readonly PoolJudgement[];
}

/**
 * Where one object of a change is refused, the others are applied all the same, beside that object as it was: what they do then
 * is added to the pools that share them.
 */
export function withAppliedBeside<Judged extends JudgedPools>(
  judged: readonly Judged[],
  again: Again,
): readonly Judged[] {
  const partly = new Map<PoolJudgement, ReadonlySet<ObjectPair>>();
  for (const { cluster, pools } of judged)
    for (const judgement of pools) {
      const refused = refusedIn(judgement);
      const concerning = [...(cluster.object === undefined ? [] : [cluster.object]), ...objectsOf(judgement.pool)];
      if (refused.size > 0 && concerning.some((pair) => !refused.has(pair) && differs(pair)))
        partly.set(judgement, refused);
    }
  if (partly.size === 0) return judged;
  const applied = appliedBeside(partly, again);
  return judged.map((one) => ({
    ...one,
    pools: one.pools.map((judgement) => {
      const refused = partly.get(judgement);
      const applies = applied.get(keyOfPool(judgement.pool));
      return refused === undefined || applies === undefined ? judgement : joined(judgement, refused, applies);
    }),
  }));
}

/**
 * What the pools come to where the refused objects stay as they were. A pool may so come back to a cluster that was not judged,
 * because it belongs to another part of the run: what is refused there stays too.
 */
function appliedBeside(
  partly: ReadonlyMap<PoolJudgement, ReadonlySet<ObjectPair>>,
  { table, base, head, judge }: Again,
): ReadonlyMap<string, PoolJudgement> {
  const wanted = new Set(Array.from(partly.keys(), ({ pool }) => keyOfPool(pool)));
  const kept = new Map<string, Manifest | undefined>();
  let refused = [...partly.values()].flatMap((objects) => [...objects]);
  let applied = new Map<string, PoolJudgement>();
  while (refused.length > 0) {
    for (const object of refused) kept.set(keyOfObject(object), object.base);
    applied = new Map();
    for (const cluster of takeInventory(table, base, withoutRefused(head, kept)))
      if (cluster.pools.some((pool) => wanted.has(keyOfPool(pool))))
        for (const judgement of judge(cluster)) applied.set(keyOfPool(judgement.pool), judgement);
    const refusedNow = [...applied.values()].flatMap((judgement) => [...refusedIn(judgement)]);
    refused = refusedNow.filter((object) => !kept.has(keyOfObject(object)));
  }
  return applied;
}

const keyOfPool = ({ name, object }: PoolPair): string => JSON.stringify([keyOfObject(object), name]);

const keyOfObject = ({ kind, namespace, name, application }: ObjectPair | Manifest): string =>
  keyOf(kind, namespace, name, application);

/** The refused objects; none when it is not known which object is refused, or when it was never there. */
function refusedIn({ effect, findings }: PoolJudgement): ReadonlySet<ObjectPair> {
  const refusals = effect === "rejected" ? findings.filter((finding) => finding.effect === "rejected") : [];
  const isKnown = refusals.every(({ change }) => change?.object.base !== undefined);
  return new Set(isKnown ? refusals.flatMap(({ change }) => change?.object ?? []) : []);
}

/** What there is after a change of which some objects are refused: they stay as they were. */
function withoutRefused(head: readonly Manifest[], kept: ReadonlyMap<string, Manifest | undefined>): Manifest[] {
  return [
    ...head.filter((manifest) => !kept.has(keyOfObject(manifest))),
    ...[...kept.values()].filter((manifest) => manifest !== undefined),
  ];
}

function joined(judgement: PoolJudgement, refused: ReadonlySet<ObjectPair>, applied: PoolJudgement): PoolJudgement {
  const isRefused = ({ change }: PoolFinding): boolean => change !== undefined && refused.has(change.object);
  const findings = [...judgement.findings.filter(isRefused), ...applied.findings];
  return {
    ...judgement,
    scopes: applied.scopes,
    effects: ["rejected", ...applied.effects.filter((effect) => effect !== "rejected")],
    pending: applied.pending,
    findings: findings.toSorted(byEffect),
  };
}
