import type { ClusterPair, PoolPair } from "../../inventory/inventory.ts";
import type { ObjectPair } from "../../inventory/object-pair.ts";
import { covers } from "../../rules/path.ts";
import type { AddressedChange } from "../finding.ts";
import type { ObjectChanges } from "./raw-changes.ts";

/** The changes that may matter to a pool, addressed as its rules know them. */
export class PoolChanges {
  /** Changes that the other pools of the object have too, under the same addresses. */
  readonly shared: readonly AddressedChange[];
  /** Changes that have more addresses for this pool than for others, by their index among all. */
  readonly particular: ReadonlyMap<number, AddressedChange>;
  #all: readonly AddressedChange[] | undefined;

  constructor(shared: readonly AddressedChange[], particular: ReadonlyMap<number, AddressedChange>) {
    this.shared = shared;
    this.particular = particular;
  }

  /** Made on demand: of a thousand pools with thousands of changes few need it. */
  get all(): readonly AddressedChange[] {
    if (this.#all === undefined) {
      const all = [...this.shared];
      for (const [number, change] of this.particular) all[number] = change;
      this.#all = all;
    }
    return this.#all;
  }

  at(number: number): AddressedChange | undefined {
    return this.particular.get(number) ?? this.shared[number];
  }
}

/** The changes of an object that holds a list of pools, as they are for every pool but the one in whose item they stand. */
export interface ListChanges {
  readonly changes: readonly AddressedChange[];
  /** Where in `changes` those of each item stand. */
  readonly byItem: ReadonlyMap<string, readonly number[]>;
}

/** `changesOf` compares an object once for all; `known` keeps what the pools of one cluster share. */
export function changesFor(
  cluster: ClusterPair,
  pool: PoolPair,
  changesOf: (pair: ObjectPair) => ObjectChanges,
  known: Map<ObjectPair, ListChanges>,
): PoolChanges {
  const list = cluster.table.pools.at;
  if (list !== undefined) {
    const { segments } = cluster.table.pathOf(list);
    let ofList = known.get(pool.object);
    if (ofList === undefined) known.set(pool.object, (ofList = inList(segments, cluster, pool.object, changesOf)));
    return ofPool(segments, pool, ofList, referred(pool, changesOf));
  }
  const own = whole(pool.object, "pool", changesOf);
  const clusters = cluster.object === undefined ? [] : whole(cluster.object, "cluster", changesOf);
  const all = [...own, ...clusters, ...referred(pool, changesOf)];
  return new PoolChanges([], new Map(all.entries()));
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
  object: ObjectPair,
  changesOf: (pair: ObjectPair) => ObjectChanges,
): ListChanges {
  const names = new Set(cluster.pools.map(({ name }) => name));
  const byItem = new Map<string, number[]>();
  const changes = changesOf(object).changes.map(({ segments, before, after }, number) => {
    const inside = segments.length > list.length && covers(list, segments);
    const item = segments[list.length] ?? "";
    const nameless = inside && !names.has(item);
    const known = byItem.get(item);
    if (known !== undefined && inside) known.push(number);
    else if (inside) byItem.set(item, [number]);
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
function ofPool(
  list: readonly string[],
  pool: PoolPair,
  { changes, byItem }: ListChanges,
  others: readonly AddressedChange[],
): PoolChanges {
  const particular = new Map<number, AddressedChange>();
  for (const number of byItem.get(pool.name) ?? []) {
    const shared = changes[number];
    if (shared === undefined) continue;
    const ofItem = { root: "pool", segments: shared.segments.slice(list.length + 1) };
    particular.set(number, { ...shared, addresses: [...shared.addresses, ofItem], own: true });
  }
  for (const [index, change] of others.entries()) particular.set(changes.length + index, change);
  return new PoolChanges(changes, particular);
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
