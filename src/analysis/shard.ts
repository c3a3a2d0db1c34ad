import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { ClusterPair } from "../inventory/inventory.ts";

/** One of several parts into which the clusters of a run are dealt; `number` begins at 1. */
export interface Shard {
  readonly number: number;
  readonly count: number;
}

/**
 * Whether a cluster belongs to a part. It depends on the cluster's identity alone: what else a change touches, and which
 * machine asks, moves no cluster to another part.
 */
export function isInShard({ table, kind, namespace, name }: ClusterPair, { number, count }: Shard): boolean {
  const digest = sha256(utf8ToBytes(JSON.stringify([table.system, kind, namespace ?? "", name])));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0) % count === number - 1;
}
