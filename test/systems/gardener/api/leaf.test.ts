import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../../src/manifests/manifest.ts";
import { leafCheck } from "../../../../src/systems/gardener/api/leaf.ts";

const problemsOf = (leaf: string, value: Json): string[] => {
  const problems: string[] = [];
  leafCheck(leaf)?.(value, { kubernetesVersion: "1.34.1", catalog: () => ({}) }, (message, key) =>
    problems.push(key === undefined ? message : `${key}: ${message}`),
  );
  return problems;
};

test("a value of another type is described without being shown", () => {
  const cases: readonly (readonly [string, Json, string])[] = [
    ["string", 5, "must be a string, not a number: quote it"],
    ["string", true, "must be a string, not a boolean: quote it"],
    ["string", 9_007_199_254_740_993n, "must be a string, not a number: quote it"],
    ["string", ["a"], "must be a string, not a list"],
    ["string", { a: 1 }, "must be a string, not an object"],
    ["bool", "true", "must be true or false, not a string"],
    ["int32", 1.5, "must be a 32-bit integer, not a fraction"],
    ["int32", -3_000_000_000, "must fit into 32 bits"],
    ["int64", 2n ** 63n, "must fit into 64 bits"],
    ["int32", "3", "must be a 32-bit integer, not a string"],
    ["map string", { a: 1 }, "a: must be a string, not a number: quote it"],
    ["map string", ["a"], "must be an object"],
  ];
  assert.deepEqual(
    cases.map(([leaf, value]) => problemsOf(leaf, value)),
    cases.map(([, , message]) => [message]),
  );
});

test("the size of annotations counts in bytes", () => {
  const most = 256 * 1024;
  const annotations = (value: string): Json => ({ a: value });
  assert.deepEqual(problemsOf("map string annotations", annotations("x".repeat(most - 1))), []);
  const tooLong = ["annotations must not be longer than 262144 bytes together"];
  assert.deepEqual(problemsOf("map string annotations", annotations("x".repeat(most))), tooLong);
  assert.deepEqual(problemsOf("map string annotations", annotations("ä".repeat(most / 2))), tooLong);
});

test("a capacity reservation group of Azure is known by its type, in any case, and not by what is nested in another", () => {
  const group = "/subscriptions/mine/resourceGroups/group/providers/Microsoft.Compute";
  const leaf = "string azure-reservation-group";
  const taken = [
    `${group}/capacityReservationGroups/a`,
    `${group}/CAPACITYRESERVATIONGROUPS/A`,
    `/SUBSCRIPTIONS/MINE/PROVIDERS/MICROSOFT.COMPUTE/capacityreservationgroups/a`,
  ];
  assert.deepEqual(
    taken.flatMap((id) => problemsOf(leaf, id)),
    [],
  );
  const refused = [
    "",
    "a",
    `${group}/images/a`,
    `${group}/hosts/a/capacityReservationGroups/b`,
    `${group}/capacityReservationGroups/a/capacityReservations`,
    `${group}/capacityReservationGroups`,
    "/subscriptions/mine/capacityReservationGroups/a",
  ];
  assert.deepEqual(
    refused.filter((id) => problemsOf(leaf, id).length !== 1),
    [],
  );
});

test("an Azure resource ID is read as the SDK of Azure reads it, and names a real subscription and group", () => {
  const subscription = "/subscriptions/00000000-0000-0000-0000-000000000000";
  const leaf = "string azure-resource-id";
  const taken = [
    subscription,
    `${subscription}/resourceGroups/group`,
    `${subscription}/RESOURCEGROUPS/group/providers/Microsoft.Compute/images/image`,
    `${subscription}/resourceGroups/group//providers/Microsoft.Compute/images/image/`,
    `${subscription}/resourceGroups/group/providers/Microsoft.Compute/images/image/versions`,
    `${subscription}/providers/Microsoft.Compute`,
    "/providers/Microsoft.Compute/images/image",
    `${subscription}/other/name`,
  ];
  assert.deepEqual(
    taken.flatMap((id) => problemsOf(leaf, id)),
    [],
  );
  const refused = [
    "",
    "image",
    "/subscriptions",
    "/groups/a",
    `${subscription}/resourceGroups`,
    `${subscription}/resourceGroups/group/images`,
    `${subscription}/resourceGroups/group/providers/Microsoft.Compute`,
    `${subscription}/resourceGroups/group/providers/Microsoft.Compute/images`,
    "/subscriptions/mine/resourceGroups/group/providers/Microsoft.Compute/images/image",
    `${subscription}/resourceGroups/group./providers/Microsoft.Compute/images/image`,
  ];
  assert.deepEqual(
    refused.filter((id) => problemsOf(leaf, id).length !== 1),
    [],
  );
});
