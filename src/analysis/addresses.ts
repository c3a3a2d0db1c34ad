import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import { parsePath } from "../rules/path.ts";
import type { AddressedChange } from "./finding.ts";
import type { ObjectChanges } from "./raw-changes.ts";

/** The changes that may matter to a pool, addressed as its rules know them. `changesOf` compares an object once for all. */
export function changesFor(
  cluster: ClusterPair,
  pool: PoolPair,
  changesOf: (pair: ObjectPair) => ObjectChanges,
): AddressedChange[] {
  const list = cluster.table.pools.at;
  if (list !== undefined)
    return [...inList(parsePath(list, "cluster").segments, cluster, pool, changesOf), ...referred(pool, changesOf)];
  const own = whole(pool.object, "pool", changesOf);
  const clusters = cluster.object === undefined ? [] : whole(cluster.object, "cluster", changesOf);
  return [...own, ...clusters, ...referred(pool, changesOf)];
}

function whole(object: ObjectPair, root: string, changesOf: (pair: ObjectPair) => ObjectChanges): AddressedChange[] {
  return changesOf(object).changes.map(({ segments, before, after }) => ({
    addresses: [{ root, segments }],
    object,
    segments,
    before,
    after,
    own: true,
  }));
}

function inList(
  list: readonly string[],
  cluster: ClusterPair,
  pool: PoolPair,
  changesOf: (pair: ObjectPair) => ObjectChanges,
): AddressedChange[] {
  const names = new Set(cluster.pools.map(({ name }) => name));
  return changesOf(pool.object).changes.map(({ segments, before, after }) => {
    const inside = segments.length > list.length && list.every((segment, index) => segments[index] === segment);
    const item = segments[list.length] ?? "";
    const mine = inside && item === pool.name;
    const nameless = inside && !names.has(item);
    const addresses = [{ root: "cluster", segments }];
    if (mine) addresses.push({ root: "pool", segments: segments.slice(list.length + 1) });
    return { addresses, object: pool.object, segments, before, after, own: mine || nameless || !inside, nameless };
  });
}

/** A place of an object that is named under several ids has an address for each. */
function referred(pool: PoolPair, changesOf: (pair: ObjectPair) => ObjectChanges): AddressedChange[] {
  const roots = new Map<ObjectPair, string[]>();
  for (const [id, objects] of pool.referenced)
    for (const object of objects) roots.set(object, [...(roots.get(object) ?? []), id]);
  return [...roots].flatMap(([object, ids]) =>
    changesOf(object).changes.map(({ segments, before, after }) => ({
      addresses: ids.map((root) => ({ root, segments })),
      object,
      segments,
      before,
      after,
      own: true,
    })),
  );
}
