import { isTrueText } from "../../rules/encodings/parse-bool.ts";
import type { Predicate, Scope } from "../../rules/functions.ts";
import { objectOf } from "./values.ts";

/** The day of the upstream code that the tables were read from: what lies before it is past, whenever this runs. */
const surelyPast = new Date("2026-08-22T00:00:00Z");

/** support/util/pausereconcile.go ProcessPausedUntilField: the text of a boolean or a date; anything else does not pause. */
function isPaused(value: unknown, now = surelyPast): boolean {
  if (typeof value !== "string") return false;
  if (isTrueText(value)) return true;
  const isDate = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(value);
  return isDate && Date.parse(value.replace(",", ".")) > now.getTime();
}

const poolPaused = (scope: Scope | undefined): boolean => isPaused(scope?.get("$pool/spec/pausedUntil"), scope?.now);
const clusterIsPaused = (scope: Scope | undefined): boolean =>
  isPaused(scope?.get("$cluster/spec/pausedUntil"), scope?.now);

export const pausedPool: Predicate = ({ head }) => poolPaused(head);
export const pausedCluster: Predicate = ({ head }) => clusterIsPaused(head);
/** Whatever had changed while it was paused is applied now. */
export const unpausedPool: Predicate = ({ base, head }) => poolPaused(base) && head !== undefined && !poolPaused(head);
export const unpausedCluster: Predicate = ({ base, head }) =>
  clusterIsPaused(base) && head !== undefined && !clusterIsPaused(head);

/** np/nodepool_controller.go Reconcile: what a removed pool says is not read any more, so that nobody takes its pause back. */
export const removedWhilePaused: Predicate = ({ base, head }) =>
  poolPaused(base) && (head === undefined || poolPaused(head));
/** The pool is removed from a HostedCluster that stays paused. */
export const removedFromPaused: Predicate = ({ base, head, clusterAfter }) =>
  head === undefined && clusterIsPaused(base) && isPaused(objectOf(clusterAfter?.["spec"])?.["pausedUntil"], base?.now);
/** A HostedCluster is removed with its pools while it is paused. */
export const removedWithPaused: Predicate = ({ base, clusterAfter }) =>
  clusterAfter === undefined && clusterIsPaused(base);
