import { groupBy } from "../manifests/group-by.ts";
import { groupOf } from "../manifests/identity.ts";
import type { Manifest, SideName } from "../manifests/manifest.ts";
import { memoized } from "../manifests/memoized.ts";
import type { CompiledTable } from "../rules/compile.ts";
import type { ObjectRow } from "../rules/table.ts";
import { sharingParts } from "./shared-parts.ts";

/** One object on both sides. Application, group, kind, namespace and name make its identity; neither version nor file do. */
export interface ObjectPair {
  readonly table: CompiledTable;
  readonly row: ObjectRow;
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  /** What the object is deployed with. */
  readonly application: string | undefined;
  readonly base: Manifest | undefined;
  readonly head: Manifest | undefined;
}

/** `Shoot garden-prod/payments`. */
export const titleOf = (pair: Pick<ObjectPair, "kind" | "namespace" | "name">): string =>
  `${pair.kind} ${pair.namespace === undefined ? "" : `${pair.namespace}/`}${pair.name}`;

export const keyOf = (
  kind: string,
  namespace: string | undefined,
  name: string,
  application: string | undefined,
): string => JSON.stringify([kind, namespace ?? null, name, application ?? null]);

/**
 * What an object of one application means by a name: its own, or else the only one of that name anywhere. Of several it is the
 * one whose application is nearest, where that is one alone: `dev/pools` uses what `dev/cluster` holds.
 */
export function findObject(
  objects: ReadonlyMap<string, ObjectPair>,
  kind: string,
  { namespace, application }: Pick<ObjectPair, "namespace" | "application">,
  name: string,
): ObjectPair | undefined {
  const own = objects.get(keyOf(kind, namespace, name, application));
  if (own !== undefined) return own;
  const all = keysByName(objects).get(keyOf(kind, namespace, name, undefined)) ?? [];
  const key = all.length > 1 ? nearestOf(all, objects, application) : all[0];
  return key === undefined ? undefined : objects.get(key);
}

function nearestOf(
  keys: readonly string[],
  objects: ReadonlyMap<string, ObjectPair>,
  application: string | undefined,
): string | undefined {
  if (application === undefined) return undefined;
  const own = application.split("/");
  const shared = keys.map((key) => {
    const other = objects.get(key)?.application?.split("/") ?? [];
    const differs = own.findIndex((folder, at) => folder !== other[at]);
    return { key, depth: differs === -1 ? own.length : differs };
  });
  const most = Math.max(...shared.map(({ depth }) => depth));
  const nearest = shared.filter(({ depth }) => depth === most);
  return most > 0 && nearest.length === 1 ? nearest[0]?.key : undefined;
}

/** The keys of all objects of a kind, namespace and name, by the key without an application. Every name that leads nowhere asks. */
const keysByName = memoized((objects: ReadonlyMap<string, ObjectPair>): ReadonlyMap<string, readonly string[]> =>
  groupBy(objects.keys(), (key) => {
    const { kind, namespace, name, application } = objects.get(key)!;
    return application === undefined ? key : keyOf(kind, namespace, name, undefined);
  }),
);

/** The row of a table that judges manifests of this kind, or follows names to them. */
export const rowOf = (table: Pick<CompiledTable, "objects">, manifest: Manifest): ObjectRow | undefined =>
  table.objects.find(
    ({ api, kind, role }) =>
      kind === manifest.kind && groupOf(api) === manifest.group && role !== "unsupported" && role !== "ignored",
  );

/** All objects of both sides that a table knows, paired; by key. What is equal on both sides is one value. */
export function pairObjects(
  table: CompiledTable,
  base: readonly Manifest[],
  head: readonly Manifest[],
): Map<string, ObjectPair> {
  const pairs = new Map<string, ObjectPair>();
  const add = (side: SideName, manifest: Manifest): void => {
    const row = rowOf(table, manifest);
    if (row === undefined) return;
    const { kind, namespace, name, application } = manifest;
    const key = keyOf(kind, namespace, name, application);
    const earlier = pairs.get(key) ?? {
      table,
      row,
      kind,
      namespace,
      name,
      application,
      base: undefined,
      head: undefined,
    };
    if (earlier[side] === undefined) pairs.set(key, { ...earlier, [side]: manifest });
  };
  for (const manifest of base) add("base", manifest);
  for (const manifest of head) add("head", manifest);
  for (const [key, pair] of pairs)
    if (pair.base !== undefined && pair.head !== undefined)
      pairs.set(key, { ...pair, head: { ...pair.head, value: sharingParts(pair.base.value, pair.head.value) } });
  return pairs;
}
