import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import { type Deployment, pruningOf } from "./deployment.ts";
import type { PoolFinding } from "./finding.ts";

/** Pools that come or go as a whole. Empty for a pool that both sides have. */
export function lifecycleOf(cluster: ClusterPair, pool: PoolPair, deployment: Deployment): PoolFinding[] {
  const { lifecycle, system } = cluster.table;
  const say = (id: string, effect: "create" | "delete" | "unknown", because: string): PoolFinding[] => [
    {
      rule: `${system}/${id}`,
      effect,
      change: undefined,
      before: undefined,
      after: undefined,
      because,
      source: lifecycle.source,
      instead: undefined,
      secret: false,
    },
  ];
  const { object } = cluster;
  const pruning = pruningOf(deployment, pool.object.application);
  const added = object !== undefined && object.base === undefined && object.head !== undefined;
  const removed = object !== undefined && object.base !== undefined && object.head === undefined;
  if (pool.base === undefined && pool.head !== undefined)
    return added
      ? say("cluster-added", "create", lifecycle.clusterAdded ?? "A new cluster")
      : say("pool-added", "create", lifecycle.poolAdded ?? "A new pool");
  if (removed && pool.base !== undefined)
    return say(
      "cluster-removed",
      "delete",
      `${lifecycle.clusterRemoved ?? "The cluster is removed, and its pools with it"} (${pruning})`,
    );
  if (pool.head === undefined && pool.base !== undefined)
    return say(
      "pool-removed",
      "delete",
      `${lifecycle.poolRemoved ?? "The pool is removed, and its nodes with it"}${pool.object.head === undefined ? ` (${pruning})` : ""}`,
    );
  if (added && pool.base !== undefined)
    return say(
      "cluster-appears",
      "unknown",
      `The ${cluster.kind} is only among the manifests of the head, its pools are on both sides: what runs now is not known`,
    );
  return [];
}
