import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../../src/manifests/manifest.ts";
import type { FieldRow } from "../../../src/rules/table.ts";
import { loadTables } from "../../../src/systems/tables.ts";
import { judge, put } from "./judge.ts";
import { clusterOf, type Platform, platforms, poolOf } from "./objects.ts";

const fields: readonly FieldRow[] = loadTables().find(({ system }) => system === "hypershift")?.fields ?? [];
const inert = fields.filter(({ effect, cases, at }) => effect === "none" && cases === undefined && at !== undefined);

const platformOf = (path: string): Platform => {
  const section = /\/spec\/platform\/(\w+)\//.exec(path)?.[1];
  return (Object.keys(platforms) as Platform[]).find((name) => name.toLowerCase() === section) ?? "AWS";
};

/** A path of the tables with its `*` filled in: a key of a map, or the first item of a list. */
function withValue(object: JsonObject, segments: readonly string[], value: string): JsonObject {
  const star = segments.indexOf("*");
  if (star < 0) return put(object, segments.join("/"), value);
  const [before, after] = [segments.slice(0, star), segments.slice(star + 1)];
  const isMap = /labels|annotations|nodeSelector/i.test(before.at(-1) ?? "");
  if (isMap) return put(object, before.join("/"), { some: value });
  return put(object, before.join("/"), [after.length === 0 ? value : withValue({}, after, value)]);
}

test("there are fields that do nothing, and they say so", () => {
  assert.ok(inert.length > 20);
});

for (const row of inert) {
  const paths = typeof row.at === "string" ? [row.at] : (row.at ?? []);
  for (const path of paths.filter((one) => /^\$(pool|cluster)\//.test(one) && !one.includes("/resourceTags")))
    test(`${row.id}: ${path} is looked at, and does nothing`, () => {
      const [root = "", ...segments] = path.slice(1).split("/");
      const other = row.id.endsWith("-of-another-platform");
      const platform = other ? "None" : platformOf(path);
      const [cluster, pool] = [clusterOf(platform), poolOf(platform)];
      const changed = (value: string | undefined): JsonObject[] => {
        if (value === undefined) return [cluster, pool];
        const place = other ? [...segments, "field"] : segments;
        return root === "pool" ? [cluster, withValue(pool, place, value)] : [withValue(cluster, place, value), pool];
      };
      // What cannot be replaced may still be set; what can be neither is refused, and a rule of refusals says so.
      const judged = ["one", undefined]
        .map((before) => judge(changed(before), changed("two")).get("clusters/workers"))
        .find((one) => one?.effect !== "rejected");
      if (judged === undefined) return;
      const checked = judged.checked.map(({ rule }) => rule);
      assert.ok(checked.includes(`hypershift/${row.id}`), checked.join(", "));
      assert.equal(judged.effect, "none");
    });
}
