import type { PoolReport, Report } from "./report.ts";

/** Whether something happens to a pool, now or once it no longer waits. */
export const isAffected = ({ effect, pending }: Pick<PoolReport, "effect" | "pending">): boolean =>
  effect !== "none" || pending !== null;

/** Whether something happens to any pool, or may to one that is not listed. */
export const hasEffect = ({ pools, unjudged }: Pick<Report, "pools" | "unjudged">): boolean =>
  unjudged === true || pools.some(isAffected);
