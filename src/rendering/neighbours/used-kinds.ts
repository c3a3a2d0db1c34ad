import { groupOf } from "../../manifests/identity.ts";
import { parsePath } from "../../rules/path.ts";
import type { ObjectRow, ReferenceRow } from "../../rules/table.ts";
import type { JudgedKind } from "../relevant.ts";

/** Kinds of objects of one system that may be apart from those that use them. */
export interface UsedKinds {
  /** Pools, or the clusters that hold their pools themselves. */
  readonly pools: readonly JudgedKind[];
  /** Clusters that pools name, which are objects of their own. */
  readonly clusters: readonly JudgedKind[];
  /** Objects that pools and clusters refer to. */
  readonly references: readonly JudgedKind[];
  /** Those of them that take something from others of them, which reaches whoever names them. */
  readonly between: readonly JudgedKind[];
}

export const usedKindsOf = (
  tables: readonly { readonly objects: readonly ObjectRow[]; readonly references: readonly ReferenceRow[] }[],
): UsedKinds[] =>
  tables.map(({ objects, references: rows }) => {
    const kindsOf = (wanted: ObjectRow["role"]): JudgedKind[] =>
      objects.flatMap(({ api, kind, role }) => (role === wanted ? [{ group: groupOf(api), kind }] : []));
    const [pools, clusters, references] = [kindsOf("pool"), kindsOf("cluster"), kindsOf("reference")];
    const namers = new Set(rows.map(({ names }) => parsePath(names, "pool").root));
    const naming = new Set(rows.flatMap(({ id, kind }) => (namers.has(id) ? [kind] : [])));
    const between = references.filter(({ kind }) => naming.has(kind));
    return pools.length > 0
      ? { pools, clusters, references, between }
      : { pools: clusters, clusters: [], references, between };
  });
