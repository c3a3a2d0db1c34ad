import type { Json } from "../manifests/manifest.ts";
import type { Rule } from "../rules/rule.ts";
import type { Tracked } from "./asked.ts";
import type { PoolFinding } from "./finding.ts";

/** What is the same for every pool of a cluster, worked out for the first of them. */
export class ClusterMemo {
  /** The cluster object with defaults, by side. */
  readonly defaulted = new Map<string, Json | undefined>();
  /** What rules found that look at the cluster object alone. */
  readonly findings = new Map<string, Tracked<readonly PoolFinding[]>>();
}

const aboutClusters = new WeakMap<Rule, boolean>();

/** Whether a refusal looks at nothing but the cluster object, so that it says the same for each of its pools. */
export function isAboutCluster(rule: Rule): boolean {
  if (rule.type !== "refusal") return false;
  let answer = aboutClusters.get(rule);
  if (answer === undefined) {
    answer = rule.places().depends.every(({ root }) => root === "cluster");
    aboutClusters.set(rule, answer);
  }
  return answer;
}
