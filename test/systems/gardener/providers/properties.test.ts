import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as holdsFor, constantFrom, property, record, shuffledSubarray, uniqueArray } from "fast-check";
import "../../../steady-seed.ts";
import { effectOf, type TrialShoot, workerConfig } from "../trial-shoot.ts";

const disks = uniqueArray(
  record({
    name: constantFrom("a", "b", "c", "d", "e"),
    size: constantFrom("10Gi", "20Gi"),
    type: constantFrom("slow", "fast"),
  }),
  { selector: ({ name }) => name, minLength: 1, maxLength: 5 },
);
const shuffledDisks = disks.chain((list) =>
  record({ list: constantFrom(list), shuffled: shuffledSubarray(list, { minLength: list.length }) }),
);
const runs = { numRuns: 40 };
const change = (provider: string, before: readonly object[], after: readonly object[]): string => {
  const base: TrialShoot = { provider, worker: { dataVolumes: before } };
  return effectOf(base, { worker: { dataVolumes: after } });
};

test("the order of data volumes is nothing where the extension sorts them, and their sequence of values elsewhere", () => {
  holdsFor(
    property(shuffledDisks, ({ list, shuffled }) => {
      assert.equal(change("gcp", list, shuffled), "none");
      assert.equal(change("azure", list, shuffled), "none");
      const values = (disks: typeof list): string => disks.map(({ size, type }) => `${size} ${type}`).join();
      assert.equal(change("aws", list, shuffled), values(list) === values(shuffled) ? "none" : "replace");
      const named = (disks: typeof list): string => disks.map(({ name }) => name).join();
      assert.equal(change("ironcore", list, shuffled), named(list) === named(shuffled) ? "none" : "replace");
      assert.equal(change("openstack", list, shuffled), "none");
    }),
    runs,
  );
});

test("the same providerConfig with its keys in another order is the same, whatever is hashed of it", () => {
  const fields = {
    volume: { throughput: 250, iops: 4000 },
    instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
    nodeTemplate: { virtualCapacity: { "a/b": 1 }, capacity: { memory: "1Gi", cpu: 4 } },
    cpuOptions: { threadsPerCore: 1, coreCount: 4 },
  };
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  holdsFor(
    property(shuffledSubarray(keys), constantFrom("1.33.4", "1.36.0"), (subset, kubernetes) => {
      const config = (order: readonly (keyof typeof fields)[]) => ({
        providerConfig: workerConfig("aws", Object.fromEntries(order.map((key) => [key, fields[key]]))),
      });
      const base: TrialShoot = { provider: "aws", kubernetes, worker: config(subset) };
      assert.equal(effectOf(base, { worker: config(subset.toReversed()) }), "none");
    }),
    runs,
  );
});
