import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { JsonObject, Manifest, SideName } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import { parsePath, readSegments } from "../rules/path.ts";
import type { ReferenceRow } from "../rules/table.ts";
import { findObject, keyOf, type ObjectPair, pairObjects } from "./object-pair.ts";
import { memberOf, type PoolMember, referencedBy } from "./references.ts";

/** One pool on both sides; on one of them it may not exist. */
export interface PoolPair {
  readonly name: string;
  /** The object that the pool is or is in. */
  readonly object: ObjectPair;
  readonly base: PoolMember | undefined;
  readonly head: PoolMember | undefined;
  /** The cluster that it names in the base, where it names another one in the head. */
  readonly left: ObjectPair | undefined;
  /** The objects that either side refers to, by reference id. */
  readonly referenced: ReadonlyMap<string, readonly ObjectPair[]>;
}

export interface ClusterPair {
  readonly table: CompiledTable;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly application: string | undefined;
  /** Absent when no side declares the cluster object, only pools that name it. */
  readonly object: ObjectPair | undefined;
  readonly pools: readonly PoolPair[];
}

/** The object of a pool, and what it names. */
export const objectsOf = ({ object, referenced }: PoolPair): ObjectPair[] => [
  object,
  ...[...referenced.values()].flat(),
];

/** Puts the objects of both sides together: pairs, pools with their clusters, and what they refer to. */
export function takeInventory(
  table: CompiledTable,
  base: readonly Manifest[],
  head: readonly Manifest[],
): ClusterPair[] {
  const objects = pairObjects(table, base, head);
  const kinds = new Set([...objects.values()].map(({ kind }) => kind));
  // A fleet of clusters alone has nothing that they could name.
  const references = table.references.filter(({ kind }) => kinds.has(kind));
  return table.pools.at === undefined
    ? fromPoolObjects(table, objects, references)
    : fromLists(table, objects, references);
}

/** Pools that are items of a list in their cluster's object. */
function fromLists(
  table: CompiledTable,
  objects: ReadonlyMap<string, ObjectPair>,
  references: readonly ReferenceRow[],
): ClusterPair[] {
  const { segments } = parsePath(table.pools.at ?? "", "cluster");
  const key = table.pools.key ?? "name";
  return [...objects.values()]
    .filter(({ row }) => row.role === "cluster")
    .map((object) => {
      const itemsOf = (manifest: Manifest | undefined): Map<string, JsonObject> => {
        const list = readSegments(manifest?.value, segments);
        const items = listOf(list).filter(isObject);
        // When two items have one name, the last counts, as in a strategic merge.
        return new Map(items.flatMap((item) => (typeof item[key] === "string" ? [[item[key], item] as const] : [])));
      };
      const items = { base: itemsOf(object.base), head: itemsOf(object.head) };
      const names = [...new Set([...items.base.keys(), ...items.head.keys()])];
      const pools = names.map((name): PoolPair => {
        const member = (side: SideName): PoolMember | undefined => {
          const pool = items[side].get(name);
          return pool === undefined ? undefined : memberOf(table, objects, side, object, pool, object[side]?.value);
        };
        const pair = { base: member("base"), head: member("head") };
        return { name, object, ...pair, left: undefined, referenced: referencedBy(references, objects, object, pair) };
      });
      const { kind, namespace, name, application } = object;
      return { table, kind, namespace, name, application, object, pools };
    });
}

/** Pools that are objects and name their cluster. */
function fromPoolObjects(
  table: CompiledTable,
  objects: ReadonlyMap<string, ObjectPair>,
  references: readonly ReferenceRow[],
): ClusterPair[] {
  const { cluster: binding, kind: poolKind } = table.pools;
  const namePath = parsePath(binding?.name ?? "$pool/metadata/name", "pool").segments;
  const clusters = new Map<
    string,
    Pick<ClusterPair, "object" | "name" | "namespace" | "application"> & { readonly pools: PoolPair[] }
  >();
  const clusterAt = (name: string, owner: ObjectPair) => {
    const kind = binding?.kind ?? poolKind ?? "";
    const object = findObject(objects, kind, owner, name);
    const { namespace, application } = object ?? owner;
    const key = keyOf(kind, namespace, name, application);
    let found = clusters.get(key);
    if (found === undefined) clusters.set(key, (found = { object, name, namespace, application, pools: [] }));
    return found;
  };
  for (const object of objects.values()) {
    if (object.row.role === "cluster") clusterAt(object.name, object);
    if (object.row.role !== "pool") continue;
    const clusterName = (manifest: Manifest | undefined): string | undefined => {
      const name = readSegments(manifest?.value, namePath);
      return typeof name === "string" ? name : undefined;
    };
    const member = (side: SideName): PoolMember | undefined => {
      const manifest = object[side];
      const name = clusterName(manifest);
      if (manifest === undefined) return undefined;
      const owner = name === undefined ? undefined : findObject(objects, binding?.kind ?? "", object, name);
      return memberOf(table, objects, side, object, manifest.value, owner?.[side]?.value);
    };
    const pair = { base: member("base"), head: member("head") };
    const [before, name] = [clusterName(object.base), clusterName(object.head) ?? clusterName(object.base) ?? ""];
    const left =
      before === undefined || before === name ? undefined : findObject(objects, binding?.kind ?? "", object, before);
    const pool = {
      name: object.name,
      object,
      ...pair,
      left,
      referenced: referencedBy(references, objects, object, pair),
    };
    clusterAt(name, object).pools.push(pool);
  }
  return [...clusters.values()].map((cluster) => ({ table, kind: binding?.kind ?? poolKind ?? "", ...cluster }));
}
