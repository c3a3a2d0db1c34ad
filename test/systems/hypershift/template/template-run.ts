import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnalyzeOptions } from "../../../../src/index.ts";
import type { Json } from "../../../../src/manifests/manifest.ts";
import type { Effect } from "../../../../src/rules/words.ts";
import { change, judge } from "../judge.ts";
import { clusterOf, type Platform, poolOf, type UpgradeType } from "../objects.ts";

type Changes = Readonly<Record<string, Json | undefined>>;
interface Case {
  readonly says: string;
  /** Below `spec.platform.<platform>` of the pool, unless the path starts at `/`. */
  readonly from?: Changes;
  readonly to?: Changes;
  /** Below `spec.platform.<platform>` of the HostedCluster, likewise. */
  readonly clusterFrom?: Changes;
  readonly clusterTo?: Changes;
  readonly upgrade?: UpgradeType;
  readonly options?: AnalyzeOptions;
  readonly effect: Effect;
}

const below = (platform: Platform, changes: Changes = {}): Changes =>
  Object.fromEntries(
    Object.entries(changes).map(([path, value]) => [
      path.startsWith("/") ? path.slice(1) : `spec/platform/${platform.toLowerCase()}/${path}`,
      value,
    ]),
  );

/** One test for each case: a change of a platform section, and what it does to the pool. */
export function run(platform: Platform, cases: readonly Case[]): void {
  for (const one of cases)
    test(`${platform}: ${one.says}`, () => {
      const pool = change(poolOf(platform, one.upgrade), below(platform, one.from));
      const cluster = change(clusterOf(platform), below(platform, one.clusterFrom));
      const base = [cluster, pool];
      const head = [change(cluster, below(platform, one.clusterTo)), change(pool, below(platform, one.to))];
      const judged = judge(base, head, one.options).get("clusters/workers");
      const causes = (judged?.causes ?? []).map(({ rule, effect }) => `${rule} ${effect}`).join(", ");
      assert.equal(judged?.effect ?? "none", one.effect, causes);
      if (one.effect !== "none") assert.notEqual(causes, "");
    });
}

/** The place of an annotation of the hypershift operator. */
export const annotation = (name: string): string => `/metadata/annotations/hypershift.openshift.io~1${name}`;
