import type { ClusterPair } from "../inventory/inventory.ts";
import { titleOf } from "../inventory/object-pair.ts";
import type { Diagnostic } from "../manifests/manifest.ts";
import { covers } from "../rules/path.ts";
import { changesOf } from "./changes/raw-changes.ts";

/**
 * The most pools of one cluster that are judged: real ones have a few dozen. Pools that are items of one object cost more,
 * because each place of the object concerns all of them.
 */
export const mostPools = { inOneObject: 1000, asObjects: 10_000 } as const;

/**
 * The most changed places that are judged for the pools of one cluster, each counted for every pool that it concerns: a
 * CloudProfile of ten thousand places for a hundred pools.
 */
export const mostConcerned = 1_000_000;

/** What to say of a cluster with more pools, or more that changed for them, than is judged. */
export function beyondPoolBounds(cluster: ClusterPair): Diagnostic | undefined {
  const { table, pools } = cluster;
  const most = table.pools.at === undefined ? mostPools.asObjects : mostPools.inOneObject;
  if (pools.length > most)
    return tooMuch(cluster, "too-many-pools", `has ${pools.length} pools, more than the ${most} that are judged`);
  const concerned = concernedBy(cluster);
  if (concerned <= mostConcerned) return undefined;
  const message = `has ${pools.length} pools, and so much changed for all of them that it is ${concerned} places, more than the ${mostConcerned} that are judged: change them in several steps`;
  return tooMuch(cluster, "too-many-changes", message);
}

/** Changed places outside of the pools themselves, one for each pool. */
function concernedBy({ table, object, pools }: ClusterPair): number {
  const list = table.pools.at === undefined ? undefined : table.pathOf(table.pools.at).segments;
  const isShared = ({ segments }: { readonly segments: readonly string[] }): boolean =>
    list === undefined || segments.length <= list.length || !covers(list, segments);
  const ofCluster = object === undefined ? 0 : changesOf(object).changes.filter(isShared).length;
  let sum = pools.length * ofCluster;
  for (const { referenced } of pools)
    for (const pair of new Set([...referenced.values()].flat())) sum += changesOf(pair).changes.length;
  return sum;
}

function tooMuch({ kind, namespace, name, object, pools }: ClusterPair, code: string, message: string): Diagnostic {
  const position = (object?.head ?? object?.base ?? pools[0]?.object.head ?? pools[0]?.object.base)?.position;
  return {
    severity: "error",
    code,
    message: `${titleOf({ kind, namespace, name })} ${message}`,
    ...(position === undefined ? {} : { file: position.file, line: position.line }),
    incomplete: true,
    hidesPools: true,
  };
}
