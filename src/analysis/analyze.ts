import { TargetTracker } from "./target-tracker.ts";
import { ClusterMemo } from "./cluster-memo.ts";
import { type ClusterPair, type PoolPair, takeInventory } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Diagnostic, Manifest } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import type { Settings } from "../rules/functions.ts";
import { previousMinor } from "../rules/version.ts";
import { conclude } from "./conclude.ts";
import { holds } from "./condition.ts";
import { type Deployment, noDeployment } from "./deployment.ts";
import type { PoolFinding } from "./finding.ts";
import { dependsOn, judgePool, type PoolJudgement } from "./judge-pool.ts";
import { type Notice, noticesOf } from "./notices.ts";
import { tooManyPools } from "./pool-bound.ts";
import { type ObjectChanges, rawChanges } from "./raw-changes.ts";
import type { Circumstances } from "./circumstances.ts";
import { isInShard, type Shard } from "./shard.ts";
import { unnamedPools } from "./unnamed-pools.ts";
import type { Unread } from "./unread.ts";

export interface ClusterJudgement {
  readonly cluster: ClusterPair;
  readonly pools: readonly PoolJudgement[];
  readonly notices: readonly Notice[];
}

/** What one system's rules say of a change. */
export interface Analysis {
  readonly table: CompiledTable;
  readonly clusters: readonly ClusterJudgement[];
  /** The targets that concern any of the pools. */
  readonly targets: ReadonlySet<string>;
  /** The changed objects that belong to these clusters. */
  readonly objects: readonly ObjectChanges[];
  /** Applications that could not be rendered and whose pools belong to another part of the run. */
  readonly undecidedElsewhere: ReadonlySet<string>;
  /** What could not be judged. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a change's manifests do not say themselves. */
interface Beside {
  readonly deployment?: Deployment;
  readonly unread?: Unread;
  /** The part of the clusters to judge; all unless given. */
  readonly shard?: Shard;
}

/** Judges every pool of every cluster that the change touches, or of those clusters that belong to a part. */
export function analyzeSystem(
  table: CompiledTable,
  base: readonly Manifest[],
  head: readonly Manifest[],
  settings: Settings,
  { deployment = noDeployment, unread, shard }: Beside = {},
): Analysis {
  const compared = new Map<ObjectPair, ObjectChanges>();
  const changesOf = (pair: ObjectPair): ObjectChanges => {
    let changes = compared.get(pair);
    if (changes === undefined) compared.set(pair, (changes = rawChanges(pair)));
    return changes;
  };
  const isChanged = (pair: ObjectPair | undefined): boolean =>
    pair !== undefined && (pair.base === undefined || pair.head === undefined || changesOf(pair).changes.length > 0);

  const versions = versionsOf(table, settings);
  const clusters: ClusterJudgement[] = [];
  const objects = new Set<ObjectPair>();
  const undecidedElsewhere = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const cluster of takeInventory(table, base, head)) {
    const isElsewhere = shard !== undefined && !isInShard(cluster, shard);
    if (isElsewhere && !deployment.undecided.has(cluster.application ?? "")) continue;
    const pairs = new Set([
      ...(cluster.object === undefined ? [] : [cluster.object]),
      ...cluster.pools.flatMap(objectsOf),
    ]);
    const changed = [...pairs].filter(isChanged);
    if (changed.length === 0) continue;
    if (isElsewhere) {
      if (cluster.pools.length > 0) undecidedElsewhere.add(cluster.application ?? "");
      continue;
    }
    for (const pair of changed) if (!deployment.undecided.has(pair.application ?? "")) objects.add(pair);
    const tooMany = tooManyPools(cluster);
    if (tooMany !== undefined) {
      diagnostics.push(tooMany);
      continue;
    }
    const unnamed = cluster.object === undefined ? undefined : unnamedPools(cluster, changesOf(cluster.object));
    if (unnamed !== undefined) diagnostics.push(unnamed);
    const under = circumstancesOf(table, cluster, { deployment, unread });
    // Of a cluster that is not among the manifests it is chance which other pools are.
    const concerned = cluster.pools.filter((pool) => cluster.object !== undefined || objectsOf(pool).some(isChanged));
    const pools = concerned.flatMap((pool) => judgeAtEveryVersion(under, versions, cluster, pool, changesOf));
    const judged = refuseTogether(under(settings), pools);
    clusters.push({
      cluster,
      pools: judged,
      notices: judged.flatMap(({ scopes, pool }) => noticesOf(table, scopes, pool)),
    });
  }
  const targets = targetsOf(table, clusters);
  return { table, clusters, targets, objects: [...objects].map(changesOf), undecidedElsewhere, diagnostics };
}

/** Of the releases that rules know, those of what runs for the pools: a pool on one infrastructure runs nothing of another. */
function targetsOf(table: CompiledTable, clusters: readonly ClusterJudgement[]): ReadonlySet<string> {
  const judged = clusters.flatMap(({ pools }) => pools);
  const concerning = table.targets.filter(({ when }) =>
    judged.some(({ scopes }) => {
      const self = scopes.head ?? scopes.base;
      return self !== undefined && holds(when, scopes, self);
    }),
  );
  return new Set(concerning.map(({ name }) => name));
}

/** The circumstances of a cluster by the settings that are tried; what is remembered of the cluster is kept for each. */
function circumstancesOf(
  table: CompiledTable,
  { object }: ClusterPair,
  { deployment, unread }: { readonly deployment: Deployment; readonly unread: Unread | undefined },
): (settings: Settings) => Circumstances {
  const memos = new Map<Settings, ClusterMemo>();
  return (settings) => {
    let memo = memos.get(settings);
    if (memo === undefined) memos.set(settings, (memo = new ClusterMemo(object)));
    return {
      table,
      settings,
      deployment,
      ...(unread === undefined ? {} : { unread }),
      targets: new TargetTracker(),
      memo,
    };
  };
}

/** The object of a pool, and what it names. */
const objectsOf = ({ object, referenced }: PoolPair): ObjectPair[] => [object, ...[...referenced.values()].flat()];

/** The settings as they are, and for each target that nobody named the releases with which answers change. */
interface Versions {
  readonly given: Settings;
  readonly older: readonly { readonly target: string; readonly boundary: string; readonly settings: Settings }[];
}

function versionsOf(table: CompiledTable, settings: Settings): Versions {
  const older = table.targets.flatMap(({ name, differs }) =>
    settings.targets[name] === undefined
      ? (differs ?? []).flatMap((boundary) => {
          const version = previousMinor(boundary);
          if (version === undefined) return [];
          return [
            { target: name, boundary, settings: { ...settings, targets: { ...settings.targets, [name]: version } } },
          ];
        })
      : [],
  );
  return { given: settings, older };
}

/**
 * Judges by the given versions, the newest where none was given; then says where a release that the answer depends on,
 * and that nobody named, would decide otherwise.
 */
function judgeAtEveryVersion(
  under: (version: Settings) => Circumstances,
  { given, older }: Versions,
  cluster: ClusterPair,
  pool: PoolPair,
  changesOf: (pair: ObjectPair) => ObjectChanges,
): PoolJudgement[] {
  const circumstances = under(given);
  const judgement = judgePool(circumstances, cluster, pool, changesOf);
  if (judgement === undefined) return [];
  const remarks = older.flatMap(({ target, boundary, settings }) => {
    if (!circumstances.targets.has(target) || !dependsOn(judgement, target)) return [];
    const other = judgePool(under(settings), cluster, pool, changesOf, { of: judgement, target });
    return other === undefined || other.effect === judgement.effect
      ? []
      : [`with ${target} before ${boundary}: ${other.effect}`];
  });
  return [remarks.length === 0 ? judgement : withRemark(judgement, remarks.join("; "))];
}

function withRemark(judgement: PoolJudgement, remark: string): PoolJudgement {
  const [first, ...rest] = judgement.findings;
  if (first === undefined) return judgement;
  return {
    ...judgement,
    findings: [{ ...first, because: `${first.because} (${remark}; --target says which runs)` }, ...rest],
  };
}

/** A refused object takes all its pools with it: nothing of the change happens to any of them. */
function refuseTogether(circumstances: Circumstances, pools: readonly PoolJudgement[]): PoolJudgement[] {
  if (circumstances.table.pools.at === undefined) return [...pools];
  const refusals = new Map<string, PoolFinding>();
  // What was asked once for all pools is one finding in all of them: a thousand pools may share a thousand.
  const seen = new Set<PoolFinding>();
  for (const { findings } of pools)
    for (const finding of findings) {
      if (finding.refusesObject !== true || seen.has(finding)) continue;
      seen.add(finding);
      refusals.set(JSON.stringify([finding.rule, finding.change?.segments, finding.because]), finding);
    }
  if (refusals.size === 0) return [...pools];
  return pools.map((judgement) => {
    const self = judgement.scopes.head ?? judgement.scopes.base;
    if (self === undefined) return judgement;
    const findings = [
      ...refusals.values(),
      ...judgement.findings.filter(({ refusesObject }) => refusesObject !== true),
    ];
    return { ...judgement, ...conclude({ scopes: judgement.scopes, self }, circumstances, findings) };
  });
}
