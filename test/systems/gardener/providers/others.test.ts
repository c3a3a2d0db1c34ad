import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, type Part, reportOf, type TrialShoot, workerConfig, workerOf } from "../trial-shoot.ts";

const change = (provider: string, before: Part, after: Part, infrastructure?: Part): string =>
  effectOf(
    { provider, worker: before, ...(infrastructure === undefined ? {} : { infrastructure }) },
    { worker: after },
  );
const config = (provider: string, fields: Part = {}): Part => ({ providerConfig: workerConfig(provider, fields) });
const disk: Part = { dataVolumes: [{ name: "a", size: "10Gi", type: "fast" }] };

test("ironcore hashes encryption and data volumes with their names, and no providerConfig", () => {
  assert.equal(change("ironcore", {}, config("ironcore")), "none");
  assert.equal(change("ironcore", {}, { volume: { encrypted: true } }), "replace");
  assert.equal(change("ironcore", disk, { dataVolumes: [{ name: "b", size: "10Gi", type: "fast" }] }), "replace");
  const base: TrialShoot = { provider: "ironcore", infrastructure: { networkRef: { name: "a" } } };
  assert.equal(effectOf(base, { infrastructure: { networkRef: { name: "b" } } }), "rejected");
});

const metalWorker = { volume: undefined, zones: undefined };
const metal: TrialShoot = {
  provider: "metal",
  worker: metalWorker,
  infrastructure: { projectID: "p", partitionID: "q", firewall: { size: "s" } },
};
const otherMachine = { worker: { ...metalWorker, machine: { type: "huge" } } };

test("metal rolls for the triggers of Gardener only, and takes no volumes and zones", () => {
  assert.equal(effectOf(metal, otherMachine), "replace");
  assert.equal(effectOf(metal, { worker: { ...metalWorker, ...config("metal") } }), "none");
  assert.equal(effectOf(metal, { worker: { ...metalWorker, zones: ["z1"] } }), "rejected");
  assert.equal(effectOf(metal, { worker: { zones: undefined } }), "rejected");
  const infrastructure = (fields: Part): Part => ({ ...metal.infrastructure, ...fields });
  assert.equal(effectOf(metal, { infrastructure: infrastructure({ projectID: "other" }) }), "rejected");
  assert.equal(effectOf(metal, { infrastructure: infrastructure({ firewall: { size: "t" } }) }), "none");
});

test("metal's annotation keeps the machine class until it is removed", () => {
  const held = { ...metal, annotations: { "cluster.metal-stack.io/keep-worker-hash": "true" } };
  const [pool] = reportOf(held, { ...held, ...otherMachine }).pools;
  assert.equal(pool?.effect, "none");
  assert.equal(pool?.pending?.effect, "replace");
  assert.equal(effectOf(held, { annotations: { other: "x" } }), "unknown");
});

test("metal's webhook fills in 250 pods for the Shoot, not for a pool with a kubelet block of its own", () => {
  const shared = (fields: Part): TrialShoot => ({
    ...metal,
    spec: { kubernetes: { version: "1.33.4", kubelet: fields } },
  });
  assert.equal(effectOf(shared({}), shared({ maxPods: 250 })), "none");
  assert.equal(effectOf(shared({ maxPods: 110 }), shared({})), "inplace");
  const own = (fields: Part): TrialShoot => ({ ...metal, worker: { ...metalWorker, kubernetes: { kubelet: fields } } });
  assert.equal(effectOf(own({}), own({ maxPods: 110 })), "none");
});

test("vsphere hashes the JSON of providerConfig, hcloud and local do not", () => {
  assert.equal(change("vsphere", {}, { providerConfig: { a: 1 } }), "replace");
  assert.equal(change("hcloud", {}, config("hcloud", { placementGroupType: "spread" })), "none");
  assert.equal(change("local", {}, { providerConfig: { a: 1 }, ...disk }), "none");
});

test("zones may be appended and nothing else, but where nobody checks", () => {
  const zones = (provider: string, ...after: readonly string[]): string => change(provider, {}, { zones: after });
  for (const provider of ["aws", "gcp", "azure", "openstack", "alicloud", "ironcore", "hcloud", "vsphere"]) {
    assert.equal(zones(provider, "z2", "z1"), "rejected", provider);
    assert.equal(zones(provider, "z1"), "rejected", provider);
    assert.equal(zones(provider, "z0", "z1", "z2"), "rejected", provider);
    assert.equal(zones(provider, "z1", "z3", "z2"), "rejected", provider);
    assert.equal(zones(provider, "z1", "z2", "z3"), "scale", provider);
  }
  assert.notEqual(zones("stackit", "z2", "z1"), "rejected");
});

test("of a provider that no table describes nothing is claimed, and core triggers still hold", () => {
  assert.equal(change("acme", {}, { providerConfig: { a: 1 } }), "unknown");
  assert.equal(change("acme", {}, disk), "unknown");
  assert.equal(change("acme", {}, { volume: { encrypted: true } }), "unknown");
  assert.equal(effectOf({ provider: "acme" }, { infrastructure: {} }), "unknown");
  assert.equal(change("acme", {}, { volume: { size: "60Gi" } }), "replace");
});

test("what a machine image takes depends on the image", () => {
  const image = (name: string, providerConfig?: Part): Part => ({
    machine: { image: { name, version: "1", ...(providerConfig === undefined ? {} : { providerConfig }) } },
  });
  const added = (name: string, fields: Part): string => change("openstack", image(name), image(name, fields));
  assert.equal(added("flatcar", { kind: "ExtensionConfig", ntp: { enabled: true } }), "inplace");
  assert.equal(added("flatcar", { kind: "ExtensionConfig", enableDocker: true }), "none");
  assert.equal(added("flatcar", { surprise: true }), "unknown");
  assert.equal(added("memoryone-chost", { memoryTopology: "3" }), "none");
  assert.equal(added("gardenlinux", { linuxSecurityModule: "SELinux" }), "inplace");
});

test("the flags of gVisor reach running nodes; what another runtime does with its configuration is not known", () => {
  const runtime = (type: string, flags?: Part): Part => ({
    cri: {
      name: "containerd",
      containerRuntimes: [{ type, ...(flags === undefined ? {} : { providerConfig: flags }) }],
    },
  });
  assert.equal(
    change("local", runtime("gvisor"), runtime("gvisor", { configFlags: { "net-raw": "true" } })),
    "inplace",
  );
  assert.equal(change("local", runtime("kata"), runtime("kata", { a: 1 })), "unknown");
});

test("the configuration of the network reaches pods only", () => {
  const base: TrialShoot = {
    provider: "openstack",
    spec: { networking: { providerConfig: { overlay: { enabled: true } } } },
  };
  const head = { spec: { networking: { providerConfig: { overlay: { enabled: false } } } } };
  assert.equal(effectOf(base, head), "none");
  const other = { networking: { type: "acme" } };
  assert.equal(
    effectOf(
      { ...base, spec: { networking: { ...(base.spec?.["networking"] as Part), ...other.networking } } },
      {
        spec: { networking: { ...head.spec.networking, ...other.networking } },
      },
    ),
    "unknown",
  );
});

test("a change of one worker touches no other worker", () => {
  const base: TrialShoot = { provider: "vsphere", workers: [workerOf(), workerOf({ name: "mem" })] };
  const head = { ...base, workers: [workerOf(), workerOf({ name: "mem", providerConfig: { a: 1 } })] };
  const effects = reportOf(base, head).pools.map(({ pool, effect }) => `${pool} ${effect}`);
  assert.deepEqual(
    effects.filter((text) => !text.endsWith(" none")),
    ["mem replace"],
  );
});
