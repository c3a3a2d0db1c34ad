import { groupBy } from "../manifests/group-by.ts";
import type { PoolReport } from "../report/report.ts";
import { nodeCount, pace, surge } from "./pace.ts";
import { clusterName, effectLabel } from "./phrases.ts";

/** One row of a table of pools: a pool, or several pools of one cluster to which the same happens. */
export interface PoolRow {
  readonly cluster: string;
  readonly label: string;
  readonly pool: PoolReport;
  readonly pools: readonly PoolReport[];
}

/** A row for each pool; above `limit` rows, alike pools of a cluster are drawn into one. `beside` is what else a row says. */
export function foldPools(
  pools: readonly PoolReport[],
  limit: number,
  beside: (pool: PoolReport) => string = () => "",
): PoolRow[] {
  if (pools.length <= limit) {
    return pools.map((pool) => ({ cluster: clusterName(pool), label: pool.pool, pool, pools: [pool] }));
  }
  const rows = groupBy(pools, (pool) =>
    JSON.stringify([
      pool.system,
      clusterName(pool),
      effectLabel(pool),
      nodeCount(pool.nodes),
      surge(pool),
      pace(pool),
      beside(pool),
    ]),
  );
  return Array.from(rows.values(), (list) => ({
    cluster: clusterName(list[0]),
    label: label(list),
    pool: list[0],
    pools: list,
  }));
}

function label(list: readonly PoolReport[]): string {
  const names = list.map(({ pool }) => pool);
  if (names.length <= 3) return names.join(", ");
  return `${names.length} pools: ${names[0] ?? ""} … ${names.at(-1) ?? ""}`;
}
