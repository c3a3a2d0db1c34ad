import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../src/manifests/manifest.ts";
import { verdict as sentence } from "../../src/views/verdict.ts";
import { judge, orchard, orchardOf, poolOf, tableOf } from "./trial-table.ts";

const table = tableOf(orchard);
const bed = (extra: Record<string, Json> = {}): Json => ({ name: "a", tree: "apple", ...extra });
const change = (base: Record<string, Json>, head: Record<string, Json>) =>
  judge(table, [orchardOf(base)], [orchardOf(head)]);
const effectOf = (base: Record<string, Json>, head: Record<string, Json>, pool = "a") =>
  poolOf(change(base, head), pool).effect;

test("an object that is equal on both sides touches no pool", () => {
  assert.deepEqual(change({ beds: [bed()] }, { beds: [bed()] }).pools, []);
});

test("a differing input does what its trigger means under the pool's strategy", () => {
  assert.equal(effectOf({ beds: [bed()] }, { beds: [bed({ tree: "pear" })] }), "replace");
  const inPlace = { strategy: "InPlace" };
  assert.equal(effectOf({ beds: [bed(inPlace)] }, { beds: [bed({ ...inPlace, tree: "pear" })] }), "inplace-drain");
});

test("a pool's own block hides the cluster's, even when it is empty", () => {
  const soil = { acidity: 5 };
  assert.equal(
    effectOf(
      { soil, beds: [bed({ soil: { acidity: 7 } })] },
      { soil: { acidity: 6 }, beds: [bed({ soil: { acidity: 7 } })] },
    ),
    "none",
  );
  assert.equal(effectOf({ soil, beds: [bed()] }, { soil, beds: [bed({ soil: {} })] }), "replace");
});

test("values of a fingerprint count by position: one that moves to its neighbour changes nothing", () => {
  assert.equal(effectOf({ beds: [bed({ soil: { acidity: 5 } })] }, { beds: [bed({ graft: 5 })] }), "none");
});

test("order of a keyed list is no change, and pools are told apart", () => {
  const other = { name: "b", tree: "plum" };
  assert.deepEqual(change({ beds: [bed(), other] }, { beds: [other, bed()] }).pools, []);
  const report = change({ beds: [bed(), other] }, { beds: [bed({ label: "x" }), other] });
  assert.equal(poolOf(report, "a").effect, "inplace");
  assert.equal(poolOf(report, "b").effect, "none");
});

test("several effects are all listed, and the strongest names the pool's effect", () => {
  const pool = poolOf(change({ beds: [bed()] }, { beds: [bed({ tree: "pear", rows: 3 })] }), "a");
  assert.equal(pool.effect, "replace");
  assert.deepEqual(pool.effects, ["replace", "scale"]);
  assert.equal(pool.causes[0]?.because, "tree apple -> pear");
  assert.equal(pool.causes[0]?.path, "/spec/beds/a/tree");
});

test("a field that no rule knows is unknown, for the pool that has it or for all", () => {
  const report = change({ beds: [bed(), { name: "b" }] }, { beds: [bed({ fence: true }), { name: "b" }] });
  assert.equal(poolOf(report, "a").effect, "unknown");
  assert.equal(poolOf(report, "b").effect, "none");
  assert.equal(effectOf({ beds: [bed()] }, { beds: [bed()], fence: true }), "unknown");
});

test("a refused field refuses the whole object, with every pool in it", () => {
  const report = change(
    { climate: "mild", beds: [bed(), { name: "b" }] },
    { climate: "hot", beds: [bed({ tree: "fig" }), { name: "b" }] },
  );
  assert.deepEqual(
    report.pools.map(({ effect }) => effect),
    ["rejected", "rejected"],
  );
  assert.equal(poolOf(report, "b").causes[0]?.instead, "plant a new orchard");
});

test("a hold keeps effects back, but for those that it excepts", () => {
  const held = poolOf(
    change({ winter: true, beds: [bed()] }, { winter: true, beds: [bed({ tree: "fig", rows: 2 })] }),
    "a",
  );
  assert.equal(held.effect, "scale");
  assert.deepEqual(held.pending, { effect: "replace", until: "unpaused", reason: "it is winter" });
});

test("holds keep back together what each keeps by itself, and the strongest effect says which", () => {
  const strike =
    "  - {id: strike, until: fixed, when: {path: /spec/strike, is: true}, onlyRules: [rows], because: on strike, source: s}\n";
  const table = tableOf(orchard + strike);
  const held = (spec: Record<string, Json>, edits: Record<string, Json>) =>
    poolOf(judge(table, [orchardOf({ ...spec, beds: [bed()] })], [orchardOf({ ...spec, beds: [bed(edits)] })]), "a");
  const both = held({ winter: true, strike: true }, { tree: "fig", rows: 2 });
  assert.deepEqual(both.effects, []);
  assert.deepEqual(both.pending, { effect: "replace", until: "unpaused", reason: "it is winter" });
  const second = held({ winter: true, strike: true }, { rows: 2 });
  assert.deepEqual(second.pending, { effect: "scale", until: "fixed", reason: "on strike" });
});

test("what was looked at and does nothing is said, with its reason", () => {
  const pool = poolOf(change({ beds: [bed()] }, { note: "hi", beds: [bed()] }), "a");
  assert.equal(pool.effect, "none");
  assert.deepEqual(
    pool.checked.map(({ rule, because }) => [rule, because]),
    [["orchard/note", "only for people"]],
  );
});

test("a default that is written out shows what was written, not what the controller makes of it", () => {
  const pool = poolOf(change({ beds: [bed()] }, { beds: [bed({ water: 3 })] }), "a");
  assert.equal(pool.effect, "none");
  assert.deepEqual(
    pool.checked.map(({ before, after, because }) => [before, after, because]),
    [[null, "3", "The controller sees the same value on both sides"]],
  );
});

test("pools and clusters that come and go; a renamed pool is known by its content", () => {
  const report = change({ beds: [bed()] }, { beds: [{ name: "z", tree: "apple" }] });
  assert.equal(poolOf(report, "a").effect, "delete");
  assert.equal(poolOf(report, "a").renamedTo, "z");
  assert.equal(poolOf(report, "z").effect, "create");
  assert.equal(poolOf(report, "z").renamedFrom, "a");
  assert.equal(judge(table, [], [orchardOf({ beds: [bed()] })]).verdict, "create");
  assert.equal(judge(table, [orchardOf({ beds: [bed()] })], []).verdict, "delete");
});

test("the fingerprint of the verdict set does not depend on causes that lead to the same verdicts", () => {
  const one = change({ beds: [bed()] }, { beds: [bed({ tree: "pear" })] });
  const two = change({ beds: [bed()] }, { beds: [bed({ tree: "fig" })] });
  const three = change({ beds: [bed()] }, { beds: [bed({ label: "x" })] });
  assert.equal(one.fingerprint, two.fingerprint);
  assert.notEqual(one.fingerprint, three.fingerprint);
});

test("a change of a pool without a name is told, and the verdict is unknown", () => {
  const { name: _, ...nameless } = bed() as { name: string };
  const report = change({ beds: [nameless] }, { beds: [{ ...nameless, tree: "pear" }] });
  const { verdict, complete, diagnostics } = report;
  assert.deepEqual([verdict, complete], ["unknown", false]);
  assert.match(sentence(report).first, /There may be pools that could not be judged/);
  assert.match(diagnostics[0]?.message ?? "", /\/spec\/beds\/0 has no name/);
});

test("pools that share a name cannot be told apart, so what changes in one of them is unknown", () => {
  const twins = (tree: string) => ({ beds: [bed(), bed({ tree }), { ...(bed() as object), name: "b" }] });
  const { pools } = change(twins("plum"), twins("pear"));
  assert.deepEqual(
    pools.map(({ pool, effect }) => [pool, effect]),
    [
      ["a", "unknown"],
      ["b", "unknown"],
    ],
  );
  assert.match(pools[0]?.causes[0]?.because ?? "", /the same name/);
  assert.equal(pools[0]?.causes[0]?.path, "/spec/beds/1/tree");
});

test("a rule that fails on what it finds is unknown, and the others stand", () => {
  const failing = orchard.replace(
    "refusals:\n",
    "  - {id: shade, derived: shade, reads: [$pool/shade], effect: inplace, because: shade, source: s}\nrefusals:\n",
  );
  const shade = (): never => {
    throw new Error("the sun went down");
  };
  const report = judge(
    tableOf(failing, { derived: { shade } }),
    [orchardOf({ beds: [bed({ shade: 1, label: "x" })] })],
    [orchardOf({ beds: [bed({ shade: 2, label: "y" })] })],
  );
  const { effect, causes } = poolOf(report, "a");
  assert.equal(effect, "unknown");
  assert.deepEqual(
    causes.map(({ rule, effect: says, because }) => [rule, says, because]),
    [
      ["orchard/shade", "unknown", "This rule could not be evaluated: the sun went down"],
      ["orchard/label", "inplace", "label"],
    ],
  );
});
