import assert from "node:assert/strict";
import { test } from "node:test";
import type { Effect } from "../../../src/index.ts";
import { expectEffects, expectRefusals, type Expectation } from "./expect.ts";
import { changed, compare, type Plain, type PlainObject, shoot } from "./shoots.ts";

const pool = (field: string, ...values: readonly Plain[]): PlainObject[] =>
  values.map((value) => ({ [`/spec/provider/workers/a/${field}`]: value }));
const kubelet = (field: string, ...values: readonly Plain[]): PlainObject[] =>
  values.map((value) => ({ [`/spec/kubernetes/kubelet/${field}`]: value }));
const spec = (field: string, ...values: readonly Plain[]): PlainObject[] =>
  values.map((value) => ({ [`/spec/${field}`]: value }));

test("values of the wrong type are refused when they are decoded", () => {
  expectRefusals([
    ...pool("minimum", "1", 1.5, 3_000_000_000),
    ...pool("volume/size", 50),
    ...pool("machine/image/version", 1592.9),
    ...pool("labels", { count: 5 }, { debug: true }, ["a"]),
    ...pool("annotations", { count: 1 }),
    ...pool("sysctls", { "vm.max_map_count": 262_144 }),
    ...pool("systemComponents", { allow: "often" }),
    ...pool("machineControllerManager", { machineDrainTimeout: 300 }, { machineDrainTimeout: "5" }),
    ...kubelet("maxPods", "110"),
    ...kubelet("failSwapOn", "true"),
    ...kubelet("featureGates", { NodeSwap: "true" }),
    ...kubelet("evictionPressureTransitionPeriod", 240),
    ...kubelet("evictionHard", { memoryAvailable: 5 }),
    ...kubelet("kubeReserved", { cpu: "abc" }, { memory: "1KiB" }, { cpu: [] }),
    ...spec("kubernetes/version", 1.34),
    ...spec("tolerations", {}),
    { "/metadata/labels": { stage: 1 } },
  ]);
});

test("a refused field is not called unknown as well", () => {
  const before = shoot();
  const report = compare([before], [changed(before, { "/spec/kubernetes/enableStaticTokenKubeconfig": false })]);
  assert.deepEqual(
    [...new Set(report.pools.flatMap(({ causes }) => causes.map(({ rule, effect }) => `${rule} ${effect}`)))],
    ["gardener/api-values rejected"],
  );
});

test("misspelled and removed fields are refused, as strict decoding does", () => {
  expectRefusals([
    ...pool("machineType", 3),
    ...pool("machine/imageVersion", "1877.2.0"),
    ...pool("zone", "eu-west-1a"),
    ...pool("MaxSurge", 1),
    ...pool("kubernetes", { kubelet: { systemReserved: { cpu: "100m" } } }),
    ...kubelet("imagePullProgressDeadline", "2m"),
    // Their place is inside another object.
    ...pool("kubelet", { maxPods: 100 }),
    ...pool("machineDrainTimeout", "1h"),
    ...spec("nodeLocalDNS", { enabled: true }),
  ]);
});

test("a field that resembles none is refused where the release is known, and may be known to a newer one elsewhere", () => {
  const [ofPool = {}, ofShoot = {}] = [...pool("placement", { group: 1 }), ...spec("quantum", { on: true })];
  const release = (gardener: string) => ({ options: { targets: { gardener } } });
  expectEffects([
    { set: ofPool, a: "unknown" },
    { set: ofShoot, a: "unknown", b: "unknown" },
    { set: ofPool, a: "unknown", ...release("1.150") },
    { set: ofPool, a: "rejected", b: "rejected", ...release("1.149") },
    { set: ofShoot, a: "rejected", b: "rejected", ...release("1.140.2") },
    // A base that holds it was accepted.
    { base: ofPool, set: pool("placement", { group: 2 })[0] ?? {}, a: "unknown", ...release("1.149") },
    // Several objects have a field of this name, so a newer release may well have it here too.
    { set: pool("enabled", true)[0] ?? {}, a: "unknown" },
  ]);
});

test("a field is refused by releases that do not have it yet, or no longer", () => {
  const under = (gardener: string, [set = {}]: readonly PlainObject[], effect: Effect): Expectation => ({
    set,
    a: effect,
    ...(effect === "replace" ? {} : { b: effect }),
    options: { targets: { gardener } },
  });
  const oidc = { "/spec/kubernetes/kubeAPIServer": { oidcConfig: { clientID: "a", issuerURL: "https://a" } } };
  const old = { base: { "/spec/kubernetes/version": "1.31.1" } };
  expectEffects([
    under("1.119", kubelet("maxParallelImagePulls", 3), "rejected"),
    under("1.120", kubelet("maxParallelImagePulls", 3), "inplace"),
    under("1.106", spec("accessRestrictions", [{ name: "eu-access-only" }]), "rejected"),
    under("1.107", spec("accessRestrictions", [{ name: "eu-access-only" }]), "none"),
    under("1.113", spec("kubernetes/etcd", { main: {} }), "rejected"),
    { ...old, ...under("1.140", [oidc], "none") },
    { ...old, ...under("1.142", [oidc], "rejected") },
    { ...old, set: oidc, a: "rejected", b: "rejected" },
    under("1.140", [oidc], "rejected"),
  ]);
});

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
  const sysctls = { "/spec/provider/workers/a/sysctls": { "vm.max_map_count": "" } };
  assert.deepEqual(at(["1.132", "1.133"], sysctls), ["inplace", "rejected"]);
});

test("before 1.149 an architecture that is not written is amd64, whatever the machine type", () => {
  const to = (gardener: string, type: string): string | undefined => {
    const base = shoot({ "/spec/provider/workers/a/machine/type": "m5.large", "/spec/provider/type": "aws" });
    const head = changed(base, { "/spec/provider/workers/a/machine/type": type });
    return compare([base], [head], { targets: { gardener } }).pools[0]?.effect;
  };
  assert.deepEqual([to("1.148", "m6g.large"), to("1.149", "m6g.large")], ["rejected", "replace"]);
  assert.equal(to("1.148", "m6i.large"), "replace");
});

test("which IP families may follow each other depends on the release", () => {
  const under = (before: readonly string[], after: readonly string[]): string[] =>
    ["1.116", "1.124", "1.131", "1.132", "1.138"].map((gardener) => {
      const base = shoot({ "/spec/networking/ipFamilies": before });
      const head = changed(base, { "/spec/networking/ipFamilies": after });
      return compare([base], [head], { targets: { gardener } }).pools[0]?.effect ?? "";
    });
  assert.deepEqual(under(["IPv4"], ["IPv4", "IPv6"]), ["rejected", "none", "none", "none", "none"]);
  assert.deepEqual(under(["IPv4", "IPv6"], ["IPv4"]), ["rejected", "none", "rejected", "none", "rejected"]);
  assert.deepEqual(under(["IPv4"], ["IPv6"]), ["rejected", "none", "rejected", "rejected", "rejected"]);
});

test("a rule that reads a block does not answer for a field that the API does not have", () => {
  expectEffects([
    { set: pool("taints", [{ key: "a", effect: "NoSchedule", until: "x" }])[0] ?? {}, a: "unknown" },
    {
      base: { "/spec/kubernetes/kubelet": { evictionSoft: { memoryAvailable: "300Mi" } } },
      set: kubelet("evictionSoft/swapAvailable", "1Gi")[0] ?? {},
      a: "unknown",
      b: "unknown",
    },
    {
      set: spec("hibernation", { schedules: [{ start: "0 20 * * 1", holidays: true }] })[0] ?? {},
      a: "unknown",
      b: "unknown",
    },
    // What is free-form may hold anything.
    { set: spec("accessRestrictions", [{ name: "eu-access-only", options: { quantum: "1" } }])[0] ?? {} },
  ]);
});

test("a map in the place of a list is refused, also where both are empty", () => {
  expectRefusals(spec("extensions", {}), { "/spec/extensions": [] });
});

test("values that look wrong but pass", () => {
  const addon = { kubernetesDashboard: { enabled: false, authenticationMode: "basic" } };
  expectEffects([
    { set: { "/spec/addons": addon } },
    {
      set: {
        "/spec/hibernation": {
          schedules: [
            { start: "0 20 * * 1", location: "Europe/Berlin" },
            { end: "00 20 * * 1", location: "US/Eastern" },
          ],
        },
      },
    },
    { set: { "/spec/resources": [{ name: "r", resourceRef: { apiVersion: "v1", kind: "ConfigMap", name: "s" } }] } },
  ]);
});

test("what is said of an unknown field names the release that refuses it, and what was probably meant", () => {
  const saying = (field: string, targets: Record<string, string> = {}): string | undefined =>
    compare([shoot()], [changed(shoot(), { [`/spec/provider/workers/a/${field}`]: 3 })], { targets }).pools[0]
      ?.causes[0]?.because;
  assert.match(
    saying("placement") ?? "",
    /Gardener v1\.\d+, .* has no such field .* a newer Gardener may know it\. --target/,
  );
  assert.match(
    saying("placement", { gardener: "1.149" }) ?? "",
    /"placement", which Gardener 1\.149 does not have; strict/,
  );
  assert.match(saying("machineType") ?? "", /did you mean one below "machine"\?/);
  assert.match(saying("maxSurg") ?? "", /did you mean "maxSurge"\?/);
  assert.match(saying("kubelet") ?? "", /its place is "kubernetes\.kubelet"/);
});

test("what an object must name is refused where it does not, or names nothing", () => {
  expectRefusals([
    ...pool("machine", { image: { name: "gardenlinux", version: "1592.9.0" } }),
    ...spec("kubernetes/etcd", { main: { autoscaling: {} } }, { events: { autoscaling: { minAllowed: {} } } }),
    ...spec(
      "kubernetes/kubeAPIServer",
      { autoscaling: { minAllowed: null } },
      { admissionPlugins: [{}] },
      { structuredAuthentication: {} },
      { structuredAuthorization: { configMapName: "" } },
      { auditConfig: { auditPolicy: { configMapRef: {} } } },
    ),
    ...spec("extensions", [{}]),
    ...spec("resources", [{ name: "a", resourceRef: { kind: "Secret", name: "b" } }]),
    ...spec("tolerations", [{ value: "x" }], [{ key: "a b" }]),
    ...spec(
      "systemComponents/coreDNS",
      { rewriting: { commonSuffixes: ["x"] } },
      { rewriting: { commonSuffixes: [".x"] } },
    ),
  ]);
  expectEffects([
    { set: { "/spec/systemComponents/coreDNS": { rewriting: { commonSuffixes: [".example.org", "a.b"] } } } },
    { set: { "/spec/kubernetes/etcd": { main: { autoscaling: { minAllowed: { memory: "300M" } } } } } },
    { set: { "/spec/provider/controlPlaneConfig": {} } },
  ]);
});

test("values out of their range are refused", () => {
  expectRefusals([
    ...pool("minimum", 5, -1),
    ...pool("maximum", 1),
    ...pool("maxSurge", 0, "0%", "abc", -1),
    ...pool("maxUnavailable", "150%"),
    ...pool("priority", -2),
    ...pool("volume/size", "51200Mi", "50 Gi", ""),
    ...pool("clusterAutoscaler", { scaleDownUtilizationThreshold: 1.5 }),
    ...pool(
      "machineControllerManager",
      { maxEvictRetries: -1 },
      { machineDrainTimeout: "-5m" },
      { autoPreserveFailedMachineMax: 4 },
    ),
    ...kubelet("podPidsLimit", -1, 99),
    ...kubelet("maxPods", -1, 300),
    ...kubelet("evictionHard", { memoryAvailable: "abc" }, { memoryAvailable: "101%" }),
    ...kubelet("evictionSoft", { memoryAvailable: "-5%" }),
    ...kubelet("evictionPressureTransitionPeriod", "-4m"),
    ...kubelet("kubeReserved", { cpu: "-1" }),
    ...kubelet("imageGCHighThresholdPercent", 101, 40),
    ...kubelet("imageGCLowThresholdPercent", 50, 60),
    ...kubelet("containerLogMaxFiles", 1),
    ...kubelet("containerLogMaxSize", "-1"),
    ...kubelet("streamingConnectionIdleTimeout", "10s", "5h"),
    ...kubelet("maxParallelImagePulls", 0),
    ...spec("kubernetes/kubeAPIServer", { eventTTL: "25h" }, { requests: { maxMutatingInflight: 2501 } }),
    ...spec("kubernetes/clusterAutoscaler", { scaleDownUtilizationThreshold: 2 }),
    ...spec("kubernetes/verticalPodAutoscaler", { enabled: true, evictionTolerance: 1 }),
    ...spec("kubernetes/kubeControllerManager", { nodeMonitorGracePeriod: "0s" }),
    ...spec("maintenance/timeWindow", { begin: "220000+0100", end: "220500+0100" }),
  ]);
});

test("words that a field does not know, and names that are none, are refused", () => {
  expectRefusals([
    ...pool("cri", { name: "docker" }, {}),
    ...pool("updateStrategy", "Sometimes"),
    ...pool("machine/architecture", "riscv", "arm64"),
    ...pool("taints", [{ key: "a", effect: "Never" }], [{ key: "a" }], [{ key: "a b", effect: "NoSchedule" }]),
    ...pool("taints", [{ key: "node.gardener.cloud/critical-components-not-ready", effect: "NoSchedule" }]),
    ...pool("labels", { "a b": "c" }, { a: "c d" }),
    ...pool("annotations", { "a b": "c" }),
    ...pool("sysctls", { "a b": "1" }, { "vm.max_map_count": "" }),
    ...pool("caBundle", "abc"),
    ...pool(
      "dataVolumes",
      [{ name: "averyveryverylongname", type: "gp3", size: "10Gi" }],
      [{ type: "gp3", size: "10Gi" }],
    ),
    ...kubelet("cpuManagerPolicy", "sometimes"),
    ...kubelet("featureGates", { NoSuchGate: true }),
    ...spec("purpose", "fun"),
    ...spec("kubernetes/kubeProxy", { mode: "userspace" }),
    ...spec("kubernetes/clusterAutoscaler", { expander: "cheapest" }),
    ...spec("kubernetes/version", "latest"),
    ...spec(
      "hibernation",
      ...[
        [{ start: "tonight" }],
        [{}],
        [{ start: "0 20 * * 7" }],
        [{ start: "0 20 * * 1", end: "0 20 * * 1" }],
        [{ start: "0 20 * * 1" }, { start: "0 21 * * 1", end: "0 20 * * 1" }],
        [{ start: "0 20 * * 1", location: "Europe/Atlantis" }],
        [{ start: "0 20 * * 1", location: "europe/berlin" }],
        [{ start: "0 20 * * 1", location: "+01:00" }],
      ].map((schedules) => ({ schedules })),
    ),
    ...spec("extensions", [{ type: "shoot.dns" }]),
    ...spec("resources", [{ name: "r", resourceRef: { apiVersion: "apps/v1", kind: "Secret", name: "s" } }]),
    ...spec("seedSelector/matchLabels", { stage: "not a label" }),
    ...["Near", "In", "Exists"].map((operator) => ({
      "/spec/seedSelector/matchExpressions": [{ key: "a", operator, ...(operator === "In" ? {} : { values: ["b"] }) }],
    })),
    ...spec("kubernetes/kubeAPIServer/watchCacheSizes", { resources: [{ apiGroup: "Apps", resource: "a", size: 1 }] }),
    ...spec(
      "kubernetes/kubeAPIServer/serviceAccountConfig",
      { issuer: "https://a.example.org", acceptedIssuers: ["https://a.example.org"] },
      { acceptedIssuers: ["https://b.example.org", "https://b.example.org"] },
    ),
    ...spec("maintenance/timeWindow", { begin: "22:00", end: "230000+0100" }),
    ...spec("controlPlane", { highAvailability: { failureTolerance: { type: "rack" } } }, { highAvailability: {} }),
  ]);
});

test("values that contradict each other are refused", () => {
  expectRefusals([
    ...pool("machine/image", { version: "1592.9.0" }, { name: "", version: "1877.2.0" }),
    ...pool("taints", [
      { key: "a", effect: "NoSchedule" },
      { key: "a", effect: "NoSchedule", value: "b" },
    ]),
    ...pool("dataVolumes", [
      { name: "data", type: "gp3", size: "10Gi" },
      { name: "data", type: "gp3", size: "20Gi" },
    ]),
    ...pool("kubeletDataVolumeName", "data"),
    ...pool("zones", ["eu-west-1a", "eu-west-1b", "eu-west-1b"]),
    ...pool("machineControllerManager", { disableHealthTimeout: true }, { inPlaceUpdateTimeout: "5m" }),
    ...kubelet("memorySwap", { swapBehavior: "LimitedSwap" }, {}),
    ...kubelet("preloadedImagesVerificationAllowlist", ["registry.example.org/*"]),
    { "/spec/kubernetes/kubelet": { maxParallelImagePulls: 3, serializeImagePulls: true } },
    {
      "/spec/provider/workers/a/systemComponents": { allow: false },
      "/spec/provider/workers/b/systemComponents": { allow: false },
    },
    ...spec("secretBindingName", "secret"),
    ...spec("addons", { nginxIngress: { enabled: true } }),
  ]);
});

test("what a Kubernetes version has no more, or not yet, is refused", () => {
  const at = (version: string): PlainObject => ({ "/spec/kubernetes/version": version });
  expectRefusals(kubelet("imagePullCredentialsVerificationPolicy", "AlwaysVerify"), at("1.34.1"));
  expectRefusals(spec("kubernetes/kubeControllerManager", { podEvictionTimeout: "2m" }), at("1.33.2"));
  expectRefusals(spec("kubernetes/kubeScheduler", { kubeMaxPDVols: "30" }), at("1.35.0"));
  expectRefusals(kubelet("featureGates", { SizeMemoryBackedVolumes: false }), at("1.33.2"));
  // The list itself is asked after, not what stands in it.
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

test("what the base holds already was accepted, and is not refused again", () => {
  expectEffects([
    {
      base: { "/spec/kubernetes/kubelet/podPidsLimit": 50 },
      set: { "/spec/provider/workers/a/maximum": 5 },
      a: "scale",
    },
  ]);
});
