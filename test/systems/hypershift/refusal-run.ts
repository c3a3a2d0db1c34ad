import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../src/manifests/manifest.ts";
import { change, judge } from "./judge.ts";
import { clusterOf, type Platform, poolOf } from "./objects.ts";

type Changes = Readonly<Record<string, Json | undefined>>;
export interface RefusalCase {
  readonly rule: string;
  readonly on?: Platform;
  readonly from?: Changes;
  /** What is refused. */
  readonly refused: Changes;
  /** What looks like it and is not. */
  readonly allowed: Changes;
}

/** One test for each case: the rule fires for what is refused, and does not for what only looks like it. */
export function runRefusals(kind: "HostedCluster" | "NodePool", cases: readonly RefusalCase[]): void {
  for (const { rule, on = "AWS", from = {}, refused, allowed } of cases)
    test(`${kind}: ${rule}`, () => {
      const cluster = change(clusterOf(on), kind === "HostedCluster" ? from : {});
      const pool = change(poolOf(on), kind === "NodePool" ? from : {});
      const rulesAfter = (changes: Changes): readonly string[] => {
        const head = kind === "NodePool" ? [cluster, change(pool, changes)] : [change(cluster, changes), pool];
        const judged = judge([cluster, pool], head).get("clusters/workers");
        return (judged?.causes ?? []).filter(({ effect }) => effect === "rejected").map((cause) => cause.rule);
      };
      assert.ok(rulesAfter(refused).includes(`hypershift/${rule}`));
      assert.ok(!rulesAfter(allowed).includes(`hypershift/${rule}`));
    });
}
