import { groupBy } from "../manifests/group-by.ts";
import type { Manifest } from "../manifests/manifest.ts";

/** The applications that a side has, also those of which no object was read. */
type Applications = ReadonlySet<string>;

const identityOf = ({ group, kind, namespace, name }: Manifest): string =>
  JSON.stringify([group, kind, namespace ?? null, name]);
const keyOf = (manifest: Manifest): string => JSON.stringify([manifest.application ?? null, identityOf(manifest)]);

/**
 * Gives objects of the base the application under which the head has them, where an application came, went or was renamed,
 * so that moving manifests is no change. Between two applications that both sides have nothing moves: they are two
 * deployments, and the object leaves one for the other.
 */
export function alignApplications(
  base: readonly Manifest[],
  head: readonly Manifest[],
  applications: { readonly base: Applications; readonly head: Applications },
): readonly Manifest[] {
  const has = {
    base: new Set([...applications.base, ...namesIn(base)]),
    head: new Set([...applications.head, ...namesIn(head)]),
  };
  if (has.base.size === 0 && has.head.size === 0) return base;
  const keys = { base: new Set(base.map(keyOf)), head: new Set(head.map(keyOf)) };
  const arrivals: Map<string, readonly Manifest[]> = groupBy(
    head.filter((manifest) => !keys.base.has(keyOf(manifest))),
    identityOf,
  );
  const moves = new Map<string | undefined, Map<string | undefined, number>>();
  const aligned = base.map((manifest) => {
    if (keys.head.has(keyOf(manifest))) return manifest;
    const from = manifest.application;
    const candidates = (arrivals.get(identityOf(manifest)) ?? []).filter(
      ({ application: to }) => from === undefined || to === undefined || !has.head.has(from) || !has.base.has(to),
    );
    const twin = nearest(manifest, candidates);
    if (twin === undefined) return manifest;
    arrivals.set(
      identityOf(manifest),
      (arrivals.get(identityOf(manifest)) ?? []).filter((other) => other !== twin),
    );
    const counts = moves.get(from) ?? new Map<string | undefined, number>();
    moves.set(from, counts.set(twin.application, (counts.get(twin.application) ?? 0) + 1));
    return { ...manifest, application: twin.application };
  });
  // What is left of an application that is gone went where most of it went: a generated name differs on each side.
  return aligned.map((manifest) => {
    const { application } = manifest;
    const counts = moves.get(application);
    if (counts === undefined || keys.head.has(keyOf(manifest))) return manifest;
    if (application !== undefined && has.head.has(application)) return manifest;
    const [to] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [application];
    return { ...manifest, application: to };
  });
}

const namesIn = (manifests: readonly Manifest[]): string[] =>
  manifests.flatMap(({ application }) => (application === undefined ? [] : [application]));

/** Where there are several, the one whose application has the most similar name: `overlays/dev` became `clusters/dev`. */
function nearest(manifest: Manifest, candidates: readonly Manifest[]): Manifest | undefined {
  if (candidates.length < 2) return candidates[0];
  const last = (application: string | undefined): string => application?.split("/").at(-1) ?? "";
  return candidates.find(({ application }) => last(application) === last(manifest.application)) ?? candidates[0];
}
