import type { ClusterPair } from "../inventory/inventory.ts";
import { locateKeyed } from "../inventory/keyed.ts";
import { titleOf } from "../inventory/object-pair.ts";
import type { Diagnostic } from "../manifests/manifest.ts";
import { covers, toPointer } from "../rules/path.ts";
import { changesOf } from "./changes/raw-changes.ts";

/** What to say where a change is in an item of the list of pools that no pool's name leads to. */
export function unnamedPools({ table, object, pools }: ClusterPair): Diagnostic | undefined {
  if (table.pools.at === undefined || object === undefined) return undefined;
  const list = table.pathOf(table.pools.at).segments;
  const names = new Set(pools.map(({ name }) => name));
  const change = changesOf(object).changes.find(
    ({ segments }) =>
      segments.length > list.length && covers(list, segments) && !names.has(segments[list.length] ?? ""),
  );
  if (change === undefined) return undefined;
  const manifest = object.head ?? object.base;
  const position = manifest === undefined ? undefined : locateKeyed(manifest, object.row, change.segments);
  return {
    severity: "error",
    code: "unnamed-pool",
    message: `${titleOf(object)}: ${toPointer(change.segments.slice(0, list.length + 1))} has no name, or that of another pool, so what its change does is not known; give it a name of its own`,
    ...(position === undefined ? {} : { file: position.file, line: position.line }),
    incomplete: true,
    hidesPools: true,
  };
}
