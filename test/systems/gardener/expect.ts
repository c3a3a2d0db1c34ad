import assert from "node:assert/strict";
import type { AnalyzeOptions, Effect } from "../../../src/index.ts";
import { changed, compare, effectsOf, type Plain, type PlainObject, shoot } from "./shoots.ts";

/** A change of the Shoot with pools `a` and `b`, and what it does to both; pools that are not named stay as they are. */
export interface Expectation {
  readonly base?: PlainObject;
  readonly set: PlainObject;
  readonly a?: Effect;
  readonly b?: Effect;
  readonly options?: AnalyzeOptions;
}

/** Judges every change and compares all of them, so that one failure does not hide the others. */
export function expectEffects(expectations: readonly Expectation[]): void {
  const got = expectations.map(({ base = {}, set, options }) => {
    const before = changed(shoot(), base);
    const { a = "none", b = "none" } = effectsOf(before, changed(before, set), options);
    return { base, set, a, b };
  });
  const wanted = expectations.map(({ base = {}, set, a = "none", b = "none" }) => ({ base, set, a, b }));
  assert.deepEqual(got, wanted);
}

/** Changes that the API server refuses, which takes every pool with them. */
export const expectRefusals = (sets: readonly PlainObject[], base: PlainObject = {}): void =>
  expectEffects(sets.map((set) => ({ base, set, a: "rejected", b: "rejected" })));

/** A change that the API server refuses, and what it says. */
type Refusal = readonly [set: PlainObject, says: string, options?: AnalyzeOptions];

/** Changes that the API server refuses, each with its own reason. */
export function expectReasons(refusals: readonly Refusal[], base: PlainObject = {}): void {
  const before = changed(shoot(), base);
  const got = refusals.map(([set, says, options]) => {
    const { verdict, pools } = compare([before], [changed(before, set)], options);
    const reasons = (pools[0]?.causes ?? [])
      .filter(({ effect }) => effect === "rejected")
      .map(({ because }) => because);
    return { set, verdict, says: reasons.some((reason) => reason.includes(says)) ? says : reasons };
  });
  assert.deepEqual(
    got,
    refusals.map(([set, says]) => ({ set, verdict: "rejected", says })),
  );
}

/** Changes of one field of pool `a`, of the kubelet of all pools, or of the Shoot: one change for each value. */
export const pool = (field: string, ...values: readonly Plain[]): PlainObject[] =>
  values.map((value) => ({ [`/spec/provider/workers/a/${field}`]: value }));
export const kubelet = (field: string, ...values: readonly Plain[]): PlainObject[] =>
  values.map((value) => ({ [`/spec/kubernetes/kubelet/${field}`]: value }));
export const spec = (field: string, ...values: readonly Plain[]): PlainObject[] =>
  values.map((value) => ({ [`/spec/${field}`]: value }));
