import { splitApiVersion } from "../../manifests/identity.ts";
import type { ObjectRow } from "../../rules/table.ts";
import type { JudgedKind } from "../relevant.ts";

/** Kinds of objects that may stand apart from those that use them. */
export interface UsedKinds {
  /** Those that name a cluster of another object. */
  readonly pools: readonly JudgedKind[];
  readonly clusters: readonly JudgedKind[];
  /** Those that pools and clusters name. */
  readonly references: readonly JudgedKind[];
}

/** Of systems whose pools are objects of their own: what stands in one object has its pools with it. */
export function usedKindsOf(tables: readonly { readonly objects: readonly ObjectRow[] }[]): UsedKinds {
  const apart = tables.filter(({ objects }) => objects.some(({ role }) => role === "pool"));
  const kindsOf = (wanted: ObjectRow["role"]): JudgedKind[] =>
    apart.flatMap(({ objects }) =>
      objects.flatMap(({ api, kind, role }) => (role === wanted ? [{ group: splitApiVersion(api).group, kind }] : [])),
    );
  return { pools: kindsOf("pool"), clusters: kindsOf("cluster"), references: kindsOf("reference") };
}
