import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, effectsOf, type Part, reportOf, type TrialShoot, workerConfig, workerOf } from "../trial-shoot.ts";

const infrastructure = { networks: { workers: "10.250.0.0/18" } };
const spec = {
  provider: {
    controlPlaneConfig: {
      apiVersion: "gcp.provider.extensions.gardener.cloud/v1alpha1",
      kind: "ControlPlaneConfig",
      zone: "z1",
    },
  },
};
const shoot = (worker: Part = {}, kubernetes = "1.35.1"): TrialShoot => ({
  provider: "gcp",
  kubernetes,
  worker,
  infrastructure,
  spec,
});
const config = (fields: Part = {}): Part => ({ providerConfig: workerConfig("gcp", fields) });
const configs = (before: Part, after: Part, kubernetes = "1.35.1"): string =>
  effectOf(shoot(config(before), kubernetes), { worker: config(after) });
const disk = (name: string, size: string, more: Part = {}): Part => ({ name, size, type: "pd-ssd", ...more });
const volumes = (...list: readonly Part[]): Part => ({ dataVolumes: list });

test("from 1.35 on, single fields of the WorkerConfig are hashed; below, its JSON", () => {
  assert.equal(effectOf(shoot(), { worker: config() }), "none");
  assert.equal(effectOf(shoot({}, "1.34.2"), { worker: config() }), "replace");
  assert.equal(effectOf(shoot(), { worker: config() }, { targets: { "provider-gcp": "1.49" } }), "replace");
  assert.equal(configs({}, { minCpuPlatform: "Intel Ice Lake" }), "replace");
  const account = (...scopes: readonly string[]): Part => ({
    serviceAccount: { email: "a@b.gserviceaccount.com", scopes },
  });
  assert.equal(configs(account("a", "b"), account("b", "a")), "replace");
  assert.equal(configs({}, { gpu: { acceleratorType: "nvidia", count: 1 } }), "replace");
});

test("an empty volume or bootVolume is hashed, an empty WorkerConfig is not", () => {
  assert.equal(configs({}, { volume: {} }), "replace");
  assert.equal(configs({}, { bootVolume: {} }), "replace");
  assert.equal(configs({ bootVolume: {} }, { bootVolume: { storagePool: "" } }), "none");
  assert.equal(configs({ bootVolume: {} }, { bootVolume: { storagePool: "pool" } }), "replace");
});

test("data volumes are hashed by name, without encryption", () => {
  const change = (before: Part, after: Part): string => effectOf(shoot(before), { worker: after });
  const [a, b] = [disk("a", "10Gi"), disk("b", "20Gi")];
  assert.equal(change(volumes(a, b), volumes(b, a)), "none");
  assert.equal(change(volumes(a), volumes(disk("c", "10Gi"))), "replace");
  assert.equal(change(volumes(a), volumes(disk("a", "10Gi", { encrypted: true }))), "none");
  assert.equal(change({}, { volume: { encrypted: true } }), "none");
  const settings = (list: readonly Part[]): Part => ({ ...volumes(a, b), ...config({ dataVolumes: list }) });
  assert.equal(change(settings([{ name: "a" }, { name: "b" }]), settings([{ name: "b" }, { name: "a" }])), "replace");
  assert.equal(change(settings([{ name: "a" }]), settings([{ name: "a", storagePool: "p" }])), "none");
  assert.equal(change(settings([{ name: "a" }]), settings([{ name: "a", sourceImage: "i" }])), "replace");
});

test("admission refuses what it refuses, with its reason", () => {
  const refused: readonly (readonly [Part, RegExp])[] = [
    [{ volume: { type: "SCRATCH" } }, /not allowed as boot disk/],
    [config({ gpu: { acceleratorType: "nvidia", count: 0 } }), /must be >= 1/],
    [config({ dataVolume: [] }), /unknown field "dataVolume"/],
    [config({ serviceAccount: { email: "a@b.gserviceaccount.com" } }), /at least one scope/],
    [config({ volume: { encryption: {} } }), /kmsKeyName: must be set/],
    [
      { ...volumes(disk("a", "10Gi")), ...config({ volume: { interface: "NVME" } }) },
      /only allowed for volumes of type SCRATCH/,
    ],
    [config({ bootVolume: { provisionedIops: 3000 } }), /only allowed for volumes of type pd-extreme/],
    [{ zones: ["z2"] }, /Zones of a pool cannot/],
  ];
  for (const [worker, reason] of refused) {
    const base = shoot();
    const [pool] = reportOf(base, { ...base, worker }).pools;
    assert.equal(pool?.effect, "rejected", JSON.stringify(worker));
    assert.match(pool?.causes[0]?.because ?? "", reason);
  }
});

test("the network may grow, the VPC and the zone of the control plane stay", () => {
  const networks = (change: Part, before: Part = {}): string =>
    effectOf(
      { ...shoot(), infrastructure: { networks: { ...infrastructure.networks, ...before } } },
      { infrastructure: { networks: { ...infrastructure.networks, ...before, ...change } } },
    );
  assert.equal(networks({ workers: "10.250.0.0/17" }), "none");
  assert.equal(networks({ workers: "10.250.0.0/19" }), "rejected");
  assert.equal(networks({ workers: "10.248.0.0/14" }), "rejected");
  assert.equal(networks({ mtu: 1460 }), "rejected");
  assert.equal(networks({ cloudNAT: { minPortsPerVM: 2048 } }), "none");
  assert.equal(networks({ cloudNAT: { icmpIdleTimeoutSec: 2 ** 31 } }), "rejected");
  assert.equal(networks({ cloudNAT: { natIPNames: [{}] } }), "rejected");
  assert.equal(networks({ workers: "2001:db8::/56" }), "rejected");
  assert.equal(networks({ vpc: { name: "b" } }, { vpc: { name: "a" } }), "rejected");
  assert.equal(networks({ vpc: undefined }, { vpc: { name: "a" } }), "rejected");
  assert.equal(networks({ vpc: { name: "a", cloudRouter: { name: "r" } } }), "unknown");
  assert.equal(networks({ internal: "10.1.0.0/24" }, { internal: "10.0.0.0/24" }), "none");
  assert.equal(networks({ internal: "10.1.0.0/24" }, { internal: "10.0.0.0/24", vpc: { name: "a" } }), "rejected");
  const zone = (name: string): Part => ({
    provider: { controlPlaneConfig: { ...spec.provider.controlPlaneConfig, zone: name } },
  });
  assert.equal(effectOf(shoot(), { spec: zone("z2") }), "rejected");
});

test("the last pool in the zone of the control plane cannot go, whatever its name", () => {
  const there = (name: string): Part => workerOf({ name, zones: ["z1"] });
  const elsewhere = workerOf({ name: "mem", zones: ["z2"] });
  for (const name of ["cpu", "zzz"]) {
    const { worker: _, ...base } = shoot();
    assert.deepEqual(effectsOf({ ...base, workers: [there(name), elsewhere] }, { ...base, workers: [elsewhere] }), {
      [name]: "rejected",
      mem: "rejected",
    });
  }
});
