import { groupOf } from "../../manifests/identity.ts";
import type { ObjectRow } from "../../rules/table.ts";
import type { JudgedKind } from "../relevant.ts";

/** Kinds of objects that may be apart from those that use them. */
export interface UsedKinds {
  /** Pools that name their cluster, which is another object. */
  readonly pools: readonly JudgedKind[];
  readonly clusters: readonly JudgedKind[];
  /** Objects that pools and clusters refer to. */
  readonly references: readonly JudgedKind[];
}

/** Only systems whose pools are objects of their own: elsewhere the pools are inside the cluster object. */
export function usedKindsOf(tables: readonly { readonly objects: readonly ObjectRow[] }[]): UsedKinds {
  const apart = tables.filter(({ objects }) => objects.some(({ role }) => role === "pool"));
  const kindsOf = (wanted: ObjectRow["role"]): JudgedKind[] =>
    apart.flatMap(({ objects }) =>
      objects.flatMap(({ api, kind, role }) => (role === wanted ? [{ group: groupOf(api), kind }] : [])),
    );
  return { pools: kindsOf("pool"), clusters: kindsOf("cluster"), references: kindsOf("reference") };
}
