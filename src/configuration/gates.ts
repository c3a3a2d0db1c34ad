import type { PoolReport, Report } from "../report/report.ts";
import type { Effect } from "../rules/words.ts";
import { amount, countClusters, countNodes, poolName } from "../views/phrases.ts";
import { globMatcher } from "./glob.ts";
import type { Gate } from "./schema.ts";

/** A gate that a report hits, with the pools that hit it. */
export interface Breach {
  readonly gate: string;
  /** One sentence: what is held, and how much of it would have been let through. */
  readonly because: string;
  readonly pools: readonly PoolReport[];
}

export interface GateSettings {
  readonly failOn: readonly Effect[];
  /** Any effect but none hits, as with `git diff --exit-code`. */
  readonly anyEffect: boolean;
  readonly gates: readonly Gate[];
}

/** Only the effects that occur: naming the others would send the reader looking for them. */
const effectsIn = (pools: readonly PoolReport[], wanted: readonly Effect[]): string =>
  wanted.filter((effect) => pools.some((pool) => has(pool, [effect]))).join(" or ");

const has = (pool: PoolReport, wanted: readonly Effect[]): boolean =>
  wanted.includes(pool.effect) || pool.effects.some((effect) => wanted.includes(effect));

/** Names are matched as a whole. One too long for any object fits: a gate that is in doubt holds. */
const matcher = (patterns: readonly string[] | undefined): ((name: string) => boolean) => {
  if (patterns === undefined) return () => true;
  const matchers = patterns.map((pattern) => globMatcher(pattern, { of: "names" }));
  return (name) => matchers.some((matches) => matches(name) !== false);
};

/** Clusters by their name or, where a pattern has a slash, as every view calls them: `NAMESPACE/CLUSTER`. */
function clusterMatcher(patterns: readonly string[] | undefined): (one: PoolReport) => boolean {
  if (patterns === undefined) return () => true;
  const [full, short] = [true, false].map((hasSlash) =>
    matcher(patterns.filter((pattern) => pattern.includes("/") === hasSlash)),
  );
  return ({ namespace, cluster }) => short?.(cluster) === true || full?.(`${namespace}/${cluster}`) === true;
}

function membersOf(gate: Gate, report: Report): PoolReport[] {
  const isCluster = clusterMatcher(gate.clusters);
  const [pool, namespace] = [gate.pools, gate.namespaces].map(matcher);
  const labels = Object.entries(gate.labels ?? {}).map(([key, value]) => [key, matcher([value])] as const);
  return report.pools.filter(
    (one) =>
      has(one, gate.effects) &&
      isCluster(one) &&
      pool?.(one.pool) === true &&
      namespace?.(one.namespace) === true &&
      labels.every(([key, matches]) => {
        const { labels = {}, otherLabels = {} } = one;
        if (!Object.hasOwn(labels, key)) return false;
        return (
          matches(labels[key] ?? "") || (Object.hasOwn(otherLabels, key) && otherLabels[key]?.some(matches) === true)
        );
      }),
  );
}

/** How many pools are named; the report has all of them. */
const mostNamed = 3;

function namesOf(pools: readonly PoolReport[]): string {
  const named = pools.slice(0, mostNamed).map(poolName);
  const left = pools.length - named.length;
  return `${named.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function breachOf(gate: Gate, report: Report): Breach[] {
  const pools = membersOf(gate, report);
  const clusters = countClusters(pools);
  const nodes = countNodes(pools).most;
  const maximum = gate.maximum ?? { pools: 0 };
  const over =
    (maximum.pools !== undefined && pools.length > maximum.pools) ||
    (maximum.clusters !== undefined && clusters > maximum.clusters) ||
    (maximum.nodes !== undefined && (nodes === undefined || nodes > maximum.nodes));
  if (!over) return [];
  const limits = [
    ...(maximum.pools === undefined ? [] : [amount(maximum.pools, "pool")]),
    ...(maximum.clusters === undefined ? [] : [amount(maximum.clusters, "cluster")]),
    ...(maximum.nodes === undefined ? [] : [amount(maximum.nodes, "node")]),
  ];
  const allowed = gate.maximum === undefined ? "none" : `at most ${limits.join(" and ")}`;
  const found =
    maximum.nodes === undefined
      ? ""
      : ` of ${nodes === undefined ? "an unknown number of nodes" : `up to ${amount(nodes, "node")}`}`;
  const because = `${amount(pools.length, "pool")}${found} in ${amount(clusters, "cluster")} with ${effectsIn(pools, gate.effects)} (${namesOf(pools)}); ${allowed} allowed`;
  return [{ gate: gate.name, because, pools }];
}

/** The gates that a report hits, in the order in which they were set. A gate that is in doubt holds. */
export function breachesOf(report: Report, settings: GateSettings): Breach[] {
  // Whatever the verdict is: an effect that is stronger, and perhaps allowed, is that of other pools.
  const beyond = (gate: string, isHeld: boolean): Breach[] =>
    isHeld && report.unjudged === true
      ? [{ gate, because: "there may be pools that could not be judged, so their effect is unknown", pools: [] }]
      : [];
  // `none` takes the place of effects that the configuration names.
  const failOn = settings.failOn.filter((effect) => effect !== "none");
  const failing = report.pools.filter((pool) => has(pool, failOn));
  const affected = report.pools.filter(({ effect }) => effect !== "none");
  return [
    ...(failing.length === 0
      ? []
      : [
          {
            gate: "fail-on",
            because: `${amount(failing.length, "pool")} with ${effectsIn(failing, failOn)} (${namesOf(failing)})`,
            pools: failing,
          },
        ]),
    ...(settings.anyEffect && affected.length > 0
      ? [
          {
            gate: "exit-code",
            because: `${amount(affected.length, "pool")} with an effect (${namesOf(affected)})`,
            pools: affected,
          },
        ]
      : []),
    ...beyond("fail-on", failOn.includes("unknown")),
    ...beyond("exit-code", settings.anyEffect),
    ...settings.gates.flatMap((gate) => [
      ...breachOf(gate, report),
      ...beyond(gate.name, gate.effects.includes("unknown")),
    ]),
  ];
}
