import type { ClusterJudgement } from "../analysis/analyze.ts";
import type { PoolJudgement } from "../analysis/judge-pool.ts";
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
  const added = pools.filter(({ pool }) => pool.base === undefined && pool.head !== undefined);
  for (const { pool: old } of removed) {
    const twin = added.find(
      (one: PoolJudgement) => !from.has(one.pool.name) && content(one.pool.head?.pool) === content(old.base?.pool),
    );
    if (twin === undefined) continue;
    to.set(old.name, twin.pool.name);
    from.set(twin.pool.name, old.name);
  }
  return { to, from };
}
