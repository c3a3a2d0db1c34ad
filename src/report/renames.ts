import type { ClusterJudgement } from "../analysis/analyze.ts";
import { addTo } from "../manifests/group-by.ts";
import type { JsonObject } from "../manifests/manifest.ts";
import { canonicalText } from "../rules/canonical.ts";

/** Pools that go away and pools that come with the same content under another name: both directions, by pool name. */
export function renamesIn({ pools, cluster }: ClusterJudgement): {
  readonly to: Map<string, string>;
  readonly from: Map<string, string>;
} {
  const to = new Map<string, string>();
  const from = new Map<string, string>();
  const key = cluster.table.pools.key ?? "name";
  const content = (value: JsonObject | undefined): string => canonicalText({ ...value, [key]: null, metadata: null });
  const removed = pools.filter(({ pool }) => pool.base !== undefined && pool.head === undefined);
  if (removed.length === 0) return { to, from };
  /** Names of the pools that come, last first, by their content. */
  const added = new Map<string, string[]>();
  for (const { pool } of pools.toReversed())
    if (pool.base === undefined && pool.head !== undefined) addTo(added, content(pool.head.pool), pool.name);
  for (const { pool: old } of removed) {
    const twin = added.get(content(old.base?.pool))?.pop();
    if (twin === undefined) continue;
    to.set(old.name, twin);
    from.set(twin, old.name);
  }
  return { to, from };
}
