import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, effectsOf, type Part, reportOf, type TrialShoot, workerConfig, workerOf } from "../trial-shoot.ts";

const single = { zoned: true, networks: { vnet: { cidr: "10.250.0.0/16" }, workers: "10.250.0.0/19" } };
const subnet = (name: number, third: number): Part => ({ name, cidr: `10.250.${third}.0/19` });
const split = (...zones: readonly Part[]): Part => ({
  zoned: true,
  networks: { vnet: { cidr: "10.250.0.0/16" }, zones },
});
const inZones = (name: string, zones: readonly string[], more: Part = {}): Part =>
  workerOf({ name, zones, volume: { type: "Premium_LRS" }, ...more });
const shoot = (worker: Part = {}, kubernetes = "1.35.1", infrastructure: Part = single): TrialShoot => ({
  provider: "azure",
  kubernetes,
  workers: [inZones("cpu", ["1", "2"], worker)],
  infrastructure,
});
const config = (fields: Part = {}): Part => ({ providerConfig: workerConfig("azure", fields) });
const change = (before: Part, after: Part, kubernetes = "1.35.1"): string =>
  effectOf(shoot(before, kubernetes), { workers: [inZones("cpu", ["1", "2"], after)] });
const infrastructure = (before: Part, after: Part, worker: Part = {}): string =>
  effectOf(shoot(worker, "1.35.1", before), { infrastructure: after });

test("an image of a data volume is named, and by a resource id", () => {
  const image = (imageRef: Part): Part => ({
    dataVolumes: [{ name: "data", size: "50Gi", type: "Premium_LRS" }],
    ...config({ dataVolumes: [{ name: "data", imageRef }] }),
  });
  const subscription = "00000000-1111-2222-3333-444444444444";
  const id = `/subscriptions/${subscription}/resourceGroups/images/providers/Microsoft.Compute/images/c`;
  assert.equal(change(image({ urn: "a:b:c:d" }), image({ id })), "replace");
  assert.equal(change(image({ urn: "a:b:c:d" }), image({ id: id.replace(subscription, "a") })), "rejected");
  assert.equal(change(image({ urn: "a:b:c:d" }), image({ id: "c" })), "rejected");
  assert.equal(change(image({ urn: "a:b:c:d" }), image({ urn: null })), "rejected");
});

test("from 1.35 on, single fields of the WorkerConfig are hashed; below, its JSON", () => {
  assert.equal(change({}, config()), "none");
  assert.equal(change({}, config(), "1.34.2"), "replace");
  assert.equal(change(config(), config({ diagnosticsProfile: { enabled: false } })), "replace");
  assert.equal(change(config(), config({ capacityReservation: {} })), "none");
  assert.equal(change(config(), config({ volume: { caching: "None" } })), "replace");
  assert.equal(change(config(), config({ volume: { cachingType: "None" } })), "rejected");
  assert.equal(change({}, config({ nodeTemplate: { virtualCapacity: { "a/b": 1 } } })), "inplace");
  assert.equal(change({}, config({ nodeTemplate: { virtualCapacity: { "a/b": 1 } } }), "1.34.2"), "replace");
});

test("data volumes are hashed in the order of their names, without the names", () => {
  const disks = (...list: readonly (readonly [string, string])[]): Part => ({
    dataVolumes: list.map(([name, size]) => ({ name, size, type: "Premium_LRS" })),
  });
  assert.equal(change(disks(["a", "1Gi"], ["b", "2Gi"]), disks(["b", "2Gi"], ["a", "1Gi"])), "none");
  assert.equal(change(disks(["a", "1Gi"], ["b", "2Gi"]), disks(["c", "1Gi"], ["b", "2Gi"])), "replace");
  assert.equal(change(disks(["a", "1Gi"], ["b", "2Gi"]), disks(["a", "1Gi"], ["c", "2Gi"])), "none");
  assert.equal(change({}, { volume: { type: "Premium_LRS", encrypted: false } }), "rejected");
});

test("the identity is hashed for every pool, its registry access is not", () => {
  const identity = (fields: Part): Part => ({
    ...single,
    identity: { name: "one", resourceGroup: "group", ...fields },
  });
  assert.equal(infrastructure(single, identity({})), "replace");
  assert.equal(infrastructure(identity({}), identity({ name: "two" })), "replace");
  assert.equal(infrastructure(identity({}), identity({ acrAccess: true })), "inplace");
  assert.equal(infrastructure(single, identity({}), { updateStrategy: "AutoInPlaceUpdate" }), "rejected");
});

test("on the way to a subnet for each zone, only pools in other zones are replaced, and the cause says which", () => {
  const base: TrialShoot = {
    ...shoot(),
    workers: [inZones("both", ["1", "2"]), inZones("first", ["1"]), inZones("second", ["2"])],
  };
  const head = { ...base, infrastructure: split(subnet(1, 0), subnet(2, 32)) };
  assert.deepEqual(effectsOf(base, head), { both: "replace", first: "none", second: "replace" });
  const cause = reportOf(base, head).pools.find(({ pool }) => pool === "both")?.causes[0];
  assert.equal(cause?.before, '{"1":"10.250.0.0/19","2":"10.250.0.0/19"}');
  assert.equal(cause?.after, '{"1":"10.250.0.0/19","2":"10.250.32.0/19"}');
});

test("other changes of the layout are refused or touch no pool", () => {
  const two = split(subnet(1, 0), subnet(2, 32));
  assert.equal(infrastructure(single, split(subnet(1, 32), subnet(2, 64))), "rejected");
  assert.equal(infrastructure(two, single), "rejected");
  assert.equal(infrastructure(two, split(subnet(1, 0), subnet(2, 32), subnet(3, 64))), "none");
  assert.equal(infrastructure(two, split(subnet(1, 0), subnet(2, 96))), "rejected");
  assert.equal(infrastructure(single, { ...single, zoned: false }), "rejected");
  const unzoned = { ...single, zoned: false };
  const withoutZones = { ...shoot({ zones: undefined }), infrastructure: unzoned };
  assert.equal(effectOf(withoutZones, { infrastructure: { ...unzoned, zoned: undefined } }), "none");
  const vnet = (cidr: string): Part => ({ ...single, networks: { ...single.networks, vnet: { cidr } } });
  assert.equal(infrastructure(single, vnet("10.248.0.0/14")), "none");
  assert.equal(infrastructure(single, vnet("10.250.0.0/18")), "rejected");
  const gateway = (fields: Part): Part => ({
    ...single,
    networks: { ...single.networks, natGateway: { enabled: true, ...fields } },
  });
  assert.equal(infrastructure(gateway({}), gateway({ idleConnectionTimeoutMinutes: 8 })), "none");
  assert.equal(infrastructure(gateway({}), gateway({ sku: "StandardV2" })), "rejected");
});

test("in-place pools of a Shoot without zones are warned about", () => {
  const inPlace = (zoned: boolean, zones: readonly string[]): string[] => {
    const infrastructure = { ...single, zoned };
    const pool = { updateStrategy: "AutoInPlaceUpdate", zones: zones.length === 0 ? undefined : zones };
    const base = shoot(pool, "1.35.1", infrastructure);
    const head = { ...base, workers: [inZones("cpu", ["1", "2"], { ...pool, maximum: 9 })] };
    return reportOf(base, head).diagnostics.map(({ code }) => code);
  };
  assert.ok(inPlace(false, []).some((code) => code.endsWith("azure-in-place-needs-zones")));
  assert.deepEqual(inPlace(true, ["1", "2"]), []);
});

test("nodes lie in the VNet, which is the network of the workers where none is named", () => {
  const networking = (nodes: string): Part => ({ spec: { networking: { type: "calico", nodes } } });
  const grown = (networks: Part): string =>
    effectOf(
      { ...shoot({}, "1.35.1", { zoned: true, networks }), ...networking("10.250.0.0/19") },
      networking("10.250.0.0/18"),
    );
  assert.equal(grown({ workers: "10.250.0.0/19" }), "rejected");
  assert.equal(grown({ workers: "10.250.0.0/19", vnet: { cidr: "10.250.0.0/16" } }), "none");
  assert.equal(infrastructure(single, { ...single, resourceGroup: { name: "group" } }), "rejected");
});

test("pods lie outside of the VNet", () => {
  const pods = (range: string): string =>
    effectOf(shoot(), { spec: { networking: { type: "calico", nodes: "10.250.0.0/19", pods: range } } });
  assert.equal(pods("10.250.128.0/17"), "rejected");
  assert.equal(pods("10.96.0.0/11"), "none");
});
