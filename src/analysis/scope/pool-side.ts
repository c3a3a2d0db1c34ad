import type { JsonObject, SideName } from "../../manifests/manifest.ts";
import type { Reference } from "../../rules/functions.ts";
import type { Circumstances } from "../circumstances.ts";
import type { Answers, ClusterSide } from "./cluster-memo.ts";
import { defaultsOf } from "./defaults.ts";

/** What one side of a pool consists of, before defaults. */
export interface PoolSide {
  readonly side: SideName;
  readonly pool: string;
  readonly cluster: string;
  readonly namespace: string | undefined;
  /** The pool's own entry or object; absent on the side that has its cluster but not the pool. */
  readonly poolValue: JsonObject | undefined;
  /** The cluster object; absent when it is not among the manifests. */
  readonly clusterValue: JsonObject | undefined;
  readonly references: (id: string) => readonly Reference[];
}

/** What is known of the cluster on this side, for all its pools; `isCompared` where conditions see the base beside it. */
export const clusterSideOf = (
  { memo }: Circumstances,
  { side, clusterValue }: PoolSide,
  isCompared: boolean,
): ClusterSide | undefined => (clusterValue === undefined ? undefined : memo.onSide(side, isCompared, clusterValue));

/** What all pools of a cluster answer alike; nothing where defaults of a pool reach into the cluster object. */
export const answersOfCluster = (
  circumstances: Circumstances,
  side: PoolSide,
  isCompared: boolean,
): Answers | undefined =>
  defaultsOf(circumstances.table).poolReachesCluster
    ? undefined
    : clusterSideOf(circumstances, side, isCompared)?.answers;
