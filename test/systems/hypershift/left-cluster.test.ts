import assert from "node:assert/strict";
import { test } from "node:test";
import { change, judge } from "./judge.ts";
import { clusterOf, poolOf } from "./objects.ts";

test("a NodePool that names no cluster any more hides nothing of what happens to the others", () => {
  const [leaving, staying] = [poolOf("AWS", "Replace", "leaving"), poolOf("AWS", "Replace", "staying")];
  const base = clusterOf("AWS");
  const head = change(base, { "spec/pullSecret/name": "other" });
  const left = change(leaving, { "spec/clusterName": undefined });
  const alone = judge([base, staying], [head, staying]).get("clusters/staying");
  assert.equal(alone?.effect, "replace");
  for (const order of [
    judge([leaving, staying, base], [left, staying, head]),
    judge([staying, leaving, base], [staying, left, head]),
  ])
    assert.deepEqual({ ...order.get("clusters/staying"), causes: [] }, { ...alone, causes: [] });
});

test("a NodePool goes with its HostedCluster, though both get another name at once", () => {
  const [cluster, pool] = [clusterOf("AWS"), poolOf("AWS")];
  const renamed = change(cluster, { "metadata/name": "other" });
  const judged = judge([cluster, pool], [renamed, change(pool, { "spec/clusterName": "other" })]).get(
    "clusters/workers",
  );
  assert.equal(judged?.effect, "rejected");
  assert.deepEqual(
    judged.causes.map(({ rule, effect }) => [rule, effect]),
    [
      ["hypershift/nodepool-cluster-immutable", "rejected"],
      ["hypershift/cluster-removed", "delete"],
    ],
  );
});
