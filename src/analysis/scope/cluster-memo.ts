import type { ClusterPair } from "../../inventory/inventory.ts";
import type { ObjectPair } from "../../inventory/object-pair.ts";
import type { Json, JsonObject, SideName } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import type { Rule } from "../../rules/rule.ts";
import type { ListChanges } from "../changes/addresses.ts";
import type { PoolFinding } from "../finding.ts";
import type { PoolScopes } from "./condition.ts";
import type { Tracked } from "./target-tracker.ts";

/** What refusals found, by rule. */
export type RefusalFindings = Map<Rule, Tracked<readonly PoolFinding[]>>;

/** A cluster object on one side. */
export interface ClusterSide {
  /** With the defaults that are the same for all its pools; undefined until the first read. */
  defaulted: Json | undefined;
  /** Conditions that depend on it alone, as far as they were decided, by their number. */
  readonly answers: Answers;
}

/** Conditions that were decided, by their number: with the targets on which the answer depends, where there are any. */
export type Answers = (boolean | Tracked<boolean> | undefined)[];

/** What is the same for every pool of a cluster, worked out for the first of them; one for each cluster and settings. */
export class ClusterMemo {
  readonly #object: ClusterPair["object"];
  readonly #findings = new Map<string, RefusalFindings>();
  readonly #sides = new Map<string, WeakMap<JsonObject, ClusterSide>>();

  /** What changed in an object that holds pools in a list. */
  readonly listed = new Map<ObjectPair, ListChanges>();

  constructor(object: ClusterPair["object"]) {
    this.#object = object;
  }

  /** What is known of a cluster object on one side; some of it depends on whether the other side is there too. */
  onSide(side: SideName, isUpdate: boolean, value: JsonObject): ClusterSide {
    const key = `${side} ${isUpdate}`;
    let byValue = this.#sides.get(key);
    if (byValue === undefined) this.#sides.set(key, (byValue = new WeakMap()));
    let found = byValue.get(value);
    if (found === undefined) byValue.set(value, (found = { defaulted: undefined, answers: [] }));
    return found;
  }

  /**
   * What rules found that look at the cluster object alone, for pools that exist on the same sides. None for a pool that
   * comes from another cluster.
   */
  findingsFor({ base, head }: PoolScopes): RefusalFindings | undefined {
    const isOurs = (side: SideName, value: JsonObject | undefined): boolean => value === this.#object?.[side]?.value;
    if (base !== undefined && !isOurs("base", base.clusterValue)) return undefined;
    if (head !== undefined && !isOurs("head", head.clusterValue)) return undefined;
    const key = `${base !== undefined} ${head !== undefined}`;
    let found = this.#findings.get(key);
    if (found === undefined) this.#findings.set(key, (found = new Map()));
    return found;
  }
}

const dependsOnCluster = memoized((rule: Rule): boolean =>
  rule.places().depends.every(({ root }) => root === "cluster"),
);

/** Whether a refusal looks at nothing but the cluster object, so that it says the same for each of its pools. */
export const isAboutCluster = (rule: Rule): boolean => rule.type === "refusal" && dependsOnCluster(rule);
