import assert from "node:assert/strict";
import { test } from "node:test";
import { expectEffects } from "./expect.ts";
import { changed, compare, type PlainObject, shoot, worker } from "./shoots.ts";

const asleep: PlainObject = { "/spec/hibernation": { enabled: true } };
const awake: PlainObject = { "/spec/hibernation": { enabled: false } };
const type: PlainObject = { "/spec/provider/workers/a/machine/type": "m5.xlarge" };

const pendingOf = (base: PlainObject, set: PlainObject) => {
  const before = changed(shoot(), base);
  return compare([before], [changed(before, set)]).pools.find(({ pool }) => pool === "a")?.pending;
};

test("a hibernated cluster has no nodes; waking up brings them back with the new settings", () => {
  expectEffects([
    { set: asleep, a: "scale", b: "scale" },
    { set: { ...asleep, ...type }, a: "scale", b: "scale" },
    { base: asleep, set: type },
    { base: asleep, set: { "/spec/provider/workers/a/minimum": 3 } },
    { base: asleep, set: awake, a: "scale", b: "scale" },
    { base: asleep, set: { ...awake, ...type }, a: "scale", b: "scale" },
    { base: asleep, set: { "/spec/region": "eu-central-1" }, a: "rejected", b: "rejected" },
  ]);
  assert.deepEqual(
    [pendingOf(asleep, type)].map((pending) => [pending?.effect, pending?.until]),
    [["replace", "wake-up"]],
  );
});

test("confineSpecUpdateRollout delays all but hibernation and what an operation brings", () => {
  const confined = { "/spec/maintenance/confineSpecUpdateRollout": true };
  const reconcile = { "/metadata/annotations": { "gardener.cloud/operation": "reconcile" } };
  expectEffects([{ base: confined, set: type, a: "replace" }]);
  assert.equal(pendingOf(confined, type)?.until, "maintenance-window");
  assert.equal(pendingOf({}, { ...confined, ...type })?.until, "maintenance-window");
  assert.equal(pendingOf(confined, { ...type, ...reconcile }), null);
  assert.equal(pendingOf(confined, asleep), null);
  assert.equal(
    pendingOf({}, { "/metadata/annotations": { "maintenance.gardener.cloud/operation": "rotate-ca-start" } })?.until,
    "maintenance-window",
  );
});

const gpu: PlainObject = { "/spec/provider/workers": [worker("a"), worker("b"), worker("gpu")] };
const without: PlainObject = { "/spec/provider/workers": [worker("a")] };

/** Effect and wait of the pools that come or go. */
const comingAndGoing = (base: PlainObject, set: PlainObject, options = {}) => {
  const before = changed(shoot(), base);
  return compare([before], [changed(before, set)], options)
    .pools.filter(({ pool, effect, pending }) => pool !== "a" && (effect !== "none" || pending !== null))
    .map(({ pool, effect, pending }) => [pool, effect, pending?.effect, pending?.until]);
};

test("pools come and go with the reconciliation that their Shoot waits for", () => {
  const confined = { "/spec/maintenance/confineSpecUpdateRollout": true };
  const reconcile = { "/metadata/annotations": { "gardener.cloud/operation": "reconcile" } };
  assert.deepEqual(comingAndGoing(confined, gpu), [["gpu", "create", "create", "maintenance-window"]]);
  assert.deepEqual(comingAndGoing(confined, without), [["b", "delete", "delete", "maintenance-window"]]);
  assert.deepEqual(comingAndGoing(confined, { ...without, ...reconcile }), [["b", "delete", undefined, undefined]]);
  const ignored = { "/metadata/annotations": { "shoot.gardener.cloud/ignore": "true" } };
  const options = { landscape: { "gardener.respect-ignore-annotation": true } };
  assert.deepEqual(comingAndGoing(ignored, gpu, options), [["gpu", "none", "create", "unpaused"]]);
  assert.deepEqual(comingAndGoing(ignored, without, options), [["b", "none", "delete", "unpaused"]]);
  // A Shoot that comes or goes as a whole waits for no maintenance window.
  const whole = changed(shoot(), confined);
  const untils = (base: readonly PlainObject[], head: readonly PlainObject[]) =>
    compare(base, head).pools.map(({ effect, pending }) => [effect, pending]);
  assert.deepEqual(untils([], [whole])[0], ["create", null]);
  assert.deepEqual(untils([whole], [])[0], ["delete", null]);
});

test("a pool that is new while its Shoot is hibernated gets its nodes when the Shoot wakes up", () => {
  assert.deepEqual(comingAndGoing(asleep, gpu), [["gpu", "create", "create", "wake-up"]]);
  assert.deepEqual(comingAndGoing({}, { ...gpu, ...asleep }).at(-1), ["gpu", "create", "create", "wake-up"]);
  assert.deepEqual(comingAndGoing(asleep, { ...gpu, ...awake }).at(-1), ["gpu", "create", undefined, undefined]);
  assert.deepEqual(comingAndGoing(asleep, without), [["b", "delete", undefined, undefined]]);
  const [first] = compare([], [changed(shoot(), asleep)]).pools;
  assert.deepEqual([first?.effect, first?.pending?.until], ["create", "wake-up"]);
});

test("what goes away while its Shoot sleeps has no nodes to lose", () => {
  const lost = (base: PlainObject, set: PlainObject | undefined) => {
    const before = changed(shoot(), base);
    const { pools } = compare([before], set === undefined ? [] : [changed(before, set)]);
    return pools.filter(({ pool }) => pool === "b").map(({ effect, nodes }) => [effect, nodes.minimum, nodes.maximum]);
  };
  assert.deepEqual(lost(asleep, without), [["delete", 0, 0]]);
  assert.deepEqual(lost(asleep, undefined), [["delete", 0, 0]]);
  assert.deepEqual(lost({}, { ...without, ...asleep }), [["delete", 2, 4]]);
  assert.deepEqual(lost({}, without), [["delete", 2, 4]]);
  // One that stays is to have its nodes again.
  assert.deepEqual(lost(asleep, awake), [["scale", 2, 4]]);
});

test("an ignored Shoot waits where the operator respects the annotation", () => {
  const ignored = { "/metadata/annotations": { "shoot.gardener.cloud/ignore": "true" } };
  const options = { landscape: { "gardener.respect-ignore-annotation": true } };
  expectEffects([
    { base: ignored, set: type, a: "replace" },
    { base: ignored, set: type, options },
  ]);
});

test("pools and Shoots come and go", () => {
  const pools = (base: readonly PlainObject[], head: readonly PlainObject[]) =>
    compare(base, head).pools.map(({ pool, effect }) => [pool, effect]);
  const [a, b, c] = [worker("a"), worker("b"), worker("c")];
  assert.deepEqual(
    pools([shoot({}, [a, b])], [shoot({}, [a, c])]).filter(([, effect]) => effect !== "none"),
    [
      ["b", "delete"],
      ["c", "create"],
    ],
  );
  assert.deepEqual(pools([shoot()], []), [
    ["a", "delete"],
    ["b", "delete"],
  ]);
  assert.deepEqual(pools([], [shoot()]), [
    ["a", "create"],
    ["b", "create"],
  ]);
  assert.deepEqual(pools([], [shoot({ "/spec/provider/workers/a/minimum": 9 })]), [
    ["a", "rejected"],
    ["b", "rejected"],
  ]);
  assert.deepEqual(pools([shoot()], [shoot({}, [a, b, worker("averyverylongname")])]), [
    ["a", "rejected"],
    ["averyverylongname", "rejected"],
    ["b", "rejected"],
  ]);
});
