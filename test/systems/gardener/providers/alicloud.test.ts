import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, shoot as shootWith } from "../shoots.ts";
import { effectOf, type Part, type TrialShoot } from "../trial-shoot.ts";

const zone = (name: string, more: Part = {}): Part => ({ name, workers: "10.250.0.0/19", ...more });
const other = { name: "z2", workers: "10.250.32.0/19" };
const infrastructure = { networks: { vpc: { cidr: "10.250.0.0/16" }, zones: [zone("z1"), other] } };
const shoot = (worker: Part = {}): TrialShoot => ({ provider: "alicloud", worker, infrastructure });
const change = (before: Part, after: Part): string => effectOf(shoot(before), { worker: after });
const system = (encrypted?: boolean): Part => (encrypted === undefined ? {} : { volume: { encrypted } });
const disk = (name: string, encrypted?: boolean, size = "20Gi"): Part => ({
  name,
  size,
  type: "cloud_ssd",
  ...(encrypted === undefined ? {} : { encrypted }),
});
const disks = (...list: readonly Part[]): Part => ({ dataVolumes: list });

test("the encryption of the system disk is hashed as admission stores it", () => {
  assert.equal(change(system(false), system(true)), "replace");
  assert.equal(change(system(true), system()), "none");
  assert.equal(change(system(), system(false)), "replace");
  assert.equal(change(system(), system(true)), "unknown");
});

test("names of data disks begin with a letter and have two characters", () => {
  assert.equal(change({}, disks(disk("da", true))), "replace");
  assert.equal(change({}, disks(disk("d", true))), "rejected");
  assert.equal(change({}, disks(disk("1d", true))), "rejected");
});

test("the encryption of data disks is hashed by place and kept by name", () => {
  assert.equal(change(disks(disk("a", false)), disks(disk("a", true))), "replace");
  assert.equal(change(disks(disk("a", false)), disks(disk("a"))), "none");
  assert.equal(change(disks(disk("a", false)), disks(disk("b"))), "replace");
  assert.equal(change(disks(disk("a", true)), disks(disk("b"))), "none");
  assert.equal(change(disks(disk("a")), disks(disk("a", true))), "unknown");
  assert.equal(change(disks(disk("a")), disks(disk("a", false))), "replace");
  assert.equal(change(disks(disk("a")), disks(disk("b"))), "unknown");
  assert.equal(change(disks(disk("a", true), disk("b", false)), disks(disk("b", false), disk("a", true))), "replace");
  assert.equal(change(disks(disk("a", true), disk("b", true)), disks(disk("b"), disk("a"))), "none");
  assert.equal(change(disks(disk("a", true)), disks(disk("a", true, "30Gi"))), "replace");
  assert.equal(change(disks(disk("a", true)), disks(disk("b", true))), "none");
});

test("providerConfig of workers is not read, and refused for in-place pools", () => {
  const config = { providerConfig: { anything: 1 } };
  assert.equal(change({}, config), "none");
  const inPlace = { updateStrategy: "ManualInPlaceUpdate" };
  assert.equal(change(inPlace, { ...inPlace, ...config }), "rejected");
});

test("VPC and zones are immutable, but for appended zones and the old name of a network", () => {
  const networks = (after: Part, before: Part = {}): string =>
    effectOf(
      { ...shoot(), infrastructure: { networks: { ...infrastructure.networks, ...before } } },
      { infrastructure: { networks: { ...infrastructure.networks, ...before, ...after } } },
    );
  const old = { zones: [{ name: "z1", worker: "10.250.0.0/19" }, other] };
  assert.equal(networks({ vpc: { id: "vpc-1" } }), "rejected");
  assert.equal(networks({ vpc: { cidr: "10.250.0.0/16", useCustomRouteTable: false } }), "none");
  assert.equal(networks({ vpc: { cidr: "10.250.0.0/16", useCustomRouteTable: true } }), "rejected");
  assert.equal(networks({ zones: [zone("z1"), other, zone("z3", { workers: "10.250.96.0/19" })] }), "none");
  assert.equal(networks({ zones: [zone("z1", { workers: "10.250.64.0/19" }), other] }), "rejected");
  assert.equal(networks({ zones: [zone("z1"), other] }, old), "none");
  assert.equal(networks({ zones: [zone("z1", { workers: "10.250.64.0/19" }), other] }, old), "rejected");
  assert.equal(networks({ zones: [zone("z1", { natGateway: { eipAllocationID: "e" } }), other] }), "none");
});

test("a new Shoot keeps clear of what Alibaba Cloud has for itself", () => {
  const reasons = (pods: string): string[] => {
    const head = shootWith({
      "/spec/provider/type": "alicloud",
      "/spec/networking/pods": pods,
      "/spec/networking/services": "10.112.0.0/13",
    });
    const causes = compare([], [head]).pools[0]?.causes ?? [];
    return causes.filter(({ rule }) => rule === "gardener/alicloud-reserved-network").map(({ because }) => because);
  };
  assert.deepEqual(reasons("100.112.0.0/12"), [
    "100.112.0.0/12 overlaps 100.64.0.0/10, which Alibaba Cloud keeps for itself",
  ]);
  assert.deepEqual(reasons("10.96.0.0/12"), []);
});
