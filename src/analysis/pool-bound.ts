import type { ClusterPair } from "../inventory/inventory.ts";
import { titleOf } from "../inventory/object-pair.ts";
import type { Diagnostic } from "../manifests/manifest.ts";

/**
 * The most pools of one cluster that are judged: real ones have a few dozen. Pools that are items of one object cost more,
 * because each place of the object concerns all of them.
 */
export const mostPools = { inOneObject: 1000, asObjects: 10_000 } as const;

/** What to say of a cluster with more pools than are judged. */
export function tooManyPools({ table, kind, namespace, name, object, pools }: ClusterPair): Diagnostic | undefined {
  const most = table.pools.at === undefined ? mostPools.asObjects : mostPools.inOneObject;
  if (pools.length <= most) return undefined;
  const position = (object?.head ?? object?.base ?? pools[0]?.object.head ?? pools[0]?.object.base)?.position;
  return {
    severity: "error",
    code: "too-many-pools",
    message: `${titleOf({ kind, namespace, name })} has ${pools.length} pools, more than the ${most} that are judged`,
    ...(position === undefined ? {} : { file: position.file, line: position.line }),
    incomplete: true,
    hidesPools: true,
  };
}
