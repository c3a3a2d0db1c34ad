import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import type { PoolChanges } from "./changes/addresses.ts";
import type { Deployment } from "./deployment.ts";
import { findingWithoutRow, type PoolFinding } from "./finding.ts";

/** Findings that take the place of the rules for pools about which rules can say nothing; undefined for all others. */
export function findingsWithoutRules(
  cluster: ClusterPair,
  pool: PoolPair,
  changes: PoolChanges,
  { undecided }: Deployment,
): PoolFinding[] | undefined {
  const { system } = cluster.table;
  const failed = undecided.get(pool.object.application ?? cluster.application ?? "");
  if (failed !== undefined)
    return [findingWithoutRow({ rule: `${system}/${failed.code}`, effect: "unknown", because: failed.because })];
  const { createdOnce } = pool.object.head ?? {};
  if (createdOnce === undefined || pool.object.base === undefined) return undefined;
  const { because, source } = createdOnce;
  const change = changes.find(({ own }) => own) ?? changes.at(0);
  if (change === undefined) return undefined;
  return [findingWithoutRow({ rule: `${system}/created-once`, effect: "new-nodes-only", because, source, change })];
}
