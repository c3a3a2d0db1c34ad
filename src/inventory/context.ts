import type { ContextQuery, ContextSearch, Users } from "../manifests/context-index.ts";
import type { Manifest } from "../manifests/manifest.ts";
import { quote } from "../manifests/quote.ts";
import type { Outline } from "../rules/merge.ts";
import { parsePath, readAll, readSegments } from "../rules/path.ts";
import type { ObjectRow, ReferenceRow } from "../rules/table.ts";
import { rowOf } from "./object-pair.ts";

/**
 * Which unchanged objects matter to a change: of a changed object its twins and users, of a pool its cluster and what both
 * refer to, of a cluster its pools. What is merely referred to leads no further, so other clusters stay unread.
 */
export function contextOf(systems: readonly Outline[]): ContextSearch {
  /** Changed objects that others name: clusters that use one change with it. */
  const changed = new Set<string>();
  const each = (manifests: readonly Manifest[], isChanged: boolean): ContextQuery[] =>
    manifests.flatMap((manifest) =>
      systems
        .filter((system) => rowOf(system, manifest) !== undefined)
        .flatMap((system) => queriesFor(system, manifest, isChanged, changed)),
    );
  return { begin: (manifests) => each(manifests, true), follow: (found) => each(found, false) };
}

const keyOf = (kind: string, namespace: string | undefined, name: string): string =>
  JSON.stringify([kind, namespace, name]);

function queriesFor(system: Outline, manifest: Manifest, isChanged: boolean, changed: Set<string>): ContextQuery[] {
  const row = rowOf(system, manifest);
  if (row === undefined) return [];
  const { namespace, name, value, kind } = manifest;
  const queries: ContextQuery[] = isChanged ? [{ kinds: [kind], namespace, name }] : [];
  const named = (path: string, kinds: readonly string[]): string[] =>
    [...readAll(value, parsePath(path, "pool").segments)].flatMap((found) => {
      if (typeof found.value !== "string") return [];
      queries.push({ kinds, namespace, name: found.value });
      return [keyOf(kinds[0] ?? "", namespace, found.value)];
    });
  if (row.role === "reference" && (isChanged || namesChanged(system, manifest, changed))) {
    changed.add(keyOf(kind, namespace, name));
    const references = system.references.filter((reference) => reference.kind === kind && isRead(reference, manifest));
    const between = references.flatMap((reference) => namerOf(system, reference)?.kind ?? []);
    const kinds = [...kindsOf(system, "pool"), ...kindsOf(system, "cluster"), ...between];
    queries.push({ kinds, namespace, name, ...usersOf(manifest, pathsOf(system, references)) });
  }
  const { cluster } = system.pools;
  if (row.role === "pool" && cluster !== undefined) named(cluster.name, [cluster.kind]);
  let isTouched = isChanged;
  for (const reference of system.references) {
    if (reference.changesOnly === true || parsePath(reference.names, "pool").root !== row.role) continue;
    const names = named(reference.names, [reference.kind]);
    isTouched ||= names.some((one) => changed.has(one));
  }
  const pools = kindsOf(system, "pool");
  if (row.role === "cluster" && pools.length > 0) {
    const users =
      isTouched && cluster !== undefined ? usersOf(manifest, pathsOf(system, [{ names: cluster.name }])) : {};
    queries.push({ kinds: pools, namespace, name, ...users });
  }
  return queries;
}

/** The reference whose objects write the names of another. */
const namerOf = (system: Outline, { names }: Pick<ReferenceRow, "names">): ReferenceRow | undefined => {
  const { root } = parsePath(names, "pool");
  return system.references.find(({ id }) => id === root);
};

/** Whether an object that others name takes something from one that changed. */
const namesChanged = (system: Outline, { kind, namespace, value }: Manifest, changed: ReadonlySet<string>): boolean =>
  system.references.some(
    (reference) =>
      namerOf(system, reference)?.kind === kind &&
      [...readAll(value, parsePath(reference.names, "pool").segments)].some(
        (found) =>
          typeof found.value === "string" &&
          changed.has(keyOf(reference.kind, reference.clusterScoped === true ? undefined : namespace, found.value)),
      ),
  );

const kindsOf = (system: Outline, role: ObjectRow["role"]): string[] =>
  system.objects.filter((object) => object.role === role).map(({ kind }) => kind);

/** Whether something in the object reaches nodes when it is named like this. */
const isRead = ({ reads }: ReferenceRow, { value }: Manifest): boolean =>
  reads === undefined || reads.some((path) => readSegments(value, parsePath(path, "pool").segments) !== undefined);

/** Where objects of each kind write these names. */
function pathsOf(system: Outline, references: readonly Pick<ReferenceRow, "names">[]): Users["paths"] {
  const paths: Record<string, string[][]> = {};
  for (const reference of references) {
    const { root, segments } = parsePath(reference.names, "pool");
    const namers = system.objects.filter(({ role }) => role === root).map(({ kind }) => kind);
    for (const kind of [namers, namerOf(system, reference)?.kind ?? []].flat())
      (paths[kind] ??= []).push([...segments]);
  }
  return paths;
}

/** Nobody uses what no path can name. */
function usersOf({ kind, namespace, name }: Manifest, paths: Users["paths"]): Pick<ContextQuery, "users"> {
  if (Object.keys(paths).length === 0) return {};
  const title = `${kind} ${quote(namespace === undefined ? name : `${namespace}/${name}`)}`;
  return { users: { kind, title, paths } };
}
