import type { PoolReport } from "../report/report.ts";
import { shareOf } from "../rules/share-of.ts";
import type { Effect } from "../rules/words.ts";
import { isRolling, movement } from "./phrases.ts";

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
export function surge(pool: PoolReport): string {
  if (!isRolling(movement(pool))) return "";
  const { nodes } = pool;
  const parts: string[] = [];
  if (nodes.surge !== null) parts.push(`+${nodes.surge}`);
  if (nodes.unavailable !== null) parts.push(`-${nodes.unavailable}`);
  return parts.join(" ");
}

/** How many nodes are on the move at a time; empty where nothing moves or nobody can say. */
export function pace(pool: PoolReport): string {
  const effect = movement(pool);
  if (!isRolling(effect)) return "";
  if (effect === "on-delete") return "when deleted by hand";
  if (isByHand(pool, effect)) return "when selected by hand";
  const { nodes } = pool;
  const most = mostOf(nodes);
  const together = movingOf(pool);
  if (together === undefined) return "";
  if (most !== null && most > 1 && together >= most) return `all ${most} at once`;
  return `${together} at a time${nodes.zones === undefined ? "" : ` in ${nodes.zones} zones`}`;
}

/** Somebody selects the nodes that are updated in place; a provider that replaces them instead asks nobody. */
const isByHand = ({ nodes }: PoolReport, effect: Effect): boolean =>
  effect === "inplace-drain" && nodes.strategy?.startsWith("Manual") === true;
const mostOf = ({ maximum, minimum }: Nodes): number | null => maximum ?? minimum;

/** How many nodes of a pool are on the move at a time; undefined where nobody can say, or somebody decides it by hand. */
export function movingOf(pool: PoolReport): number | undefined {
  const effect = movement(pool);
  const { nodes } = pool;
  if (!isRolling(effect) || effect === "on-delete" || isByHand(pool, effect)) return undefined;
  if (nodes.surge === null && nodes.unavailable === null) return undefined;
  return onTheMove(effect === "inplace-drain" ? { ...nodes, surge: null } : nodes, mostOf(nodes));
}

/** The nodes of all zones that may be replaced or drained at the same time; zones without nodes have no part in it. */
function onTheMove({ minimum, surge, unavailable, zones = 1 }: Nodes, most: number | null): number | undefined {
  let sum = 0;
  for (let zone = 0; zone < zones; zone++) {
    const nodes = most === null ? null : shareOf(most, zone, zones);
    if (nodes === 0 && zone > 0) continue;
    const up = scaled(surge, { zone, zones, nodes, total: most }, Math.ceil);
    const down = scaled(unavailable, { zone, zones, nodes, total: minimum ?? most }, Math.floor);
    if (up === undefined || down === undefined) return undefined;
    // Both at zero is refused or read as one by the controllers; the rules say so where it matters.
    sum += Math.max(1, up + down);
  }
  return sum;
}

interface Zone {
  readonly zone: number;
  readonly zones: number;
  /** The nodes of the zone. */
  readonly nodes: number | null;
  /** The nodes of all zones, by which a percentage is weighted. */
  readonly total: number | null;
}

/**
 * What a zone has of a surge or an unavailability (gardener/gardener@b312835d extensions/pkg/controller/worker/machines.go
 * DistributePositiveIntOrPercent), as a number of nodes: machine controllers round a surge up and an unavailability down, as
 * Deployments do (k8s.io/apimachinery intstr GetScaledValueFromIntOrPercent; MachineDeployments of MCM and Cluster API).
 */
function scaled(value: string | null, part: Zone, round: (share: number) => number): number | undefined {
  const { zone, zones, nodes, total } = part;
  if (value === null) return 0;
  if (/^\d+$/.test(value)) return shareOf(Number(value), zone, zones);
  const percent = /^(\d+)%$/.exec(value)?.[1];
  if (percent === undefined || nodes === null || total === null) return undefined;
  const weight = total % zones === 0 ? 100 : (100 / (total / zones)) * shareOf(total, zone, zones);
  return round((Math.ceil((weight * Number(percent)) / 100) * nodes) / 100);
}
