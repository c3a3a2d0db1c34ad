import { hidden } from "../report/hidden.ts";
import type { Cause, PoolReport, Report } from "../report/report.ts";
import type { Effect } from "../rules/words.ts";

/** The sentences of all views, so that a terminal, a comment and an annotation say the same. Plain text: each view escapes. */

interface EffectWords {
  /** After "3 pools": what becomes of them. */
  readonly fate: readonly [one: string, many: string];
  /** What the effect means for the nodes. */
  readonly meaning: string;
}

const words: Readonly<Record<Effect, EffectWords>> = {
  rejected: {
    fate: [
      "cannot be changed like this: the API server refuses it",
      "cannot be changed like this: the API server refuses it",
    ],
    meaning: "the API server refuses the object, so nothing of it happens",
  },
  delete: { fate: ["will be deleted", "will be deleted"], meaning: "the pool and its nodes go away" },
  replace: {
    fate: ["will have its nodes replaced", "will have their nodes replaced"],
    meaning: "every node is replaced: a new machine comes, the old one is drained and deleted",
  },
  "on-delete": {
    fate: [
      "will have each node replaced once somebody deletes it",
      "will have each node replaced once somebody deletes it",
    ],
    meaning: "every node is replaced, but each only when somebody deletes it",
  },
  "inplace-drain": {
    fate: ["will have its nodes drained and updated in place", "will have their nodes drained and updated in place"],
    meaning: "nodes stay, but each is drained, updated and perhaps rebooted",
  },
  unknown: {
    fate: ["cannot be judged from the manifests alone", "cannot be judged from the manifests alone"],
    meaning: "the manifests alone do not decide it; what is missing is said below",
  },
  create: { fate: ["will be created", "will be created"], meaning: "a new pool" },
  inplace: {
    fate: ["will be changed in place, without a drain", "will be changed in place, without a drain"],
    meaning: "running nodes are changed without a drain",
  },
  scale: {
    fate: ["will be scaled", "will be scaled"],
    meaning: "the number of nodes changes, perhaps to none; nodes that stay are left as they are",
  },
  "new-nodes-only": {
    fate: ["will change for new nodes only", "will change for new nodes only"],
    meaning: "running nodes stay as they are; nodes created later get it",
  },
  none: { fate: ["stays as it is", "stay as they are"], meaning: "nothing on the nodes" },
};

/** The effects in which nodes stop serving: a reader must see these first. */
const disruptive: ReadonlySet<Effect> = new Set<Effect>(["delete", "replace", "on-delete", "inplace-drain"]);
/** The effects that bring a whole pool to new nodes or a new state, once however many changes ask for it. */
const rolling: ReadonlySet<Effect> = new Set<Effect>(["replace", "on-delete", "inplace-drain"]);

/** What becomes of so many pools, after their number. */
export const fate = (effect: Effect, count: number): string => words[effect].fate[count === 1 ? 0 : 1];
export const meaning = (effect: Effect): string => words[effect].meaning;
export const isDisruptive = (effect: Effect): boolean => disruptive.has(effect);
export const isRolling = (effect: Effect): boolean => rolling.has(effect);

/** `1 pool`, `3 pools`, `1,200 pools`. */
export function amount(count: number, one: string): string {
  return `${grouped(count)} ${count === 1 ? one : `${one}s`}`;
}

export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");

/** Begins a sentence about places, of which some are named: `a.yaml:3, b.yaml:5 and 2 more places: `. */
export function placed(places: readonly string[], most: number): string {
  if (places.length === 0) return "";
  const left = places.length - most;
  return `${places.slice(0, most).join(", ")}${left > 0 ? ` and ${amount(left, "more place")}` : ""}: `;
}

/** The name of a cluster: its namespace and, for rendered manifests, the application it comes from. */
export function clusterName(pool: Pick<PoolReport, "namespace" | "cluster" | "application">): string {
  const name = [pool.namespace, pool.cluster].filter((part) => part !== "").join("/");
  return pool.application === undefined ? name : `${name} (${pool.application})`;
}

/** The name of a pool where no cluster is beside it. */
export const poolName = (pool: Pick<PoolReport, "namespace" | "cluster" | "application" | "pool">): string =>
  [clusterName(pool), pool.pool].filter((part) => part !== "").join("/");

/** How many clusters these pools are of: one name stands for another cluster in each application. */
export const countClusters = (pools: readonly PoolReport[]): number =>
  new Set(pools.map((pool) => `${pool.system}\n${clusterName(pool)}`)).size;

/** How many nodes pools have together, by their bounds: there is no `most` where one of them does not say it. */
export function countNodes(pools: readonly PoolReport[]): {
  readonly least: number;
  readonly most: number | undefined;
} {
  let [least, most]: [number, number | undefined] = [0, 0];
  for (const { nodes } of pools) {
    least += Math.max(0, nodes.minimum ?? 0);
    most = most === undefined || nodes.maximum === null ? undefined : most + Math.max(0, nodes.maximum);
  }
  return { least, most };
}

/** True when nothing happens to the pool now, but will once something ends. */
export const waits = (pool: PoolReport): boolean => pool.effect === "none" && pool.pending !== null;

/** What happens to a pool of which one object is refused: the other objects of the change are applied all the same. */
export const besideRefusal = ({ effect, effects: all }: Pick<PoolReport, "effect" | "effects">): Effect | undefined =>
  effect === "rejected" ? all.find((one) => one !== "rejected") : undefined;

/** What moves the nodes of a pool, now or later. */
export const movement = (pool: PoolReport): Effect => pool.pending?.effect ?? besideRefusal(pool) ?? pool.effect;

/** What a waiting pool waits for. */
export const conditions = {
  unpaused: "once unpaused",
  "maintenance-window": "in the maintenance window",
  "wake-up": "after the next wake-up",
  fixed: "once what blocks it is fixed and not undone",
} as const;

/**
 * The effect of a pool in a table: "replace", "rejected; replace", "replace in the maintenance window", "scale; replace once
 * unpaused", "none yet; replace once unpaused".
 */
export function effectLabel(pool: PoolReport): string {
  const { effect, pending } = pool;
  const beside = besideRefusal(pool);
  if (pending === null) return beside === undefined ? effect : `${effect}; ${beside}`;
  const later = `${pending.effect} ${conditions[pending.until]}`;
  if (effect === pending.effect) return later;
  return `${effect === "none" ? "none yet" : effect}; ${later}`;
}

/** Over the reasons of what does not happen yet. */
export function laterHeading(pools: readonly PoolReport[]): string {
  const waiting = pools.filter(waits);
  const isAsleep = waiting.every(({ pending }) => pending?.until === "wake-up");
  return `Waiting: what happens once the wait ends${isAsleep ? "; a hibernated pool has no nodes to drain" : ""}`;
}

/** Over the reasons of what a refused change would do beside. */
export const preventedHeading = "Refused with it: what else the change would do";

/** The loud line over an answer that may lack something. */
export const incompleteBanner =
  "INCOMPLETE: part of the change could not be judged. There may be more effects than are shown here.";

/** The loud line over the report of one part of a run. */
export const partBanner = ({ number, count }: NonNullable<Report["shard"]>): string =>
  `PART ${number} of ${count}: the other clusters are not judged here. will-it-roll merge joins the reports of all parts.`;

/** Why several causes are no reason to fear several rollouts. */
export const rolledOnce = "Several of these changes reach the same pool; it is rolled once for all of them.";

/** "12 pools not shown: …". */
export const notShown = (count: number, where: string): string => `${amount(count, "pool")} not shown: ${where}.`;

/** A value that may be absent or empty, as readers see it. */
export function valueText(value: string | null): string {
  if (value === null) return "(absent)";
  return value === "" ? '""' : value;
}

/** True where what differs is withheld, so that "before → after" would only say the same twice. */
export const isHidden = ({ before, after }: Pick<Cause, "before" | "after">): boolean =>
  before === after && before?.includes(hidden) === true;

/** Said in the place of two values that are withheld. */
export const hiddenChange = "changed (value hidden)";

/** "renamed from a" for a pool that goes with another one. */
export function renaming(pool: PoolReport): string | undefined {
  if (pool.renamedFrom !== undefined) return `renamed from ${pool.renamedFrom}: a rename is a new pool and a deletion`;
  if (pool.renamedTo !== undefined) return `renamed to ${pool.renamedTo}: a rename is a deletion and a new pool`;
  return undefined;
}

/** Which upstream versions the pools were judged by: "gardener 1.149, provider-aws 1.60". */
export function judgedBy(report: Report): string {
  // A ConfigMap that no pool names brings in the rules of its system, and is judged by none of them.
  const systems = new Set(report.pools.map(({ system }) => system));
  return report.rules
    .filter(({ system }) => systems.has(system))
    .map(({ system, upstream, targets }) => {
      const versions = Object.entries(targets).map(([name, version]) => `${name} ${version}`);
      const commits = upstream.map(
        ({ repository, commit, version }) => `${repository}@${version ?? commit.slice(0, 10)}`,
      );
      return versions.length > 0
        ? versions.join(", ")
        : `${system} rules${commits.length > 0 ? ` of ${commits.join(", ")}` : ""}`;
    })
    .join("; ");
}
