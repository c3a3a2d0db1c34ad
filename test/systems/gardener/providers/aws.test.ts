import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, effectsOf, type Part, reportOf, type TrialShoot, workerConfig, workerOf } from "../trial-shoot.ts";

const zone = (name: string, third: number): Part => ({
  name,
  workers: `10.250.${third}.0/22`,
  public: `10.250.${third + 4}.0/22`,
  internal: `10.250.${third + 8}.0/22`,
});
const infrastructure = {
  networks: { vpc: { cidr: "10.250.0.0/16" }, zones: [zone("z1", 0), zone("z2", 16), zone("z3", 32)] },
};
const shoot = (worker: Part = {}, kubernetes = "1.34.2"): TrialShoot => ({
  provider: "aws",
  kubernetes,
  worker,
  infrastructure,
});
const config = (fields: Part = {}): Part => ({ providerConfig: workerConfig("aws", fields) });
/** From one WorkerConfig to another. */
const configs = (before: Part, after: Part, kubernetes = "1.34.2"): string =>
  effectOf(shoot(config(before), kubernetes), { worker: config(after) });

test("from 1.34 on, single fields of the WorkerConfig are hashed; below, its JSON", () => {
  const description = (text: string): Part => ({ networkInterfaces: [{ networkCardIndex: 0, description: text }] });
  assert.equal(configs(description("a"), description("b")), "none");
  assert.equal(configs(description("a"), description("b"), "1.33.4"), "replace");
  assert.equal(effectOf(shoot(), { worker: config() }), "none");
  assert.equal(effectOf(shoot({}, "1.33.4"), { worker: config() }), "replace");
  assert.equal(configs({}, { cpuOptions: { amdSevSnp: "enabled" } }), "none");
  assert.equal(configs({}, { cpuOptions: { amdSevSnp: "enabled" } }, "1.33.4"), "replace");
});

test("a null in the hashed JSON may be stored or not, which matters only where one of both changes nothing", () => {
  const iops = { volume: { iops: 3000 } };
  assert.equal(configs(iops, { ...iops, cpuOptions: null }, "1.33.4"), "unknown");
  assert.equal(configs(iops, { volume: { iops: null } }, "1.33.4"), "replace");
  assert.equal(effectOf(shoot({}, "1.33.4"), { worker: config({ cpuOptions: null }) }), "replace");
});

test("the threshold is that of the pool, and of the release of the extension", () => {
  const pinned = (worker: Part): Part => ({ kubernetes: { version: "1.33.9" }, ...worker });
  assert.equal(effectOf(shoot(pinned({})), { worker: pinned(config()) }), "replace");
  assert.equal(effectOf(shoot(), { worker: config() }, { targets: { "provider-aws": "1.66" } }), "replace");
});

test("every hashed field of the WorkerConfig rolls", () => {
  const changes: readonly (readonly [Part, Part])[] = [
    [{}, { nodeTemplate: { capacity: { cpu: 4 } } }],
    [{}, { volume: { iops: 4000 } }],
    [{}, { volume: { throughput: 250 } }],
    [{ iamInstanceProfile: { name: "a" } }, { iamInstanceProfile: { name: "b" } }],
    [{ iamInstanceProfile: { name: "a" } }, { iamInstanceProfile: { arn: "arn:aws:iam::1:instance-profile/a" } }],
    [{}, { instanceMetadataOptions: { httpTokens: "required" } }],
    [{}, { instanceMetadataOptions: { httpPutResponseHopLimit: 2 } }],
    [{ cpuOptions: { coreCount: 2, threadsPerCore: 2 } }, { cpuOptions: { coreCount: 2, threadsPerCore: 1 } }],
    [{}, { capacityReservation: { capacityReservationPreference: "open" } }],
    [{}, { capacityReservation: { capacityReservationId: "cr-0123" } }],
    [{}, { instanceMarketOptions: { marketType: "spot" } }],
    [{}, { networkInterfaces: [{}] }],
    [{ networkInterfaces: [{}] }, { networkInterfaces: [{ networkCardIndexRange: { from: 0, to: 3 } }] }],
    [{ networkInterfaces: [{}] }, { networkInterfaces: [{ subnetID: "subnet-1" }] }],
    [{}, { placement: { groupId: "pg-1" } }],
    [{}, { placement: { tenancy: "dedicated" } }],
    [{ placement: { partitionNumber: 1 } }, { placement: { partitionNumber: 2 } }],
  ];
  for (const [before, after] of changes) assert.equal(configs(before, after), "replace", JSON.stringify(after));
});

test("inputs count by position, and defaults that the hash knows are no change", () => {
  assert.equal(configs({ volume: { iops: 500 } }, { volume: { throughput: 500 } }), "none");
  assert.equal(
    configs({ networkInterfaces: [{}] }, { networkInterfaces: [{ type: "interface", deviceIndex: 0 }] }),
    "none",
  );
  const capacity = (cpu: unknown, memory: string): Part => ({ nodeTemplate: { capacity: { cpu, memory } } });
  assert.equal(configs(capacity(2, "50Gi"), capacity("2", "51200Mi")), "none");
  assert.equal(configs(capacity(2, "50Gi"), capacity("1500m", "50Gi")), "none");
  assert.equal(configs(capacity(2, "50Gi"), capacity("2", "51200Mi"), "1.33.4"), "replace");
});

test("virtualCapacity reaches running nodes, and is no part of the hashed JSON of a providerConfig that is there", () => {
  const virtual: Part = { nodeTemplate: { virtualCapacity: { "example.com/dongle": 4 } } };
  assert.equal(effectOf(shoot(), { worker: config(virtual) }), "inplace");
  assert.equal(effectOf(shoot({}, "1.33.4"), { worker: config(virtual) }), "replace");
  assert.equal(configs({}, virtual, "1.33.4"), "inplace");
  assert.equal(configs(virtual, { nodeTemplate: {} }, "1.33.4"), "replace");
  assert.equal(configs(virtual, { nodeTemplate: { virtualCapacity: { "example.com/dongle": "4" } } }), "none");
});

test("data volumes count in their order, without names", () => {
  const volumes = (...list: readonly Part[]): Part => ({ dataVolumes: list });
  const disk = (name: string, size: string, more: Part = {}): Part => ({ name, size, type: "fast", ...more });
  const change = (before: Part, after: Part): string => effectOf(shoot(before), { worker: after });
  assert.equal(
    change(volumes(disk("a", "10Gi"), disk("b", "20Gi")), volumes(disk("b", "20Gi"), disk("a", "10Gi"))),
    "replace",
  );
  assert.equal(
    change(volumes(disk("a", "10Gi"), disk("b", "10Gi")), volumes(disk("b", "10Gi"), disk("a", "10Gi"))),
    "none",
  );
  assert.equal(change(volumes(disk("a", "10Gi")), volumes(disk("c", "10Gi"))), "none");
  assert.equal(change(volumes(disk("a", "10Gi")), volumes(disk("a", "10Gi", { encrypted: true }))), "replace");
  assert.equal(change({}, { volume: { encrypted: true } }), "replace");
});

test("in-place pools keep their providerConfig and data volumes", () => {
  const inPlace: Part = { updateStrategy: "AutoInPlaceUpdate" };
  const base = shoot(inPlace);
  assert.equal(effectOf(base, { worker: { ...inPlace, dataVolumes: [] } }), "none");
  assert.equal(effectOf(base, { worker: { ...inPlace, ...config() } }), "rejected");
  assert.equal(
    effectOf(base, { worker: { ...inPlace, dataVolumes: [{ name: "a", type: "fast", size: "1Gi" }] } }),
    "rejected",
  );
});

test("admission refuses what it refuses, with its reason", () => {
  const refused: readonly (readonly [Part, RegExp])[] = [
    [{ volume: undefined }, /volume: required value/],
    [{ volume: { type: undefined } }, /volume\.type: required value/],
    [{ dataVolumes: [{ name: "a", size: "1Gi" }] }, /dataVolumes\[0\]\.type/],
    [{ volume: { type: "io1" } }, /iops must be set/],
    [{ zones: ["z1", "z2", "z9"] }, /"z9" is not listed/],
    [{ zones: ["z2", "z1"] }, /Zones of a pool cannot/],
    [config({ machineType: "x" }), /unknown field "machineType"/],
    [config({ volume: { iops: "4000" } }), /must be a 32-bit integer/],
    [config({ volume: { iops: 0 } }), /must be >= 1/],
    [config({ dataVolumes: [{ name: "none" }] }), /no data volume of the pool/],
    [config({ iamInstanceProfile: { name: "a", arn: "arn:aws:iam::1:x" } }), /exactly one/],
    [config({ iamInstanceProfile: { name: "a b" } }), /does not match/],
    [config({ cpuOptions: { coreCount: 2 } }), /set together/],
    [config({ instanceMetadataOptions: { httpTokens: "maybe" } }), /one of required, optional/],
    [config({ instanceMetadataOptions: { httpPutResponseHopLimit: 65 } }), /must be <= 64/],
    [config({ networkInterfaces: [{ type: "efa-only" }] }), /efa-only/],
    [config({ placement: { hostId: "h-1" } }), /tenancy host/],
    [config({ nodeTemplate: { capacity: { cpu: "-1" } } }), /negative/],
    [config({ nodeTemplate: { virtualCapacity: { "a/b": "500m" } } }), /whole number/],
    [{ providerConfig: { kind: "WorkerConfig" } }, /apiVersion: required value/],
  ];
  for (const [worker, reason] of refused) {
    const base = shoot();
    const [pool] = reportOf(base, { ...base, worker }).pools;
    assert.equal(pool?.effect, "rejected", JSON.stringify(worker));
    assert.match(pool?.causes[0]?.because ?? "", reason);
  }
});

test("a refusal takes every pool of the Shoot with it, a new pool too", () => {
  const base: TrialShoot = { provider: "aws", infrastructure, workers: [workerOf(), workerOf({ name: "mem" })] };
  const head = [workerOf(), workerOf({ name: "mem" }), workerOf({ name: "new", zones: ["z9"] })];
  assert.deepEqual(effectsOf(base, { ...base, workers: head }), { cpu: "rejected", mem: "rejected", new: "rejected" });
});

test("a new pool makes nothing wrong of what admission took before", () => {
  const odd = { ...infrastructure, notYetKnown: true };
  const base: TrialShoot = { provider: "aws", infrastructure: odd, workers: [workerOf()] };
  const head = [workerOf({ name: "a" }), workerOf()];
  assert.deepEqual(effectsOf(base, { ...base, workers: head }), { a: "create", cpu: "none" });
});

test("the infrastructure is immutable where it says so, and else touches no worker", () => {
  const change = (change: Part): string => effectOf(shoot(), { infrastructure: { ...infrastructure, ...change } });
  const networks = (change: Part): Part => ({ networks: { ...infrastructure.networks, ...change } });
  const zones = infrastructure.networks.zones;
  assert.equal(change(networks({ vpc: { cidr: "10.240.0.0/12" } })), "rejected");
  assert.equal(change(networks({ zones: zones.slice(0, 2) })), "rejected");
  assert.equal(change(networks({ zones: zones.toReversed() })), "rejected");
  assert.equal(change(networks({ zones: [...zones, zone("z4", 48)] })), "none");
  assert.equal(change(networks({ nodesSecurityGroupID: "sg-1" })), "rejected");
  assert.equal(change({ enableDedicatedTenancyForVPC: false }), "rejected");
  assert.equal(change({ elasticFileSystem: { enabled: true } }), "none");
  assert.equal(change({ dualStack: { enabled: true } }), "none");
  assert.equal(change({ ignoreTags: { keys: ["a"] } }), "none");
  assert.equal(change({ ignoreTags: { keyPrefixes: ["kubes", "Names"] } }), "none");
  assert.equal(change({ ignoreTags: { keyPrefixes: ["kube"] } }), "rejected");
  assert.equal(change({ ignoreTags: { keyPrefixes: ["Nam"] } }), "rejected");
  assert.equal(change({ enableECRAccess: true }), "none");
  assert.equal(change({ enableECRAccess: false }), "inplace");
  assert.equal(change({ enableMTUCustomizer: false }), "unknown");
  assert.equal(change({ enableMtuCustomizer: false }), "rejected");
});
