import assert from "node:assert/strict";
import { it } from "node:test";
import { meetsConstraint } from "../../../../../src/systems/gardener/admission/offers/version-constraint.ts";

const meets = (constraint: string, ...versions: readonly string[]): readonly (boolean | undefined)[] =>
  versions.map((version) => meetsConstraint(version, constraint));

it("compares with parts that are not written as Masterminds/semver does", () => {
  assert.deepEqual(meets("< 1.34", "1.33.9", "1.34.0"), [true, false]);
  assert.deepEqual(meets("<=1.34", "1.34.3", "1.35.0"), [true, false]);
  assert.deepEqual(meets(">1.34", "1.34.3", "1.35.0"), [false, true]);
  assert.deepEqual(meets("=> v1.34.2", "1.34.1", "1.34.2"), [false, true]);
  assert.deepEqual(meets("1.34", "1.33.9", "1.34.3"), [false, true]);
  assert.deepEqual(meets("!=1.34", "1.34.3", "1.35.0"), [false, true]);
  assert.deepEqual(meets("~1.34.2", "1.34.1", "1.34.9", "1.35.0"), [false, true, false]);
  assert.deepEqual(meets("~1", "0.9.0", "1.99.0", "2.0.0"), [false, true, false]);
  assert.deepEqual(meets("^1.34", "1.33.0", "1.99.0", "2.0.0"), [false, true, false]);
  assert.deepEqual(meets("^0.2.3", "0.2.2", "0.2.9", "0.3.0"), [false, true, false]);
  assert.deepEqual(meets("^0.0", "0.0.4", "0.2.0"), [true, false]);
});

it("takes commas and spaces as and, and two bars as or", () => {
  assert.deepEqual(meets(">= 1.32, < 1.34", "1.31.9", "1.33.4", "1.34.0"), [false, true, false]);
  assert.deepEqual(meets(">=1.32 <1.34", "1.31.9", "1.33.4"), [false, true]);
  assert.deepEqual(meets("< 1.32 || >= 1.35", "1.31.0", "1.33.0", "1.35.1"), [true, false, true]);
});

it("says nothing of what it cannot read", () => {
  for (const constraint of ["", "1.x", "*", "1.32 - 1.34", "== 1.34", ">= 1.34.0-rc.1", "1.34 ||", " ".repeat(999)])
    assert.deepEqual(meets(constraint, "1.33.4"), [undefined], constraint);
});
