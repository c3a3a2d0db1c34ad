import type { Json, JsonObject } from "../../../../src/manifests/manifest.ts";
import type { Effect } from "../../../../src/rules/words.ts";
import { configMap, type ConfigurationCase, runConfiguration } from "../config/configuration-run.ts";

const cpu = { isolated: "2-7", reserved: "0-1" };
const profile = (spec: Readonly<Record<string, Json>>, annotations: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({
    apiVersion: "performance.openshift.io/v2",
    kind: "PerformanceProfile",
    metadata: { name: "low-latency", annotations },
    spec: { cpu, nodeSelector: { "node-role.kubernetes.io/worker": "" }, ...spec },
  });
const change = (
  says: string,
  before: string,
  after: string,
  effect: Effect,
  more: Partial<ConfigurationCase> = {},
): ConfigurationCase => ({
  says,
  pool: { "spec/tuningConfig": [{ name: "tuning" }] },
  beside: [configMap("tuning", { tuning: before })],
  besideTo: [configMap("tuning", { tuning: after })],
  effect,
  ...more,
});
const written = (says: string, spec: Readonly<Record<string, Json>>, effect: Effect): ConfigurationCase =>
  change(says, profile({}), profile(spec), effect);
const annotated = (
  says: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  effect: Effect,
): ConfigurationCase => change(says, profile({}, before), profile({}, after), effect);
const kubelet = (value: JsonObject): Record<string, string> => ({
  "kubeletconfig.experimental": JSON.stringify(value),
});

// Expected: what the components of the Node Tuning Operator make of both sides, run at d2394aa81f.
runConfiguration([
  written("a kernel that is not a realtime one, written out", { realTimeKernel: { enabled: false } }, "none"),
  written("a realtime kernel", { realTimeKernel: { enabled: true } }, "replace"),
  written("the usual size of pages", { kernelPageSize: "4k" }, "none"),
  written("the usual topology policy", { numa: { topologyPolicy: "best-effort" } }, "none"),
  written("another topology policy", { numa: { topologyPolicy: "restricted" } }, "replace"),
  written("power by pod", { workloadHints: { perPodPowerManagement: true } }, "replace"),
  written("pages of 64k", { kernelPageSize: "64k" }, "replace"),
  change(
    "pages of 64k under a realtime kernel",
    profile({ realTimeKernel: { enabled: true } }),
    profile({ realTimeKernel: { enabled: true }, kernelPageSize: "64k" }),
    "none",
  ),
  written("the usual hints", { workloadHints: { realTime: true, highPowerConsumption: false } }, "none"),
  written("no realtime workloads", { workloadHints: { realTime: false } }, "replace"),
  written("balanced CPUs, written out", { cpu: { ...cpu, balanceIsolated: true } }, "none"),
  written("CPUs that are not balanced", { cpu: { ...cpu, balanceIsolated: false } }, "replace"),
  written("isolated CPUs in other words", { cpu: { ...cpu, isolated: "4-7,2,3" } }, "none"),
  written("other isolated CPUs", { cpu: { ...cpu, isolated: "2-6" } }, "replace"),
  written("reserved CPUs in other words, which CRI-O reads", { cpu: { ...cpu, reserved: "0,1" } }, "replace"),
  written("no CPUs that are taken offline", { cpu: { ...cpu, offlined: "" } }, "replace"),
  written("huge pages of none", { hugepages: { pages: [] } }, "none"),
  written("a default size of huge pages", { hugepages: { defaultHugepagesSize: "1G" } }, "replace"),
  written("no more kernel arguments", { additionalKernelArgs: [] }, "none"),
  written("another kernel argument", { additionalKernelArgs: ["quiet"] }, "replace"),
  written("a role in the labels", { machineConfigLabel: { "machineconfiguration.openshift.io/role": "edge" } }, "none"),
  written("another label", { machineConfigLabel: { a: "b" } }, "replace"),
  written("interrupts of isolated CPUs", { globallyDisableIrqLoadBalancing: true }, "inplace"),
  written("interrupts as they are, written out", { globallyDisableIrqLoadBalancing: false }, "none"),
  written("networks without the user level", { net: { userLevelNetworking: false } }, "none"),
  written("devices without the user level", { net: { devices: [{ interfaceName: "eth0" }] } }, "none"),
  written(
    "first frequencies, which choose the driver",
    { hardwareTuning: { isolatedCpuFreq: 1, reservedCpuFreq: 2 } },
    "replace",
  ),
  change(
    "other frequencies",
    profile({ hardwareTuning: { isolatedCpuFreq: 1, reservedCpuFreq: 2 } }),
    profile({ hardwareTuning: { isolatedCpuFreq: 3, reservedCpuFreq: 2 } }),
    "inplace",
  ),
]);

const shared = { cpu: { ...cpu, shared: "8-9" } };
runConfiguration([
  change("shared CPUs without their feature gate", profile({}), profile(shared), "none"),
  change(
    "shared CPUs that a hint asks for",
    profile(shared),
    profile({ ...shared, workloadHints: { mixedCpus: true } }),
    "replace",
    { cluster: { "spec/configuration/featureGate": { featureSet: "TechPreviewNoUpgrade" } } },
  ),
  change(
    "shared CPUs that a hint asks for, where one's own feature set has the gate",
    profile(shared),
    profile({ ...shared, workloadHints: { mixedCpus: true } }),
    "replace",
    {
      cluster: {
        "spec/configuration/featureGate": {
          featureSet: "CustomNoUpgrade",
          customNoUpgrade: { enabled: ["MixedCPUsAllocation"] },
        },
      },
    },
  ),
  change(
    "shared CPUs that a hint asks for, where one's own feature set lacks the gate",
    profile(shared),
    profile({ ...shared, workloadHints: { mixedCpus: true } }),
    "none",
    {
      cluster: {
        "spec/configuration/featureGate": { featureSet: "CustomNoUpgrade", customNoUpgrade: { enabled: ["Other"] } },
      },
    },
  ),
  annotated("receive packet steering", {}, { "performance.openshift.io/enable-rps": "true" }, "replace"),
  annotated("no receive packet steering", {}, { "performance.openshift.io/enable-rps": "false" }, "none"),
  annotated(
    "receive packet steering of devices, without any",
    {},
    { "performance.openshift.io/enable-physical-dev-rps": "true" },
    "none",
  ),
  annotated("an affinity that nobody reads", {}, { "performance.openshift.io/exec-cpu-affinity": "first" }, "none"),
  annotated("no affinity", {}, { "performance.openshift.io/exec-cpu-affinity": "disable" }, "replace"),
  annotated(
    "settings of the kubelet that stand there anyway",
    {},
    kubelet({ systemReserved: { memory: "500Mi" } }),
    "none",
  ),
  annotated("other settings of the kubelet", {}, kubelet({ systemReserved: { memory: "1Gi" } }), "replace"),
  annotated(
    "settings of the kubelet that are overwritten",
    {},
    kubelet({ topologyManagerPolicy: "restricted" }),
    "none",
  ),
  annotated(
    "settings of the kubelet that a plugin for resources leaves",
    { "performance.openshift.io/dra-resource-management": "true" },
    {
      "performance.openshift.io/dra-resource-management": "true",
      ...kubelet({ systemReserved: { memory: "500Mi" } }),
    },
    "replace",
  ),
  annotated(
    "settings of the kubelet that a plugin for resources overwrites",
    { "performance.openshift.io/dra-resource-management": "true" },
    { "performance.openshift.io/dra-resource-management": "true", ...kubelet({ memoryManagerPolicy: "Static" }) },
    "none",
  ),
  annotated(
    "settings of the kubelet, laid out otherwise",
    { "kubeletconfig.experimental": '{"maxPods":9,"podsPerCore":1}' },
    { "kubeletconfig.experimental": '{ "podsPerCore": 1, "maxPods": 9 }' },
    "none",
  ),
  annotated("a kind in the settings of the kubelet, which is written anyway", {}, kubelet({ kind: "X" }), "none"),
  change(
    "kernel arguments in one text",
    profile({ additionalKernelArgs: ["a=1", "b=2"] }),
    profile({ additionalKernelArgs: ["a=1 b=2"] }),
    "none",
  ),
]);
