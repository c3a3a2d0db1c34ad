import assert from "node:assert/strict";
import { test } from "node:test";
import { expectEffects, expectRefusals, kubelet, spec } from "./expect.ts";
import { changed, compare, type PlainObject, shoot } from "./shoots.ts";

test("a value is refused by the releases that ask after it", () => {
  const at = (releases: readonly string[], set: PlainObject, base: PlainObject = {}): readonly string[] =>
    releases.map(
      (gardener) =>
        compare([shoot(base)], [changed(shoot(base), set)], { targets: { gardener } }).pools[0]?.effect ?? "",
    );
  assert.deepEqual(at(["1.127", "1.128"], { "/spec/kubernetes/kubelet/cpuManagerPolicy": "some" }), [
    "replace",
    "rejected",
  ]);
  assert.deepEqual(at(["1.134", "1.135"], { "/spec/kubernetes/kubeProxy/mode": "NFTables" }), ["rejected", "none"]);
  const ttl = { "/spec/kubernetes/kubeAPIServer/eventTTL": "48h" };
  assert.deepEqual(at(["1.135", "1.136", "1.143", "1.147"], ttl), ["none", "rejected", "none", "rejected"]);
  const gates = {
    "/spec/kubernetes/verticalPodAutoscaler": { enabled: true, featureGates: { InPlaceOrRecreate: true } },
  };
  assert.deepEqual(at(["1.123", "1.124", "1.145"], gates), ["rejected", "none", "rejected"]);
  const toleration = { "/spec/tolerations": [{ key: "a", value: "b c" }] };
  assert.deepEqual(at(["1.129", "1.130"], toleration), ["none", "rejected"]);
  const identity = { apiVersion: "security.gardener.cloud/v1alpha1", kind: "WorkloadIdentity", name: "a" };
  assert.deepEqual(at(["1.134", "1.135"], { "/spec/resources": [{ name: "a", resourceRef: identity }] }), [
    "rejected",
    "none",
  ]);
  assert.deepEqual(at(["1.149"], { "/spec/controlPlane": { zones: ["a"] } }), ["rejected"]);
  const sysctls = { "/spec/provider/workers/a/sysctls": { "vm.max_map_count": "" } };
  assert.deepEqual(at(["1.132", "1.133"], sysctls), ["inplace", "rejected"]);
  const api = "/spec/kubernetes/kubeAPIServer";
  assert.deepEqual(at(["1.126", "1.127"], { [`${api}/apiAudiences`]: ["a", "a"] }), ["none", "rejected"]);
  const policy = { [`${api}/auditConfig`]: { auditPolicy: { configMapRef: { name: "AUDIT" } } } };
  assert.deepEqual(at(["1.131", "1.132"], policy), ["none", "rejected"]);
  for (const [name, amount] of [
    ["maxMutatingInflight", 500],
    ["maxNonMutatingInflight", 1000],
  ] as const)
    assert.deepEqual(at(["1.134", "1.135"], { [`${api}/requests`]: { [name]: amount } }), ["rejected", "none"]);
  const encrypted = (resource: string): PlainObject => ({ [`${api}/encryptionConfig`]: { resources: [resource] } });
  assert.deepEqual(at(["1.122", "1.123"], encrypted("secrets")), ["rejected", "rejected"]);
  assert.deepEqual(at(["1.122", "1.123"], encrypted("Configmaps")), ["none", "rejected"]);
  const suffixes = { "/spec/systemComponents/coreDNS/rewriting": { commonSuffixes: ["a.b", ".a.b"] } };
  assert.deepEqual(at(["1.98", "1.123", "1.124"], suffixes), ["rejected", "rejected", "rejected"]);
  const dns = (secretName: string): PlainObject => ({
    "/spec/dns": { domain: "a.b.example", providers: [{ type: "some-dns", primary: true, secretName }] },
  });
  assert.deepEqual(at(["1.134", "1.135"], dns("A"), dns("a")), ["rejected", "none"]);
  assert.deepEqual(at(["1.134", "1.135"], dns(""), dns("a")), ["none", "rejected"]);
  const gate = (value: boolean, kubernetes: string): readonly string[] =>
    at(
      ["1.122"],
      { "/spec/kubernetes/kubelet/featureGates": { KubeletPodResources: value } },
      { "/spec/kubernetes/version": kubernetes },
    );
  assert.deepEqual([gate(true, "1.29.1"), gate(false, "1.29.1"), gate(true, "1.30.1")].flat(), [
    "inplace",
    "rejected",
    "rejected",
  ]);
});

test("how many nodes a pool that is updated in place may add and miss was asked and filled in differently", () => {
  const releases = ["1.113", "1.115", "1.122", "1.123", "1.124", "1.125", "1.129"];
  const under = (strategy: string, set: PlainObject): string => {
    const pool = { "/spec/provider/workers/a/updateStrategy": strategy };
    const effect = (gardener: string): string =>
      compare([shoot(pool)], [changed(shoot(pool), set)], { targets: { gardener } }).pools[0]?.effect ?? "";
    return releases.map((release) => (effect(release) === "rejected" ? "no" : "yes")).join(" ");
  };
  const [surge, unavailable] = ["/spec/provider/workers/a/maxSurge", "/spec/provider/workers/a/maxUnavailable"];
  assert.equal(under("AutoInPlaceUpdate", { [surge]: 0 }), "no no no yes yes yes yes");
  assert.equal(under("AutoInPlaceUpdate", { [unavailable]: 0 }), "yes yes yes no no no no");
  assert.equal(under("ManualInPlaceUpdate", { [surge]: 0 }), "no yes yes yes yes yes no");
  assert.equal(under("ManualInPlaceUpdate", { [surge]: 2 }), "yes yes yes no no yes no");
  assert.equal(under("ManualInPlaceUpdate", { [unavailable]: 0 }), "yes yes yes no no yes no");
  const shown = (gardener: string): unknown => {
    const pool = shoot({ "/spec/provider/workers/a/updateStrategy": "ManualInPlaceUpdate" });
    const { nodes } = compare([pool], [changed(pool, { "/spec/purpose": "testing" })], { targets: { gardener } })
      .pools[0] ?? { nodes: undefined };
    return [nodes?.surge, nodes?.unavailable];
  };
  assert.deepEqual(["1.114", "1.124", "1.125"].map(shown), [
    ["1", "0"],
    ["0", "1"],
    [null, null],
  ]);
});

test("before 1.149 an architecture that is not written is amd64, whatever the machine type", () => {
  const to = (gardener: string, type: string): string | undefined => {
    const base = shoot({ "/spec/provider/workers/a/machine/type": "m5.large", "/spec/provider/type": "aws" });
    const head = changed(base, { "/spec/provider/workers/a/machine/type": type });
    return compare([base], [head], { targets: { gardener } }).pools[0]?.effect;
  };
  assert.deepEqual([to("1.148", "m6g.large"), to("1.149", "m6g.large")], ["rejected", "replace"]);
  const created = (gardener: string, architecture: string | null): string | undefined => {
    const machine = { "/spec/provider/workers/a/machine/architecture": architecture, "/spec/provider/type": "aws" };
    const causes = compare([], [shoot({ ...machine, "/spec/provider/workers/a/machine/type": "m6g.large" })], {
      targets: { gardener },
    }).pools[0]?.causes;
    return causes?.find(({ rule }) => rule === "gardener/architecture-of-machine-type")?.effect;
  };
  assert.deepEqual(
    [created("1.149", "amd64"), created("1.149", "arm64"), created("1.149", null)],
    ["rejected", undefined, undefined],
  );
  assert.equal(created("1.148", null), "rejected");
  assert.equal(to("1.148", "m6i.large"), "replace");
});

test("which IP families may follow each other depends on the release", () => {
  const under = (before: readonly string[], after: readonly string[]): string[] =>
    ["1.116", "1.124", "1.131", "1.132", "1.138"].map((gardener) => {
      const overlay = { "/spec/networking/providerConfig": { overlay: { enabled: false } } };
      const base = shoot({ "/spec/networking/ipFamilies": before, ...overlay });
      const head = changed(base, { "/spec/networking/ipFamilies": after });
      return compare([base], [head], { targets: { gardener } }).pools[0]?.effect ?? "";
    });
  assert.deepEqual(under(["IPv4"], ["IPv4", "IPv6"]), ["rejected", "none", "none", "none", "none"]);
  assert.deepEqual(under(["IPv4", "IPv6"], ["IPv4"]), ["rejected", "none", "rejected", "none", "rejected"]);
  // The ranges of pods and services are still those of IPv4.
  assert.deepEqual(under(["IPv4"], ["IPv6"]), ["rejected", "rejected", "rejected", "rejected", "rejected"]);
});

test("what a Kubernetes version has no more, or not yet, is refused", () => {
  const at = (version: string): PlainObject => ({ "/spec/kubernetes/version": version });
  expectRefusals(kubelet("imagePullCredentialsVerificationPolicy", "AlwaysVerify"), at("1.34.1"));
  expectRefusals(spec("kubernetes/kubeControllerManager", { podEvictionTimeout: "2m" }), at("1.33.2"));
  expectRefusals(spec("kubernetes/kubeScheduler", { kubeMaxPDVols: "30" }), at("1.35.0"));
  expectRefusals(kubelet("featureGates", { SizeMemoryBackedVolumes: false }), at("1.33.2"));
  // The list itself is asked after, not what is in it.
  expectRefusals(spec("kubernetes/clusterAutoscaler", { ignoreTaints: [] }, { ignoreTaints: ["a"] }), at("1.33.2"));
  expectRefusals(kubelet("preloadedImagesVerificationAllowlist", [], ["registry.k8s.io/pause"]), at("1.35.0"));
  expectEffects([
    {
      base: at("1.35.0"),
      set: { "/spec/kubernetes/kubelet/imagePullCredentialsVerificationPolicy": "AlwaysVerify" },
      a: "inplace",
      b: "inplace",
    },
    { base: at("1.34.1"), set: { "/spec/kubernetes/kubeScheduler": { kubeMaxPDVols: "30" } } },
  ]);
});
