import type { PoolReport } from "../report/report.ts";
import { isRolling } from "./phrases.ts";

type Nodes = PoolReport["nodes"];

/** `2-4`, `3`, or nothing where the manifests do not say. */
export function nodeCount({ minimum, maximum }: Nodes): string {
  if (minimum === null && maximum === null) return "";
  if (minimum === null) return `up to ${maximum}`;
  return maximum === null || maximum === minimum ? `${minimum}` : `${minimum}-${maximum}`;
}

/**
 * `+1 -0`: machines that may come before, and nodes that may go before their successors are there; only said where nodes move.
 */
export function surge({ nodes, effect, pending }: PoolReport): string {
  if (!isRolling(pending?.effect ?? effect)) return "";
  const parts: string[] = [];
  if (nodes.surge !== null) parts.push(`+${nodes.surge}`);
  if (nodes.unavailable !== null) parts.push(`-${nodes.unavailable}`);
  return parts.join(" ");
}

/**
 * A share of the nodes as a number: machine controllers round a surge up and an unavailability down, as Deployments do
 * (k8s.io/apimachinery intstr GetScaledValueFromIntOrPercent; MachineDeployments of MCM and Cluster API).
 */
function scaled(value: string | null, total: number | null, round: (share: number) => number): number | undefined {
  if (value === null) return 0;
  if (/^\d+$/.test(value)) return Number(value);
  const percent = /^(\d+)%$/.exec(value)?.[1];
  return percent === undefined || total === null ? undefined : round((Number(percent) * total) / 100);
}

/** How many nodes are on the move at a time; empty where nothing moves or nobody can say. */
export function pace(pool: PoolReport): string {
  const effect = pool.pending?.effect ?? pool.effect;
  if (!isRolling(effect)) return "";
  if (effect === "on-delete") return "when deleted by hand";
  const { nodes } = pool;
  if (nodes.strategy?.startsWith("Manual") === true) return "when selected by hand";
  if (nodes.surge === null && nodes.unavailable === null) return "";
  const most = nodes.maximum ?? nodes.minimum;
  const up = effect === "inplace-drain" ? 0 : scaled(nodes.surge, most, Math.ceil);
  const down = scaled(nodes.unavailable, most, Math.floor);
  if (up === undefined || down === undefined) return "";
  // Both at zero is refused or read as one by the controllers; the rules say so where it matters.
  const together = Math.max(1, up + down);
  return most !== null && most > 0 && together >= most && most > 1 ? `all ${most} at once` : `${together} at a time`;
}
