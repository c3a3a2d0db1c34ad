import type { JsonObject, SideName } from "../manifests/manifest.ts";
import { sideNames } from "../manifests/side-names.ts";
import type { CompiledTable } from "../rules/compile.ts";
import type { Reference } from "../rules/functions.ts";
import { parsePath, readAll, readSegments } from "../rules/path.ts";
import type { ReferenceRow } from "../rules/table.ts";
import { findObject, type ObjectPair } from "./object-pair.ts";

/** One pool on one side. */
export interface PoolMember {
  readonly pool: JsonObject;
  /** The cluster object of this side, if it is among the manifests. */
  readonly cluster: JsonObject | undefined;
  /** The objects that the pool, its cluster or another reference names under a reference id, in the order of the names. */
  readonly references: (id: string) => readonly Reference[];
}

export function memberOf(
  table: CompiledTable,
  objects: ReadonlyMap<string, ObjectPair>,
  side: SideName,
  owner: ObjectPair,
  pool: JsonObject,
  cluster: JsonObject | undefined,
): PoolMember {
  const known = new Map<string, readonly Reference[]>();
  const references = (id: string): readonly Reference[] => {
    const earlier = known.get(id);
    if (earlier !== undefined) return earlier;
    const row = table.references.find((reference) => reference.id === id);
    if (row === undefined) return [];
    const place = placeOf(row, owner);
    const found = namesOf(row, member).map((name) => ({
      kind: row.kind,
      namespace: place.namespace,
      name,
      value: findObject(objects, row.kind, place, name)?.[side]?.value,
    }));
    known.set(id, found);
    return found;
  };
  const member: PoolMember = { pool, cluster, references };
  return member;
}

/** Where the objects are that an object names. */
const placeOf = (
  { clusterScoped }: ReferenceRow,
  { namespace, application }: ObjectPair,
): Pick<ObjectPair, "namespace" | "application"> => ({
  namespace: clusterScoped === true ? undefined : namespace,
  application,
});

function namesOf({ kind, names, kindAt }: ReferenceRow, member: PoolMember): string[] {
  const { root, segments } = parsePath(names, "pool");
  return namersAt(root, member).flatMap((namer) => {
    if (kindAt !== undefined) {
      const written = readSegments(namer, parsePath(kindAt.from, "pool").segments);
      if ((typeof written === "string" && written !== "" ? written : kindAt.default) !== kind) return [];
    }
    return [...readAll(namer, segments)].flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  });
}

/** The objects that a root stands for on this side. */
function namersAt(root: string, { pool, cluster, references }: PoolMember): readonly JsonObject[] {
  if (root === "pool") return [pool];
  if (root === "cluster") return cluster === undefined ? [] : [cluster];
  return references(root).flatMap(({ value }) => (value === undefined ? [] : [value]));
}

/** The objects that either side refers to, by reference id. */
export function referencedBy(
  references: readonly ReferenceRow[],
  objects: ReadonlyMap<string, ObjectPair>,
  owner: ObjectPair,
  pair: { readonly base: PoolMember | undefined; readonly head: PoolMember | undefined },
): Map<string, readonly ObjectPair[]> {
  const found = new Map<string, readonly ObjectPair[]>();
  for (const row of references) {
    const place = placeOf(row, owner);
    const pairs = new Set<ObjectPair>();
    for (const side of sideNames) {
      const member = pair[side];
      for (const name of member === undefined ? [] : namesOf(row, member)) {
        const object = findObject(objects, row.kind, place, name);
        if (object !== undefined) pairs.add(object);
      }
    }
    found.set(row.id, [...pairs]);
  }
  return found;
}
