import { groupBy } from "../manifests/group-by.ts";
import type { Manifest } from "../manifests/manifest.ts";

const nameOf = ({ application, group, kind, name }: Manifest): string =>
  JSON.stringify([application ?? null, group, kind, name]);
const keyOf = (manifest: Manifest): string => JSON.stringify([manifest.namespace ?? null, nameOf(manifest)]);

/**
 * Gives objects of the base the namespace under which the head has them, where one side names it and the other does not: whoever
 * applies a manifest without a namespace brings it along, so that writing it down is no new object by itself. Among several of
 * one name nothing says which is which.
 */
export function alignNamespaces(base: readonly Manifest[], head: readonly Manifest[]): readonly Manifest[] {
  const keys = { base: new Set(base.map(keyOf)), head: new Set(head.map(keyOf)) };
  const arrivals = groupBy(
    head.filter((manifest) => !keys.base.has(keyOf(manifest))),
    nameOf,
  );
  if (arrivals.size === 0) return base;
  const departures = groupBy(
    base.filter((manifest) => !keys.head.has(keyOf(manifest))),
    nameOf,
  );
  return base.map((manifest) => {
    const name = nameOf(manifest);
    const [twin, ...others] = arrivals.get(name) ?? [];
    if (twin === undefined || others.length > 0 || departures.get(name)?.length !== 1) return manifest;
    if (keys.head.has(keyOf(manifest))) return manifest;
    const isNamedOnce = (manifest.namespace === undefined) !== (twin.namespace === undefined);
    return isNamedOnce ? { ...manifest, namespace: twin.namespace } : manifest;
  });
}
