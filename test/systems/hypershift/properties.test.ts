import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import "../../steady-seed.ts";
import type { Json, JsonObject } from "../../../src/manifests/manifest.ts";
import { type Effect, effects } from "../../../src/rules/words.ts";
import { judge } from "./judge.ts";
import { type Edit, edits, objectsOf, type World, world, writtenDefaults } from "./worlds.ts";

const runs = { numRuns: 60 };

const byName = ([a]: readonly [string, Effect], [b]: readonly [string, Effect]): number => (a < b ? -1 : 1);

/** The pools that are touched, with their effects, by name. */
const judged = (base: readonly JsonObject[], head: readonly JsonObject[]): [string, Effect][] =>
  [...judge(base, head)]
    .flatMap(([name, { effect }]): [string, Effect][] => (effect === "none" ? [] : [[name, effect]]))
    .toSorted(byName);
const verdicts = (base: World, head: World): Record<string, Effect> =>
  Object.fromEntries(judged(objectsOf(base), objectsOf(head)));
const after = (before: World, changes: readonly Edit[]): World =>
  changes.reduce((changed, { apply }) => apply(changed), before);
const rankOf = (effect: Effect | undefined): number => effects.indexOf(effect ?? "none");

/** The same value with the keys of every object in another order. */
function reversed(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject)
      .toReversed()
      .map(([key, item]) => [key, reversed(item)]),
  );
}

/** Edits that make sense on a platform: those of its own section, and those outside of any. */
const fitting = ({ platform }: World, all: readonly Edit[]): readonly Edit[] =>
  all.filter(({ place }) => {
    const section = /spec\/platform\/(\w+)/.exec(place)?.[1];
    return section === undefined || section === platform.toLowerCase();
  });

test("nothing changes: no pool is touched", () => {
  fc.assert(
    fc.property(world, (one) => {
      assert.equal(judge(objectsOf(one), objectsOf(one)).size, 0);
    }),
    runs,
  );
});

test("the order of keys and of documents means nothing, before or after a change", () => {
  fc.assert(
    fc.property(world, fc.subarray([...edits], { maxLength: 2 }), (one, changes) => {
      const head = after(one, fitting(one, changes));
      const shuffled = objectsOf(head)
        .toReversed()
        .map((object) => reversed(object) as JsonObject);
      const turned = judged(objectsOf(one), shuffled);
      const plain = judged(objectsOf(one), objectsOf(head));
      assert.deepEqual(turned, plain);
    }),
    runs,
  );
});

test("a default that is written out changes nothing", () => {
  fc.assert(
    fc.property(world, fc.nat(), (one, pick) => {
      const all = [...writtenDefaults.all, ...writtenDefaults[one.platform]];
      const edit = all[pick % all.length];
      assert.ok(edit);
      assert.deepEqual(verdicts(one, after(one, [edit])), {}, edit.place);
    }),
    { numRuns: 150 },
  );
});

test("two changes together do at least what each does alone", () => {
  fc.assert(
    fc.property(world, fc.subarray([...edits], { minLength: 2, maxLength: 2 }), (one, pair) => {
      const changes = fitting(one, pair);
      const together = verdicts(one, after(one, changes));
      for (const change of changes)
        for (const [name, effect] of Object.entries(verdicts(one, after(one, [change]))))
          assert.ok(
            rankOf(together[name]) <= rankOf(effect),
            `${name}: ${change.place} alone is ${effect}, with ${changes.map(({ place }) => place).join(" and ")} ${together[name]}`,
          );
    }),
    { numRuns: 150 },
  );
});
