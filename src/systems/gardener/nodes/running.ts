import type { Derived } from "../../../rules/functions.ts";
import { isHibernationEnabled } from "../shoot.ts";

/**
 * A bound of the nodes that a pool has. Of one that both sides have, or only the head, the numbers count that it is to have; one
 * that goes away loses what runs: nothing while the Shoot sleeps.
 */
const running =
  (bound: "minimum" | "maximum"): Derived =>
  (scope) =>
    scope.side === "base" && isHibernationEnabled(scope.get("$cluster")) ? 0 : scope.get(`$pool/${bound}`);

export const runningMinimum = running("minimum");
export const runningMaximum = running("maximum");
