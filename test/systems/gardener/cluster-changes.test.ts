import assert from "node:assert/strict";
import { test } from "node:test";
import type { Effect } from "../../../src/index.ts";
import { expectEffects, expectRefusals, type Expectation } from "./expect.ts";
import { compare, type PlainObject, shoot } from "./shoots.ts";

const both = (set: PlainObject, effect: Effect, base: PlainObject = {}): Expectation => ({
  base,
  set,
  a: effect,
  b: effect,
});
const version = (text: string): PlainObject => ({ "/spec/kubernetes/version": text });
const pin = (text: string): PlainObject => ({ "/spec/provider/workers/a/kubernetes": { version: text } });

test("the minor version rolls, the patch version does not", () => {
  expectEffects([
    both(version("1.34.1"), "replace"),
    both(version("1.33.5"), "inplace"),
    // No CloudProfile can list it.
    both(version("v1.33.2"), "rejected"),
    both(version("1.34"), "replace"),
    both(version("1.33"), "unknown"),
    { set: version("1.34.1"), base: pin("1.33.2"), b: "replace" },
    { set: pin("1.34.1"), base: { ...version("1.34.1"), ...pin("1.32.9") }, a: "replace" },
  ]);
});

test("versions go up, one minor version at a time for the Shoot", () => {
  expectRefusals([version("1.33.1"), version("1.35.0"), pin("1.34.1"), pin("1.32.9")]);
  // Whatever patch version they come to.
  expectRefusals([version("1.32"), version("1.35"), pin("1.34"), pin("1.32")]);
  expectRefusals([version("1.36")], { ...version("1.35.0"), ...pin("1.32.9") });
  expectEffects([{ set: pin(""), a: "unknown" }]);
  expectRefusals([version("1.36.0")], { ...version("1.35.0"), ...pin("1.32.9") });
  expectRefusals([{ "/spec/provider/workers/a/kubernetes": { version: "1.34.1" } }], {
    ...version("1.34.1"),
    ...pin("1.32.9"),
    "/spec/provider/workers/a/updateStrategy": "AutoInPlaceUpdate",
  });
});

const dns = (enabled: boolean): PlainObject => ({ "/spec/systemComponents": { nodeLocalDNS: { enabled } } });
const proxy = (mode: string, enabled = true): PlainObject => ({ "/spec/kubernetes/kubeProxy": { mode, enabled } });

test("node-local-dns is in the key below 1.34 and with IPVS, else a label", () => {
  expectEffects([
    both(dns(true), "replace"),
    both(dns(true), "inplace", version("1.34.1")),
    both(dns(true), "replace", { ...version("1.34.1"), ...proxy("IPVS") }),
    both(proxy("IPVS"), "replace", { ...version("1.34.1"), ...dns(true) }),
    both(proxy("IPVS"), "inplace", dns(true)),
    both(proxy("IPVS"), "none"),
    both(proxy("IPVS"), "replace", { ...version("1.34.1"), ...dns(true), ...proxy("IPVS", false) }),
    { base: { ...version("1.34.1"), ...pin("1.33.2") }, set: dns(true), a: "replace", b: "inplace" },
    { ...both(dns(true), "replace", version("1.34.1")), options: { targets: { gardener: "1.125" } } },
    { ...both(dns(true), "none"), options: { landscape: { "gardener.node-local-dns-by-default": true } } },
  ]);
});

test("what reaches all nodes in place", () => {
  expectEffects([
    both(proxy("IPTables", false), "inplace"),
    both({ "/spec/provider/workersSettings": { sshAccess: { enabled: false } } }, "inplace"),
    // What the API server filled in stays when nobody takes it away.
    both({ "/spec/provider/workersSettings": { sshAccess: {} } }, "none"),
    both({ "/spec/provider/workersSettings": { sshAccess: {} } }, "inplace", {
      "/spec/provider/workersSettings": { sshAccess: { enabled: true } },
    }),
    both({ "/spec/maintenance": { timeWindow: {} } }, "none", { "/spec/maintenance": {} }),
    both({ "/spec/provider/workersSettings": {} }, "none"),
    both({ "/spec/kubernetes/kubeControllerManager": { nodeMonitorGracePeriod: "60s" } }, "inplace"),
    both({ "/spec/kubernetes/kubeControllerManager": { nodeMonitorGracePeriod: "2m" } }, "none", {
      "/spec/kubernetes/kubeControllerManager": { nodeMonitorGracePeriod: "60s" },
    }),
  ]);
});

test("what reaches no node", () => {
  const nothing: readonly PlainObject[] = [
    { "/spec/kubernetes/kubeAPIServer": { eventTTL: "2h" } },
    { "/spec/kubernetes/kubeScheduler": { profile: "bin-packing" } },
    { "/spec/kubernetes/clusterAutoscaler": { expander: "priority" } },
    { "/spec/kubernetes/verticalPodAutoscaler": { enabled: true } },
    { "/spec/systemComponents": { coreDNS: { autoscaling: { mode: "cluster-proportional" } } } },
    { "/spec/maintenance": { autoUpdate: { kubernetesVersion: true } } },
    { "/spec/monitoring": { alerting: { emailReceivers: ["a@example.org"] } } },
    { "/spec/dns": { domain: "payments.example.org" } },
    { "/spec/hibernation": { schedules: [{ start: "0 20 * * *" }] } },
    { "/spec/controlPlane": { highAvailability: { failureTolerance: { type: "node" } } } },
    { "/spec/credentialsBindingName": "others" },
    { "/spec/tolerations": [{ key: "seed" }] },
    { "/spec/resources": [{ name: "policy", resourceRef: { apiVersion: "v1", kind: "ConfigMap", name: "policy" } }] },
    { "/spec/cloudProfile": null, "/spec/cloudProfileName": "aws" },
    { "/metadata/labels": { stage: "b" } },
    { "/metadata/annotations": { note: "x" } },
    {
      "/spec/networking/ipFamilies": ["IPv4", "IPv6"],
      "/spec/networking/providerConfig": { overlay: { enabled: false } },
    },
  ];
  expectEffects(nothing.map((set) => both(set, "none")));
});

test("what cannot be known from the manifests", () => {
  expectEffects([
    both({ "/spec/kubernetes/version": null }, "unknown"),
    both({ "/spec/extensions": [{ type: "somebody" }] }, "unknown"),
    both({ "/spec/cloudProfile": { kind: "NamespacedCloudProfile", name: "other" } }, "unknown"),
    both({ "/spec/purpose": "development" }, "unknown"),
    {
      ...both({ "/spec/purpose": "development" }, "none"),
      options: { landscape: { "gardener.node-logging-by-purpose": "false" } },
    },
    {
      ...both({ "/spec/purpose": "development" }, "inplace"),
      options: { landscape: { "gardener.node-logging-by-purpose": "true" } },
    },
  ]);
});

test("what a Shoot can never change", () => {
  expectRefusals([
    { "/spec/region": "eu-central-1" },
    { "/spec/provider/type": "gcp" },
    { "/spec/networking/type": "cilium" },
    { "/spec/networking/pods": "100.112.0.0/12" },
    { "/spec/networking/services": null },
    { "/spec/networking/ipFamilies": ["IPv6"] },
    { "/spec/schedulerName": "mine" },
    { "/spec/credentialsBindingName": null },
    { "/spec/kubernetes/kubeControllerManager": { nodeCIDRMaskSize: 25 } },
    { "/spec/provider/workers": [] },
    { "/spec/provider/workers/a/controlPlane": {} },
  ]);
  expectRefusals([{ "/spec/seedName": "other" }, { "/spec/seedName": null }], { "/spec/seedName": "seed" });
  expectRefusals([{ "/spec/dns": null }, { "/spec/dns/domain": "other.example.org" }], {
    "/spec/dns": { domain: "a.example.org" },
  });
  expectRefusals(
    [{ "/spec/controlPlane": null }, { "/spec/controlPlane/highAvailability/failureTolerance/type": "zone" }],
    {
      "/spec/controlPlane": { highAvailability: { failureTolerance: { type: "node" } } },
    },
  );
  expectEffects([
    both({ "/spec/kubernetes/kubeControllerManager": { nodeCIDRMaskSize: 24 } }, "none"),
    both({ "/spec/secretBindingName": null, "/spec/credentialsBindingName": "new" }, "none", {
      "/spec/secretBindingName": "old",
      "/spec/credentialsBindingName": null,
    }),
  ]);
});

test("a workerless Shoot gets no workers", () => {
  const added = compare([shoot({}, [])], [shoot()]);
  assert.deepEqual(
    added.pools.map(({ pool, effect }) => `${pool} ${effect}`),
    ["a rejected", "b rejected"],
  );
  assert.match(added.pools[0]?.causes[0]?.because ?? "", /cannot switch from a workerless Shoot/);
});

test("the settings of the kubelet are asked for by the version of each pool that takes them", () => {
  const policy = { "/spec/kubernetes/kubelet": { imagePullCredentialsVerificationPolicy: "NeverVerify" } };
  const older = { "/spec/kubernetes/version": "1.35.2", "/spec/provider/workers/a/kubernetes": { version: "1.34.3" } };
  expectRefusals([policy], older);
  const own = { ...older, "/spec/provider/workers/a/kubernetes": { version: "1.34.3", kubelet: { maxPods: 110 } } };
  expectEffects([{ base: own, set: policy, b: "inplace" }]);
});

test("a name of the profile stays where spec.cloudProfile says the same", () => {
  const to134 = { "/spec/kubernetes/version": "1.34.1" };
  const named = (profile: PlainObject): PlainObject => ({
    "/spec/cloudProfileName": "aws",
    "/spec/cloudProfile": profile,
  });
  expectEffects(
    [{ name: "aws" }, { kind: "CloudProfile", name: "aws" }].map((profile) => both(to134, "replace", named(profile))),
  );
  for (const profile of [{ name: "other" }, { kind: "NamespacedCloudProfile", name: "aws" }])
    expectRefusals([to134], named(profile));
});
