import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "../../../../src/manifests/manifest.ts";
import { configMap } from "../config/configuration-run.ts";
import { change, judge } from "../judge.ts";
import { clusterOf, poolOf } from "../objects.ts";

const profile = {
  apiVersion: "performance.openshift.io/v2",
  kind: "PerformanceProfile",
  metadata: { name: "low-latency" },
  spec: { cpu: { isolated: "2-7", reserved: "0-1" }, nodeSelector: { "node-role.kubernetes.io/worker": "" } },
};
const pages = (...list: Json[]): Json => ({ defaultHugepagesSize: "1G", pages: list });

/** Why the controller freezes a pool with such a profile. */
function reasonOf(changes: Readonly<Record<string, Json | undefined>>, operator = "5.1"): string | undefined {
  const pool = change(poolOf("AWS"), { "spec/tuningConfig": [{ name: "tuning" }] });
  const beside = (of: Json) => configMap("tuning", { tuning: JSON.stringify(of) });
  const base = [clusterOf("AWS"), pool, beside(profile)];
  const head = [clusterOf("AWS"), change(pool, { "spec/replicas": 9 }), beside(change(profile, changes))];
  const judged = judge(base, head, { targets: { "hypershift-operator": operator } }).get("clusters/workers");
  return judged?.pending?.reason;
}

const refused: readonly (readonly [string, Readonly<Record<string, Json | undefined>>, RegExp])[] = [
  ["no CPUs", { "spec/cpu": undefined }, /cpu section required/],
  ["no reserved CPUs", { "spec/cpu/reserved": undefined }, /reserved CPUs required/],
  ["CPUs that overlap", { "spec/cpu/reserved": "0-2" }, /reserved and isolated cpus overlap/],
  ["a blank between CPUs", { "spec/cpu/isolated": "2, 3" }, /isolated: is not a list of CPUs/],
  ["a range that runs back", { "spec/cpu/isolated": "7-2" }, /isolated: is not a list of CPUs/],
  ["an empty set", { "spec/cpu/isolated": "" }, /isolated CPUs can not be empty/],
  ["shared CPUs among the isolated", { "spec/cpu/shared": "7" }, /isolated and shared cpus overlap/],
  ["no selector", { "spec/nodeSelector": undefined }, /nodeSelector required/],
  ["a selector without a role", { "spec/nodeSelector": { worker: "" } }, /a domain and a role/],
  ["two selectors", { "spec/nodeSelector": { "a/b": "", "c/d": "" } }, /only 1 NodeSelector/],
  ["pages of another size", { "spec/hugepages": pages({ size: "4M" }) }, /page size should be/],
  ["pages twice", { "spec/hugepages": pages({ size: "1G", count: 1 }, { size: "1G", count: 2 }) }, /two pages/],
  ["pages without a default", { "spec/hugepages": { pages: [{ size: "1G" }] } }, /defaultHugepagesSize/],
  ["another topology", { "spec/numa": { topologyPolicy: "strict" } }, /topologyPolicy/],
  ["a device without vendor", { "spec/net": { devices: [{ deviceID: "0x1000" }] } }, /vendor ID/],
  ["hints at odds", { "spec/workloadHints": { highPowerConsumption: true, perPodPowerManagement: true } }, /both/],
  ["mixed CPUs without any", { "spec/workloadHints": { mixedCpus: true } }, /no shared CPUs/],
  [
    "a hint against the kernel",
    { "spec/realTimeKernel": { enabled: true }, "spec/workloadHints": { realTime: false } },
    /realtime kernel/,
  ],
  ["one frequency", { "spec/hardwareTuning": { isolatedCpuFreq: 2500000 } }, /both isolated and reserved/],
];
for (const [says, changes, reason] of refused)
  test(`frozen: ${says}`, () => {
    assert.match(reasonOf(changes) ?? "nothing waits", reason);
  });

const taken: Readonly<Record<string, Readonly<Record<string, Json | undefined>>>> = {
  "a list of CPUs": { "spec/cpu": { isolated: "2,4-4,6-7", reserved: "0-1", offlined: "8-1000000000" } },
  "pages of each node": {
    "spec/hugepages": pages({ size: "1G", count: 1, node: 0 }, { size: "1G", count: 1, node: 1 }, { size: "1G" }),
  },
  "labels instead of a role": {
    "spec/nodeSelector": { worker: "" },
    "spec/machineConfigLabel": { a: "b" },
    "spec/machineConfigPoolSelector": { a: "b" },
  },
};
for (const [says, changes] of Object.entries(taken))
  test(`taken: ${says}`, () => {
    assert.equal(reasonOf(changes), undefined);
  });

test("operators differ in the sizes of pages, and in what they ask of them", () => {
  const large = { "spec/hugepages": pages({ size: "512M" }) };
  assert.match(reasonOf(large, "4.18") ?? "", /2M or 1G/);
  assert.equal(reasonOf(large, "4.19"), undefined);
  assert.equal(reasonOf({ "spec/hugepages": { pages: [{ size: "1G" }] } }, "4.22"), undefined);
});
