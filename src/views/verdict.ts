import type { PoolReport, Report } from "../report/report.ts";
import { type Effect, effects } from "../rules/words.ts";
import { movingOf } from "./pace.ts";
import {
  amount,
  besideRefusal,
  conditions,
  countClusters,
  countNodes,
  fate,
  grouped,
  isDisruptive,
  waits,
} from "./phrases.ts";

/** The answer in one sentence, then what else happens in a second one (empty when nothing does). */
export function verdict(report: Report): { readonly first: string; readonly rest: string } {
  const { pools } = report;
  const strongest = pools.filter((pool) => pool.effect === report.verdict);
  const waiting = waitingSentences(pools);
  const rest: string[] = [];
  let first: string;
  if (report.verdict !== "none") {
    first =
      strongest.length === 0
        ? "There may be pools that could not be judged, so what happens to their nodes is unknown."
        : `${share(strongest, pools.length)} ${fate(report.verdict, strongest.length)}${reach(report.verdict, strongest)}.`;
    const reason = report.verdict === "scale" ? sharedReason(strongest) : undefined;
    if (reason !== undefined) rest.push(`${reason}.`);
    const others = countsOf(report).filter(([effect]) => effect !== report.verdict && effect !== "none");
    if (others.length > 0) rest.push(`Also: ${listed(others)}.`);
    const beside = effects.map(
      (effect) => [effect, pools.filter((pool) => besideRefusal(pool) === effect).length] as const,
    );
    const applied = beside.filter(([, count]) => count > 0);
    if (applied.length > 0)
      rest.push(`By other objects of the change, which are applied all the same: ${listed(applied)}.`);
  } else if (waiting.length > 0) {
    first = "No node is touched yet.";
  } else if (!report.complete) {
    first = "Nothing was found that touches a node, but not everything could be read.";
  } else if (pools.length === 0) {
    first = "No worker pool is touched.";
  } else {
    first = `No node is touched: ${amount(pools.length, "pool")} in ${amount(countClusters(pools), "cluster")} ${fate("none", pools.length)}.`;
  }
  return { first, rest: [...rest, ...waiting].join(" ") };
}

/** A longer reason is left to where the causes are. */
const longestReason = 200;

/** "Scaled" may be one node more, or none left: what all of these pools have as their only reason says which. */
function sharedReason(pools: readonly PoolReport[]): string | undefined {
  const reasons = new Set(
    pools.flatMap(({ causes }) => causes.filter(({ effect }) => effect === "scale").map(({ because }) => because)),
  );
  const [reason] = reasons;
  return reasons.size === 1 && reason !== undefined && reason.length <= longestReason ? reason : undefined;
}

/** How many of how many: "2 of 5 pools in 1 cluster", "Both pools in 1 cluster", "All 5 pools in 2 clusters", "1 pool". */
function share(touched: readonly PoolReport[], total: number): string {
  const clusters = amount(countClusters(touched), "cluster");
  if (touched.length < total) return `${grouped(touched.length)} of ${amount(total, "pool")} in ${clusters}`;
  if (total === 1) return "1 pool";
  return total === 2 ? `Both pools in ${clusters}` : `All ${amount(total, "pool")} in ${clusters}`;
}

/**
 * Where nodes stop serving it matters how many they are, a pool may have one or a thousand, and how many of all pools are on
 * the move together: pools do not wait for each other.
 */
function reach(effect: Effect, pools: readonly PoolReport[]): string {
  const nodes = isDisruptive(effect) ? nodesTogether(pools) : undefined;
  if (nodes === undefined) return "";
  const moving = pools.length > 1 ? movingTogether(pools) : undefined;
  if (moving === undefined) return `: ${nodes}`;
  return `: ${nodes}, ${moving === countNodes(pools).most ? "all at once" : `up to ${grouped(moving)} at a time`}`;
}

/** How many nodes of all pools are on the move together; undefined where that cannot be said of one of them. */
function movingTogether(pools: readonly PoolReport[]): number | undefined {
  let sum = 0;
  for (const pool of pools) {
    const moving = movingOf(pool);
    if (moving === undefined) return undefined;
    sum += Math.min(moving, pool.nodes.maximum ?? moving);
  }
  return sum;
}

/** "6 nodes", "6 to 12 nodes", "up to 12 nodes", "at least 6 nodes"; nothing where the manifests do not say. */
function nodesTogether(pools: readonly PoolReport[]): string | undefined {
  const { least, most } = countNodes(pools);
  if (most === undefined) return least === 0 ? undefined : `at least ${amount(least, "node")}`;
  if (most <= least) return amount(least, "node");
  return least === 0 ? `up to ${amount(most, "node")}` : `${grouped(least)} to ${amount(most, "node")}`;
}

const listed = (counts: readonly (readonly [effect: Effect, count: number])[]): string =>
  counts.map(([effect, count]) => `${grouped(count)} ${effect}`).join(", ");

/** What pools wait with, the worst first, and how many do: "3 pools wait: replace once unpaused." */
function waitingSentences(pools: readonly PoolReport[]): string[] {
  const found = new Map<string, number>();
  for (const effect of effects)
    for (const pool of pools) {
      const { pending } = pool;
      if (pending?.effect !== effect || !waits(pool)) continue;
      const key = `${effect} ${conditions[pending.until]}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
  return Array.from(found, ([key, count]) => `${amount(count, "pool")} ${count === 1 ? "waits" : "wait"}: ${key}.`);
}

/** How many pools have which effect, strongest first, without those that no pool has. */
const countsOf = ({ counts }: Report): (readonly [effect: Effect, count: number])[] =>
  effects.flatMap((effect) => ((counts[effect] ?? 0) > 0 ? [[effect, counts[effect] ?? 0] as const] : []));
