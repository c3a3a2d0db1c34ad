import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, type PlainObject, shoot, worker } from "../shoots.ts";

const zones = (count: number): string[] => ["eu-west-1a", "eu-west-1b", "eu-west-1c"].slice(0, count);

/** What is said of a pool with these numbers whose zones become more; undefined when nothing is. */
function remark(numbers: PlainObject, after: PlainObject = {}): string | undefined {
  const pool = (more: PlainObject): PlainObject[] => [worker("a", { ...numbers, ...more })];
  const { diagnostics } = compare(
    [shoot({}, pool({ zones: zones(1) }))],
    [shoot({}, pool({ zones: zones(2), ...after }))],
  );
  return diagnostics.find(({ code }) => code === "gardener/zones-give-nodes-away")?.message;
}

test("zones that are added take nodes away from the others, as many as no longer belong there", () => {
  assert.match(remark({ minimum: 8, maximum: 8 }) ?? "", /: 4 of 8 nodes are drained there at once/);
  assert.match(remark({ minimum: 0, maximum: 9 }) ?? "", /: up to 4 of 9 nodes are drained/);
  assert.equal(remark({ minimum: 8, maximum: 8 }, { maximum: 16 }), undefined);
  assert.match(remark({ minimum: 8, maximum: 8 }, { maximum: 15, zones: zones(3) }) ?? "", /: 3 of 8 nodes/);
});

test("zones of which some get none of the surge are counted", () => {
  const pool = (type: string): PlainObject[] => [
    worker("a", { zones: zones(3), machine: { type, image: { name: "gardenlinux", version: "1592.9.0" } } }),
  ];
  const { diagnostics } = compare([shoot({}, pool("m5.large"))], [shoot({}, pool("m5.xlarge"))]);
  const found = diagnostics.find(({ code }) => code === "gardener/surge-misses-zones");
  assert.match(found?.message ?? "", /: 2 of 3 zones get none of it/);
});
