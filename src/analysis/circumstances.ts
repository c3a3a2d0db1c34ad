import type { CompiledTable } from "../rules/compile.ts";
import type { Settings } from "../rules/functions.ts";
import type { ClusterMemo } from "./cluster-memo.ts";
import type { Deployment } from "./deployment.ts";
import type { TargetTracker } from "./target-tracker.ts";
import type { Unread } from "./unread.ts";

/** What an evaluation depends on beside the manifests. */
export interface Circumstances {
  readonly table: CompiledTable;
  readonly settings: Settings;
  /** Records the targets that are read: whether another version would matter depends on them. */
  readonly targets: TargetTracker;
  /** What the pools of the cluster share. */
  readonly memo: ClusterMemo;
  /** What is known of the applications that the manifests belong to. */
  readonly deployment?: Deployment;
  /** What could not be read of them. */
  readonly unread?: Unread;
}
