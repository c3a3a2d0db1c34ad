import type { ClusterPair } from "../inventory/inventory.ts";
import { memoized } from "../manifests/memoized.ts";
import type { CompiledTable } from "../rules/compile.ts";
import type { Settings } from "../rules/functions.ts";
import { type AssumedRelease, assumedReleases } from "./assumed-releases.ts";
import { type Deployment, noDeployment } from "./deployment.ts";
import { ClusterMemo } from "./scope/cluster-memo.ts";
import { TargetTracker } from "./scope/target-tracker.ts";
import { allRead, type Unread } from "./unread.ts";

/** What an evaluation depends on beside the manifests. */
export interface Circumstances {
  readonly table: CompiledTable;
  readonly settings: Settings;
  /** The releases of targets that nobody named, where the newest cannot be the one that runs. */
  readonly assumed: ReadonlyMap<string, AssumedRelease>;
  /** Records the targets that are read: whether another version would matter depends on them. */
  readonly targets: TargetTracker;
  /** What the pools of the cluster share. */
  readonly memo: ClusterMemo;
  /** What is known of the applications that the manifests belong to. */
  readonly deployment: Deployment;
  /** What could not be read of them. */
  readonly unread: Unread;
}

/** The circumstances of a cluster by the settings that are tried; what is remembered of the cluster is kept for each. */
export function circumstancesOf(
  { table, object }: ClusterPair,
  deployment = noDeployment,
  unread = allRead,
): (settings: Settings) => Circumstances {
  const memoOf = memoized<Settings, ClusterMemo>(() => new ClusterMemo(object));
  const assumed = assumedReleases(table, object);
  return (settings) => {
    const memo = memoOf(settings);
    return { table, settings, assumed, targets: new TargetTracker(), memo, deployment, unread };
  };
}
