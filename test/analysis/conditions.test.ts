import assert from "node:assert/strict";
import { test } from "node:test";
import { happens } from "../../src/analysis/scope/condition.ts";
import { withDefault } from "../../src/analysis/scope/defaults.ts";
import type { Json } from "../../src/manifests/manifest.ts";
import { judge, orchard, orchardOf, poolOf, tableOf } from "./trial-table.ts";

test("each transition holds for exactly its changes", () => {
  const holding = (base: Json | undefined, head: Json | undefined): string[] =>
    (
      ["changed", "replaced", "once-set", "added", "removed", "present", "standing", "raised", "lowered"] as const
    ).filter((one) => happens(one, base, head));
  assert.deepEqual(holding(undefined, "a"), ["changed", "added", "present", "standing"]);
  assert.deepEqual(holding("a", undefined), ["changed", "once-set", "removed"]);
  assert.deepEqual(holding("1.9.0", "1.10.0"), ["changed", "replaced", "once-set", "present", "standing", "raised"]);
  assert.deepEqual(holding(10, 9), ["changed", "replaced", "once-set", "present", "standing", "lowered"]);
  assert.deepEqual(holding({ a: 1, b: null }, { a: 1 }), ["standing"]);
  assert.deepEqual(holding("", undefined), ["changed", "once-set", "removed"]);
});

test("a default is set where nothing stands, and nowhere else", () => {
  const filled = (value: Json, path: string, creates = false): string =>
    JSON.stringify(withDefault(value, path.split("/"), { fallback: 1, creates, own: new Set() }));
  assert.equal(filled({ a: {} }, "a/b"), '{"a":{"b":1}}');
  assert.equal(filled({}, "a/b"), "{}");
  assert.equal(filled({}, "a/b", true), '{"a":{"b":1}}');
  assert.equal(filled([{ b: 0 }, {}], "*/b"), '[{"b":0},{"b":1}]');
  assert.equal(filled({ a: null }, "a"), '{"a":1}');
  assert.equal(filled({ a: "" }, "a"), '{"a":""}');
  const overEmpty = { fallback: 1, creates: true, own: new Set<object>(), isAbsent: (value: unknown) => value === "" };
  assert.equal(JSON.stringify(withDefault({ a: "" }, ["a"], overEmpty)), '{"a":1}');
});

test("defaults leave the manifest as it is, and copy each object once", () => {
  const value = { a: { b: {} } };
  const own = new Set<object>();
  const once = withDefault(value, ["a", "b", "c"], { fallback: 1, creates: true, own });
  const twice = withDefault(once, ["a", "b", "d"], { fallback: 2, creates: true, own });
  assert.equal(twice, once);
  assert.equal(JSON.stringify(twice), '{"a":{"b":{"c":1,"d":2}}}');
  assert.deepEqual(value, { a: { b: {} } });
});

const effectOf = (table: ReturnType<typeof tableOf>, base: Record<string, Json>, head: Record<string, Json>) =>
  poolOf(judge(table, [orchardOf(base)], [orchardOf(head)]), "a");

test("a default written out is no change", () => {
  const table = tableOf(orchard.replace("let:", "defaults: [{at: $pool/tree, value: apple, source: s}]\nlet:"));
  assert.equal(effectOf(table, { beds: [{ name: "a" }] }, { beds: [{ name: "a", tree: "apple" }] }).effect, "none");
  assert.equal(effectOf(table, { beds: [{ name: "a" }] }, { beds: [{ name: "a", tree: "fig" }] }).effect, "replace");
});

test("a default from another place is stored when the manifest first leaves it out, and stays", () => {
  const table = tableOf(orchard.replace("let:", "defaults: [{at: $pool/tree, from: /spec/note, source: s}]\nlet:"));
  const bed = (tree?: Json): Record<string, Json> => ({
    beds: [{ name: "a", ...(tree === undefined ? {} : { tree }) }],
  });
  const judged = (base: Record<string, Json>, head: Record<string, Json>) => effectOf(table, base, head).effect;
  assert.equal(judged({ note: "apple", ...bed() }, { note: "apple", ...bed("apple") }), "none");
  assert.equal(judged({ note: "apple", ...bed() }, { note: "apple", ...bed("fig") }), "replace");
  assert.equal(judged({ note: "apple", ...bed("fig") }, { note: "apple", ...bed() }), "replace");
  assert.equal(judged({ note: "apple", ...bed() }, { note: "fig", ...bed() }), "none");
});

test("the first case of a field that holds decides", () => {
  const table = tableOf(
    orchard.replace(
      "fields:",
      "fields:\n  - {id: water, at: /spec/water, effect: inplace, because: w, source: s, cases: [{when: {path: /spec/water, side: either, is: flood}, trigger: template, because: flooded}]}",
    ),
  );
  assert.equal(
    effectOf(table, { water: "low", beds: [{ name: "a" }] }, { water: "high", beds: [{ name: "a" }] }).effect,
    "inplace",
  );
  const flooded = effectOf(table, { water: "flood", beds: [{ name: "a" }] }, { water: "high", beds: [{ name: "a" }] });
  assert.equal(flooded.effect, "replace");
  assert.equal(flooded.causes[0]?.because, "flooded");
});

test("a rule that depends on a version nobody named says how the older release decides", () => {
  const versioned = tableOf(
    orchard
      .replace("let:", "targets: [{name: farm, newest: '2.5', differs: ['2.4'], about: a}]\nlet:")
      .replace(
        "fields:",
        "fields:\n  - {id: fence, at: $pool/fence, effect: inplace, because: painted, source: s, cases: [{when: {target: farm, before: '2.4'}, effect: replace}]}",
      ),
  );
  const pool = effectOf(versioned, { beds: [{ name: "a" }] }, { beds: [{ name: "a", fence: "red" }] });
  assert.equal(pool.effect, "inplace");
  assert.match(pool.causes[0]?.because ?? "", /with farm before 2\.4: replace/);
});

test("a path that starts nowhere known, and `at` with a variable, are errors that name the rule", () => {
  assert.throws(() => tableOf(orchard.replace("at: $pool/label", "at: pool/label")), /rule orchard\/label: not a path/);
  assert.throws(
    () => tableOf(orchard.replace("at: $pool/label", "at: $soil/label")),
    /rule orchard\/label: .*variable/,
  );
});
