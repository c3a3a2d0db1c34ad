import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json, JsonObject } from "../../../src/manifests/manifest.ts";
import type { RefusalRow } from "../../../src/rules/table.ts";
import { loadTables } from "../../../src/systems/tables.ts";
import { change, judge } from "./judge.ts";
import { clusterOf, type Platform, platforms, poolOf } from "./objects.ts";

const refusals: readonly RefusalRow[] = loadTables().find(({ system }) => system === "hypershift")?.refusals ?? [];
const placeOf = ({ at }: RefusalRow): string => (typeof at === "string" ? at : "");

const platformOf = (path: string): Platform => {
  const section = /\/spec\/platform\/(\w+)\//.exec(path)?.[1];
  return (Object.keys(platforms) as Platform[]).find((name) => name.toLowerCase() === section) ?? "AWS";
};

/** The rules that refuse a change of one place from one value to another. */
function refusedBy(path: string, before: Json | undefined, after: Json | undefined): readonly string[] {
  const platform = platformOf(path);
  const [, root, place = ""] = /^\$(pool|cluster)\/(.*)$/.exec(path) ?? [];
  const pair = (value: Json | undefined): JsonObject[] => {
    const [cluster, pool] = [clusterOf(platform), poolOf(platform)];
    return root === "pool" ? [cluster, change(pool, { [place]: value })] : [change(cluster, { [place]: value }), pool];
  };
  const judged = judge(pair(before), pair(after)).get("clusters/workers");
  return (judged?.causes ?? []).filter(({ effect }) => effect === "rejected").map(({ rule }) => rule);
}

const immutable = refusals.filter(
  (row) =>
    (row.on === "replaced" || row.on === "once-set") &&
    row.when === undefined &&
    row.derived === undefined &&
    !placeOf(row).includes("*") &&
    placeOf(row) !== "",
);

/** Fields that are never absent: they are required, or the API server fills them in. */
const filledIn =
  /\/(platform\/type|clusterName|upgradeType|arch|size|clusterNetwork|serviceNetwork|disableMultiNetwork)$/;

test("the rules under test are those of the tables", () => {
  assert.ok(immutable.length > 35, `${immutable.length} immutable fields`);
});

for (const row of immutable)
  test(`${row.id}: refused when it is replaced, not when it stays or is first set`, () => {
    const path = placeOf(row);
    assert.ok(refusedBy(path, "one", "other").includes(`hypershift/${row.id}`));
    assert.ok(!refusedBy(path, "one", "one").includes(`hypershift/${row.id}`));
    if (row.default === undefined && !filledIn.test(path))
      assert.ok(!refusedBy(path, undefined, "one").includes(`hypershift/${row.id}`));
  });
