import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scope } from "../../../../src/rules/functions.ts";
import { tuningConfig } from "../../../../src/systems/hypershift/tuning/tuning.ts";

/** A scope in which every question fails, as it would with a bug behind it. */
const broken = (payload: string): Scope =>
  ({
    references: () => [{ name: "a", value: { data: { tuning: payload } } }],
    target: () => {
      throw new TypeError("a bug");
    },
  }) as unknown as Scope;

const profile = "apiVersion: performance.openshift.io/v2\nkind: PerformanceProfile\n";

test("an unexpected error is not taken for a refusal, which would freeze the pool", () => {
  assert.throws(() => tuningConfig(broken(profile)), TypeError);
});

test("what is wrong with a payload is a refusal", () => {
  assert.match(tuningConfig(broken("a: [")).problems[0] ?? "", /ConfigMap a: line 1/);
  assert.match(tuningConfig(broken("a: 1")).problems[0] ?? "", /no apiVersion and kind/);
});
