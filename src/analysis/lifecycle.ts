import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Circumstances } from "./circumstances.ts";
import { pruningOf } from "./deployment.ts";
import { findingWithoutRow, type PoolFinding } from "./finding.ts";
import type { Unread } from "./unread.ts";

/** Pools that are added or removed as a whole. Empty for a pool that both sides have. */
export function lifecycleOf(
  cluster: ClusterPair,
  pool: PoolPair,
  { deployment, unread }: Pick<Circumstances, "deployment" | "unread">,
): PoolFinding[] {
  const { lifecycle, system } = cluster.table;
  const say = (id: string, effect: "create" | "delete" | "unknown", because: string): PoolFinding[] => {
    const source = effect === "unknown" ? undefined : lifecycle.source;
    return [findingWithoutRow({ rule: `${system}/${id}`, effect, because, source })];
  };
  const { object } = cluster;
  const hidden = hiddenOf(pool.object, unread) ?? (object === undefined ? undefined : hiddenOf(object, unread));
  if (hidden !== undefined) return say("not-read", "unknown", hidden);
  const added = object !== undefined && object.base === undefined && object.head !== undefined;
  const isRemoved = (of: ObjectPair | undefined): of is ObjectPair => of?.base !== undefined && of.head === undefined;
  const [first, ...others] = [object, pool.left, pool.object].filter(isRemoved);
  const pruning = first === undefined ? "" : ` (${pruningOf(deployment, [first, ...others])})`;
  if (pool.base === undefined && pool.head !== undefined)
    return added
      ? say("cluster-added", "create", lifecycle.clusterAdded ?? "A new cluster")
      : say("pool-added", "create", lifecycle.poolAdded ?? "A new pool");
  // A pool that is to follow its cluster to another name goes with the one that it runs in.
  if (pool.base !== undefined && (isRemoved(object) || isRemoved(pool.left)))
    return say(
      "cluster-removed",
      "delete",
      `${lifecycle.clusterRemoved ?? "The cluster is removed, and its pools with it"}${pruning}`,
    );
  if (pool.head === undefined && pool.base !== undefined)
    return say(
      "pool-removed",
      "delete",
      `${lifecycle.poolRemoved ?? "The pool is removed, and its nodes with it"}${pruning}`,
    );
  if (added && pool.base !== undefined)
    return say(
      "cluster-appears",
      "unknown",
      `The ${cluster.kind} is only among the manifests of the head, its pools are on both sides: what runs now is not known`,
    );
  return [];
}

/** Why an object that one side lacks may be there all the same. */
function hiddenOf({ base, head, kind }: ObjectPair, unread: Unread): string | undefined {
  const say = (file: string | undefined, side: string): string | undefined =>
    file === undefined
      ? undefined
      : `${file} could not be read as a whole on the ${side} side, and the ${kind} may stand in what is missing`;
  if (base === undefined && head !== undefined) return say(unread.inBase(head), "base");
  if (head === undefined && base !== undefined) return say(unread.inHead(base), "head");
  return undefined;
}
