import assert from "node:assert/strict";
import { it } from "node:test";
import { named } from "../../../../../src/systems/gardener/admission/offers/lack.ts";

it("finds the first item by either key in a list that stands in two places by an alias", () => {
  const list = [
    { name: "a", version: "1" },
    { name: "a", version: "2" },
  ];
  assert.equal(named(list, "a"), list[0]);
  assert.equal(named(list, "2", "/version"), list[1]);
  assert.equal(named(list, "2"), undefined);
});
