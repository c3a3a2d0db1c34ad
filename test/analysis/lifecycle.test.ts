import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../src/manifests/manifest.ts";
import { judge } from "../systems/hypershift/judge.ts";
import { clusterOf, poolOf } from "../systems/hypershift/objects.ts";

const [cluster, pool] = [clusterOf("None"), poolOf("None")];

/** What is said of the pool, by which rule. */
const judged = (base: readonly JsonObject[], head: readonly JsonObject[]): unknown =>
  [...judge(base, head).values()].map(({ effect, causes }) => [effect, causes.map(({ rule }) => rule)]);

test("a cluster that comes to pools which were there already may have run before: what that does to them is unknown", () => {
  assert.deepEqual(judged([pool], [pool, cluster]), [["unknown", ["hypershift/cluster-appears"]]]);
});

test("a cluster that leaves takes with it the pools that it leaves behind", () => {
  assert.deepEqual(judged([pool, cluster], [pool]), [["delete", ["hypershift/cluster-removed"]]]);
});
