import assert from "node:assert/strict";
import { test } from "node:test";
import { effectOf, type Part, type TrialShoot, workerConfig } from "../trial-shoot.ts";

const infrastructure = { floatingPoolName: "external", networks: { workers: "10.250.0.0/19" } };
const shoot = (provider: string, worker: Part = {}): TrialShoot => ({ provider, worker, infrastructure });
const change = (provider: string, before: Part, after: Part, worker: Part = {}): string =>
  effectOf(shoot(provider, { ...worker, providerConfig: workerConfig(provider, before) }), {
    worker: { ...worker, providerConfig: workerConfig(provider, after) },
  });
const label = (name: string, value: string, rolls?: boolean): Part => ({
  name,
  value,
  ...(rolls === undefined ? {} : { triggerRollingOnUpdate: rolls }),
});

for (const provider of ["openstack", "stackit"])
  test(`${provider} hashes machine labels that ask for it, whatever their order`, () => {
    const labels = (...list: readonly Part[]): Part => ({ machineLabels: list });
    const of = (before: Part, after: Part): string => change(provider, before, after);
    assert.equal(of(labels(label("a", "1", true)), labels(label("a", "2", true))), "replace");
    assert.equal(of(labels(label("a", "1", true)), labels(label("a", "1", false))), "replace");
    assert.equal(of(labels(label("a", "1")), labels(label("a", "2"))), "none");
    assert.equal(
      of(labels(label("a", "1", true), label("b", "1", true)), labels(label("b", "1", true), label("a", "1", true))),
      "none",
    );
  });

test("openstack hashes the server group and the set of security groups, nothing else", () => {
  const of = (before: Part, after: Part): string => change("openstack", before, after);
  assert.equal(of({}, { serverGroup: { policy: "soft-affinity" } }), "replace");
  assert.equal(of({ serverGroup: { policy: "a" } }, { serverGroup: { policy: "b" } }), "replace");
  assert.equal(of({ additionalSecurityGroups: ["a", "b"] }, { additionalSecurityGroups: ["b", "a"] }), "none");
  assert.equal(of({ additionalSecurityGroups: ["a"] }, { additionalSecurityGroups: ["b"] }), "replace");
  assert.equal(of({}, { nodeTemplate: { capacity: { cpu: 4 } } }), "none");
  assert.equal(of({}, { nodeTemplate: { virtualCapacity: { "a/b": 4 } } }), "inplace");
  const disks = { dataVolumes: [{ name: "a", size: "1Gi" }], volume: { encrypted: true } };
  assert.equal(effectOf(shoot("openstack"), { worker: disks }), "none");
});

test("openstack refuses affinity over zones, doubled labels and groups, and a changed infrastructure", () => {
  const of = (after: Part, worker: Part = {}): string => change("openstack", {}, after, worker);
  assert.equal(of({ serverGroup: { policy: "affinity" } }), "rejected");
  assert.equal(of({ serverGroup: { policy: "affinity" } }, { zones: ["z1"] }), "replace");
  assert.equal(of({ machineLabels: [label("a", "1"), label("a", "2")] }), "rejected");
  assert.equal(of({ machineLabels: [label("a", "1")] }, { labels: { a: "1" } }), "rejected");
  assert.equal(of({ additionalSecurityGroups: ["a", "a"] }), "rejected");
  assert.equal(of({ serverGroups: {} }), "rejected");
  const networks = (change: Part): string =>
    effectOf(shoot("openstack"), {
      infrastructure: { ...infrastructure, networks: { ...infrastructure.networks, ...change } },
    });
  assert.equal(networks({ router: { id: "r" } }), "rejected");
  assert.equal(networks({ workers: "10.250.0.0/18" }), "rejected");
  assert.equal(networks({ worker: "" }), "none");
  assert.equal(networks({ shareNetwork: { enabled: true } }), "none");
});

test("stackit checks no workers, but keeps its networks", () => {
  assert.equal(effectOf(shoot("stackit"), { worker: { zones: ["z1", "z2", "z3"] } }), "scale");
  assert.equal(effectOf(shoot("stackit"), { worker: { zones: ["z1"] } }), "scale");
  assert.equal(effectOf(shoot("stackit"), { worker: { zones: ["z3", "z2"] } }), "none");
  const networks = { ...infrastructure, networks: { workers: "10.0.0.0/16" } };
  assert.equal(effectOf(shoot("stackit"), { infrastructure: networks }), "rejected");
});
