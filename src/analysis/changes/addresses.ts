import type { ClusterPair, PoolPair } from "../../inventory/inventory.ts";
import type { ObjectPair } from "../../inventory/object-pair.ts";
import { addTo } from "../../manifests/group-by.ts";
import { memoized } from "../../manifests/memoized.ts";
import { covers } from "../../rules/path.ts";
import type { AddressedChange } from "../finding.ts";
import { changesOf, type ObjectChanges } from "./raw-changes.ts";

/**
 * The changes that may matter to a pool, addressed as its rules know them: in lists, most of which are the same for other pools
 * too. A change is known by its number, its place in all lists one after the other.
 */
export class PoolChanges {
  readonly lists: readonly (readonly AddressedChange[])[];
  /** Changes of the first list that have more addresses for this pool than for others, by their number. */
  readonly particular: ReadonlyMap<number, AddressedChange>;

  constructor(lists: readonly (readonly AddressedChange[])[], particular: ReadonlyMap<number, AddressedChange>) {
    this.lists = lists;
    this.particular = particular;
  }

  /** One after the other: of a thousand pools with thousands of changes few need a list of their own. */
  *[Symbol.iterator](): Generator<AddressedChange> {
    let number = 0;
    for (const list of this.lists)
      for (const change of list) {
        yield this.particular.get(number) ?? change;
        number += 1;
      }
  }

  at(number: number): AddressedChange | undefined {
    const particular = this.particular.get(number);
    if (particular !== undefined) return particular;
    let place = number;
    for (const list of this.lists) {
      if (place < list.length) return list[place];
      place -= list.length;
    }
    return undefined;
  }

  find(holds: (change: AddressedChange) => boolean): AddressedChange | undefined {
    for (const change of this) if (holds(change)) return change;
    return undefined;
  }
}

/** The changes of an object that holds a list of pools, as they are for every pool but the one in whose item they stand. */
export interface ListChanges {
  readonly changes: readonly AddressedChange[];
  /** Where in `changes` those of each item stand. */
  readonly byItem: ReadonlyMap<string, readonly number[]>;
}

/** `known` keeps what the pools of one cluster share. */
export function changesFor(cluster: ClusterPair, pool: PoolPair, known: Map<ObjectPair, ListChanges>): PoolChanges {
  const list = cluster.table.pools.at;
  const others = referred(pool);
  if (list !== undefined) {
    const { segments } = cluster.table.pathOf(list);
    let ofList = known.get(pool.object);
    if (ofList === undefined) known.set(pool.object, (ofList = inList(segments, cluster, pool.object)));
    return new PoolChanges([ofList.changes, ...others], particularOf(segments, pool, ofList));
  }
  const own = addressed(changesOf(pool.object), ["pool"]);
  const clusters = cluster.object === undefined ? [] : [addressed(changesOf(cluster.object), ["cluster"])];
  return new PoolChanges([own, ...clusters, ...others], new Map());
}

/** The changes of an object under some roots, which are the same for all pools that know it by these. */
function addressed(changes: ObjectChanges, roots: readonly string[]): readonly AddressedChange[] {
  const key = roots.join(" ");
  const byRoots = knownLists(changes);
  let list = byRoots.get(key);
  if (list === undefined) {
    list = changes.changes.map(({ segments, before, after }) => ({
      addresses: roots.map((root) => ({ root, segments })),
      object: changes.pair,
      segments,
      before,
      after,
      own: true,
    }));
    byRoots.set(key, list);
  }
  return list;
}

const knownLists = memoized<ObjectChanges, Map<string, readonly AddressedChange[]>>(() => new Map());

function inList(list: readonly string[], cluster: ClusterPair, object: ObjectPair): ListChanges {
  const names = new Set(cluster.pools.map(({ name }) => name));
  const byItem = new Map<string, number[]>();
  const changes = changesOf(object).changes.map(({ segments, before, after }, number) => {
    const inside = segments.length > list.length && covers(list, segments);
    const item = segments[list.length] ?? "";
    const nameless = inside && !names.has(item);
    if (inside) addTo(byItem, item, number);
    return {
      addresses: [{ root: "cluster", segments }],
      object,
      segments,
      before,
      after,
      own: nameless || !inside,
      nameless,
    };
  });
  return { changes, byItem };
}

/** Only changes inside the pool's own item are addressed again: an object may hold a thousand pools. */
function particularOf(
  list: readonly string[],
  pool: PoolPair,
  { changes, byItem }: ListChanges,
): ReadonlyMap<number, AddressedChange> {
  const particular = new Map<number, AddressedChange>();
  for (const number of byItem.get(pool.name) ?? []) {
    const shared = changes[number];
    if (shared === undefined) continue;
    const ofItem = { root: "pool", segments: shared.segments.slice(list.length + 1) };
    particular.set(number, { ...shared, addresses: [...shared.addresses, ofItem], own: true });
  }
  return particular;
}

/** A place of an object that is named under several ids has an address for each. */
function referred(pool: PoolPair): (readonly AddressedChange[])[] {
  const roots = new Map<ObjectPair, string[]>();
  for (const [id, objects] of pool.referenced) for (const object of objects) addTo(roots, object, id);
  return Array.from(roots, ([object, ids]) => addressed(changesOf(object), ids)).filter(({ length }) => length > 0);
}
