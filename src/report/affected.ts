import type { PoolReport } from "./report.ts";

/** Whether something happens to a pool, now or once it no longer waits. */
export const isAffected = ({ effect, pending }: Pick<PoolReport, "effect" | "pending">): boolean =>
  effect !== "none" || pending !== null;
