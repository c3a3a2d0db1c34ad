import type { ContextQuery, ContextSearch } from "../manifests/context-index.ts";
import type { Manifest } from "../manifests/manifest.ts";
import type { Outline } from "../rules/merge.ts";
import { parsePath, readAll } from "../rules/path.ts";
import { rowOf } from "./object-pair.ts";

/**
 * Which unchanged objects matter to a change: of a changed object its twins and users, of a pool its cluster and what both
 * refer to, of a cluster its pools. What is merely referred to leads no further, so other clusters stay unread.
 */
export function contextOf(systems: readonly Outline[]): ContextSearch {
  const each = (manifests: readonly Manifest[], isChanged: boolean): ContextQuery[] =>
    manifests.flatMap((manifest) =>
      systems
        .filter((system) => rowOf(system, manifest) !== undefined)
        .flatMap((system) => queriesFor(system, manifest, isChanged)),
    );
  return { begin: (changed) => each(changed, true), follow: (found) => each(found, false) };
}

function queriesFor(system: Outline, manifest: Manifest, isChanged: boolean): ContextQuery[] {
  const row = rowOf(system, manifest);
  if (row === undefined || row.role === "unsupported") return [];
  const { namespace, name, value, kind } = manifest;
  const poolKinds = system.objects.filter(({ role }) => role === "pool").map((object) => object.kind);
  const judgedKinds = system.objects
    .filter(({ role }) => role === "pool" || role === "cluster")
    .map((object) => object.kind);
  const queries: ContextQuery[] = isChanged ? [{ kinds: [kind], namespace, name }] : [];
  const named = (path: string, kinds: readonly string[]): void => {
    for (const found of readAll(value, parsePath(path, "pool").segments))
      if (typeof found.value === "string") queries.push({ kinds, namespace, name: found.value });
  };
  if (row.role === "reference" && isChanged) queries.push({ kinds: judgedKinds, namespace, name });
  if (row.role === "cluster" && poolKinds.length > 0) queries.push({ kinds: poolKinds, namespace, name });
  const { cluster } = system.pools;
  if (row.role === "pool" && cluster !== undefined) named(cluster.name, [cluster.kind]);
  for (const reference of system.references) {
    const root = parsePath(reference.names, "pool").root;
    if (root === row.role) named(reference.names, [reference.kind]);
  }
  return queries;
}
