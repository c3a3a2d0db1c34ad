import { type ClusterPair, objectsOf, takeInventory } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Diagnostic, Manifest } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import type { Settings } from "../rules/functions.ts";
import { compareVersions } from "../rules/version.ts";
import { type JudgedPools, withAppliedBeside } from "./beside-refusals.ts";
import { changesOf, differs, type ObjectChanges } from "./changes/raw-changes.ts";
import { type Circumstances, circumstancesOf } from "./circumstances.ts";
import { type Deployment, noDeployment } from "./deployment.ts";
import { forceApplied } from "./force-applied.ts";
import type { PoolJudgement } from "./judge-pool.ts";
import { notAppliedNotices, type Notice, noticesOf } from "./notices.ts";
import { judgeAtEveryVersion, type Versions, versionsOf } from "./older-versions.ts";
import { beyondPoolBounds } from "./pool-bound.ts";
import { refuseTogether } from "./refuse-together.ts";
import { holds } from "./scope/condition.ts";
import { isInShard, type Shard } from "./shard.ts";
import { unnamedPools } from "./unnamed-pools.ts";
import type { Unread } from "./unread.ts";

export interface ClusterJudgement {
  readonly cluster: ClusterPair;
  readonly pools: readonly PoolJudgement[];
  readonly notices: readonly Notice[];
  /** The releases by which it was judged instead of the newest ones. */
  readonly assumed: Circumstances["assumed"];
}

/** What one system's rules say of a change. */
export interface Analysis {
  readonly table: CompiledTable;
  readonly clusters: readonly ClusterJudgement[];
  /** The targets that concern any of the pools, each with the newest version that one of them was judged by. */
  readonly targets: ReadonlyMap<string, string>;
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
  const versions = versionsOf(table, settings);
  const judged: Judged[] = [];
  const judge = (cluster: ClusterPair) => judgePools(cluster, versions, circumstancesOf(cluster, deployment, unread));
  const objects = new Set<ObjectPair>();
  const undecidedElsewhere = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const cluster of takeInventory(table, base, head)) {
    const isElsewhere = shard !== undefined && !isInShard(cluster, shard);
    if (isElsewhere && !deployment.undecided.has(cluster.application ?? "")) continue;
    const changed = objectsIn(cluster).filter(differs);
    if (changed.length === 0) continue;
    if (isElsewhere) {
      if (cluster.pools.length > 0) undecidedElsewhere.add(cluster.application ?? "");
      continue;
    }
    for (const pair of changed) if (!deployment.undecided.has(pair.application ?? "")) objects.add(pair);
    const tooMany = beyondPoolBounds(cluster);
    if (tooMany !== undefined) {
      diagnostics.push(tooMany);
      continue;
    }
    const unnamed = unnamedPools(cluster);
    if (unnamed !== undefined) diagnostics.push(unnamed);
    judged.push({ cluster, changed, ...judge(cluster) });
  }
  const judgeAgain = (cluster: ClusterPair) => (beyondPoolBounds(cluster) === undefined ? judge(cluster).pools : []);
  const clusters = withAppliedBeside(judged, { table, base, head, judge: judgeAgain }).map(withNotices);
  const targets = targetsOf(table, clusters);
  return { table, clusters, targets, objects: [...objects].map(changesOf), undecidedElsewhere, diagnostics };
}

/** The pools of a cluster, and by what they were judged. */
interface Judged extends JudgedPools {
  readonly changed: readonly ObjectPair[];
  readonly circumstances: Circumstances;
}

function judgePools(
  cluster: ClusterPair,
  versions: Versions,
  under: (settings: Settings) => Circumstances,
): Pick<Judged, "pools" | "circumstances"> {
  // When the cluster is not among the manifests, it is chance which of its other pools are.
  const concerned = cluster.pools.filter((pool) => cluster.object !== undefined || objectsOf(pool).some(differs));
  const judged = concerned.flatMap((pool) => judgeAtEveryVersion(under, versions, cluster, pool));
  const circumstances = under(versions.given);
  return { circumstances, pools: forceApplied(circumstances, refuseTogether(circumstances, judged)) };
}

function withNotices({ cluster, changed, circumstances, pools }: Judged): ClusterJudgement {
  const notices = [
    ...pools.flatMap((judgement) => noticesOf(cluster.table, judgement)),
    ...notAppliedNotices(cluster.table, changed),
    ...(pools.some(({ effects, pending }) => effects.length > 0 || pending !== undefined)
      ? assumedNotices(cluster, circumstances)
      : []),
  ];
  return { cluster, pools, notices, assumed: circumstances.assumed };
}

/** The targets that concern the pools: a pool on one infrastructure does not run the extension of another. */
function targetsOf(table: CompiledTable, clusters: readonly ClusterJudgement[]): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  for (const { name, newest, when } of table.targets)
    for (const { pools, assumed } of clusters) {
      const version = assumed.get(name)?.version ?? newest;
      const other = versions.get(name);
      if (other !== undefined && (compareVersions(version, other) ?? 0) <= 0) continue;
      const concerned = pools.some(({ scopes }) => {
        const self = scopes.head ?? scopes.base;
        return self !== undefined && holds(when, scopes, self);
      });
      if (concerned) versions.set(name, version);
    }
  return versions;
}

/** Said of a cluster that is not judged by the newest release, though nobody named another. */
function assumedNotices({ table, object }: ClusterPair, { settings, assumed }: Circumstances): Notice[] {
  const manifest = object?.head ?? object?.base;
  return [...assumed]
    .filter(([name]) => settings.targets[name] === undefined)
    .map(([, { because, place }]) => ({
      rule: `${table.system}/older-release`,
      severity: "notice",
      message: because,
      locate: () => manifest?.locate(place),
    }));
}

/** All objects that decide over the pools of a cluster, each once. */
const objectsIn = ({ object, pools }: ClusterPair): ObjectPair[] => [
  ...new Set([...(object === undefined ? [] : [object]), ...pools.flatMap(objectsOf)]),
];
