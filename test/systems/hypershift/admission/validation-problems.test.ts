import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../../src/manifests/manifest.ts";
import { validationProblems } from "../../../../src/systems/hypershift/admission/validation-problems.ts";

const rows = [{ at: "spec/networks/*", rule: "self.size > self.used", message: "used up" }];
const problems = (value: Json, old?: Json): string[] =>
  [...validationProblems(rows, value, old)].map(({ path, message }) => `${path.join("/")}: ${message}`);
const networks = (...items: Json[]): Json => ({ spec: { networks: items } });

test("a rule is held against every part that is new or changed", () => {
  assert.deepEqual(problems(networks({ name: "a", size: 1, used: 2 }, { name: "b", size: 2, used: 1 })), [
    "spec/networks/0/size: used up",
  ]);
  const kept = { name: "a", size: 2, used: 1 };
  assert.deepEqual(problems(networks(kept, { name: "b", size: 1, used: 1 }), networks(kept)), [
    "spec/networks/1/size: used up",
  ]);
});

test("a part that is as it was is taken, however it is", () => {
  const held = { name: "a", size: 1, used: 2 };
  assert.deepEqual(problems(networks(held, { name: "b", size: 3, used: 1 }), networks(held)), []);
});

test("a part that seemed not to keep to the rule before says nothing", () => {
  assert.deepEqual(problems(networks({ name: "a", size: 1, used: 3 }), networks({ name: "a", size: 1, used: 2 })), []);
});

test("a single value that changes is asked whatever it was before", () => {
  const rules = [{ at: "spec/name", rule: "self.startsWith('x')", message: "starts with x" }];
  const found = [...validationProblems(rules, { spec: { name: "b" } }, { spec: { name: "a" } })];
  assert.deepEqual(found, [{ path: ["spec", "name"], message: "starts with x" }]);
});

test("the field that changes is named, among those of the rule", () => {
  const old = networks({ name: "a", size: 4, used: 1 });
  assert.deepEqual(problems(networks({ name: "a", size: 4, used: 5, other: 1 }), old), [
    "spec/networks/0/used: used up",
  ]);
});

test("what cannot be evaluated is refused, with the reason", () => {
  assert.deepEqual(problems(networks({ name: "a", size: 1 })), ["spec/networks/0/size: used up (no such key: used)"]);
});
