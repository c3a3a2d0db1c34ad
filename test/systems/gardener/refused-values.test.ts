import { test } from "node:test";
import { expectEffects, expectReasons, expectRefusals, kubelet, pool, spec } from "./expect.ts";
import type { Plain, PlainObject } from "./shoots.ts";

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

test("a map in the place of a list is refused, also where both are empty", () => {
  expectRefusals(spec("extensions", {}), { "/spec/extensions": [] });
});

test("a refused value is told what it may be", () => {
  const autoscaling = "/spec/kubernetes/clusterAutoscaler/autoscaling";
  const taints = "/spec/provider/workers/a/taints";
  const rotated = { sshKeypair: { rotationPeriod: "29m" } };
  expectReasons([
    [{ [autoscaling]: { minAllowed: { storage: "1Gi" } } }, "only cpu and memory are supported"],
    [{ [autoscaling]: { minAllowed: { cpu: "-1" } } }, "must be greater than or equal to 0"],
    [{ [autoscaling]: { minAllowed: { memory: "20M" } } }, "must be at least 30M"],
    // Go decodes null to a quantity of 0.
    [{ [autoscaling]: { minAllowed: { memory: null } } }, "must be at least 30M"],
    [{ "/spec/maintenance/autoRotation": { credentials: rotated } }, "must be 0 or between 30m and 90d"],
    [{ [taints]: [{ key: "a", effect: "NoSchedule", timeAdded: "yesterday" }] }, "a time such as"],
    [{ [taints]: [{ key: "a/b/c", effect: "NoSchedule" }] }, "taints.0.key: must be a label key"],
    [{ [taints]: [{ key: "A_/c", effect: "NoSchedule" }] }, "taints.0.key: must be a label key"],
    [
      {
        "/spec/kubernetes/kubelet": {
          imagePullCredentialsVerificationPolicy: "NeverVerify",
          featureGates: { KubeletEnsureSecretPulledImages: false },
        },
      },
      "may not be set when the feature gate KubeletEnsureSecretPulledImages is disabled",
    ],
  ]);
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
      { auditConfig: { auditPolicy: { configMapRef: { name: "policy", namespace: "A b" } } } },
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
    ...pool("cri", { name: "docker" }),
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
        [{ start: "0 20 * * 1", location: "utc" }],
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
    { "/spec/kubernetes/kubelet": { maxParallelImagePulls: 3 } },
    {
      "/spec/provider/workers/a/systemComponents": { allow: false },
      "/spec/provider/workers/b/systemComponents": { allow: false },
    },
    ...spec("secretBindingName", "secret"),
    ...spec("addons", { nginxIngress: { enabled: true } }),
  ]);
});

test("what the API server filled in stays when what it followed from goes, unless the block around it goes too", () => {
  const of = (value: Plain): PlainObject => ({ "/spec/kubernetes/kubelet": value });
  const base = of({ failSwapOn: false, featureGates: { NodeSwap: true } });
  const refused = { a: "rejected", b: "rejected" } as const;
  const inplace = { a: "inplace", b: "inplace" } as const;
  expectEffects([
    { base, set: of({ failSwapOn: true, featureGates: { NodeSwap: true } }), ...refused },
    { base, set: of({ failSwapOn: false }), ...refused },
    { base, set: of(null), ...inplace },
    { base, set: of({}), ...refused },
    { base, set: of({ memorySwap: null }), ...inplace },
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

test("of the failed machines of a pool that are preserved one fewer may be where system components run", () => {
  const preserving = (most: number): PlainObject => ({
    "/spec/provider/workers/a/machineControllerManager": { autoPreserveFailedMachineMax: most },
  });
  // Pool a has at most four machines.
  expectEffects([{ set: preserving(3), a: "none" }]);
  expectRefusals([preserving(4)]);
  const without = { "/spec/provider/workers/a/systemComponents": { allow: false } };
  expectEffects([{ base: without, set: preserving(4), a: "none" }]);
  expectRefusals([preserving(5)], without);
});
