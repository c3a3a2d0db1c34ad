import type { Effect } from "../../../../src/rules/words.ts";
import { configMap, type ConfigurationCase, runConfiguration } from "./configuration-run.ts";

const payload = (spec: object, kind = "KubeletConfig"): string =>
  JSON.stringify({ apiVersion: "machineconfiguration.openshift.io/v1", kind, metadata: { name: "k" }, spec });
/** A KubeletConfig of an InPlace pool that says something else, or another kind. */
const node = (says: string, before: object, after: object, effect: Effect, kind?: string): ConfigurationCase => ({
  says: `InPlace: ${says}`,
  upgrade: "InPlace",
  pool: { "spec/config": [{ name: "one" }] },
  beside: [configMap("one", { config: payload(before, kind) })],
  besideTo: [configMap("one", { config: payload(after, kind) })],
  effect,
});
const kubelet = (says: string, before: object, after: object, effect: Effect): ConfigurationCase =>
  node(says, { kubeletConfig: before }, { kubeletConfig: after }, effect);
const each = (says: string, effect: Effect, fields: readonly object[]): ConfigurationCase[] =>
  fields.map((field) => kubelet(`${says} ${JSON.stringify(field)}`, {}, field, effect));

// A KubeletConfig is merged into kubelet.conf, which takes what is empty for nothing said.
runConfiguration([
  ...each("nothing comes of", "none", [
    { maxPods: 0 },
    { kubeAPIQPS: 0 },
    { evictionHard: {} },
    { enforceNodeAllocatable: [] },
    { cpuManagerPolicy: "" },
    { shutdownGracePeriod: "0s" },
    { nodeStatusReportFrequency: "300s" },
    { protectKernelDefaults: true },
    { serverTLSBootstrap: false },
    { apiVersion: "kubelet.config.k8s.io/v1beta1", kind: "KubeletConfiguration" },
  ]),
  ...each("the zero counts in", "inplace-drain", [
    { registryPullQPS: 0 },
    { cpuCFSQuota: false },
    { cpuCFSQuotaPeriod: "0s" },
    { resolvConf: "" },
    { protectKernelDefaults: false },
    { tracing: {} },
    { kubeReserved: { cpu: "" } },
    { aFieldOfALaterRelease: 0 },
  ]),
  kubelet("a duration in another form", { syncFrequency: "1m" }, { syncFrequency: "60s" }, "none"),
  kubelet("another duration", { syncFrequency: "1m" }, { syncFrequency: "61s" }, "inplace-drain"),
  kubelet("a zero in the place of a value", { maxPods: 110 }, { maxPods: 0 }, "inplace-drain"),
]);

// What is reserved for the system is a file of its own.
runConfiguration([
  kubelet(
    "a size that is reserved anyway, beside another one",
    { systemReserved: { memory: "2Gi" } },
    { systemReserved: { memory: "2Gi", cpu: "500m" } },
    "none",
  ),
  kubelet(
    "sizes that are reserved anyway, which are written all the same",
    {},
    { systemReserved: { memory: "1Gi", cpu: "500m" } },
    "inplace-drain",
  ),
  kubelet(
    "what is reserved beside the sizes",
    { systemReserved: { memory: "2Gi" } },
    { systemReserved: { memory: "2Gi", pid: "100" } },
    "inplace-drain",
  ),
  node(
    "sizing that is off, in the place of sizes that are reserved anyway",
    { kubeletConfig: { systemReserved: { memory: "1Gi" } } },
    { autoSizingReserved: false },
    "none",
  ),
  node("sizing that is on", { autoSizingReserved: false }, { autoSizingReserved: true }, "inplace-drain"),
]);

const runtime = (says: string, before: object, after: object, effect: Effect): ConfigurationCase =>
  node(says, { containerRuntimeConfig: before }, { containerRuntimeConfig: after }, effect, "ContainerRuntimeConfig");

// Each setting of CRI-O is a file of its own, or none.
runConfiguration([
  runtime("a log size without a limit", {}, { logSizeMax: "0" }, "none"),
  runtime("a log size", {}, { logSizeMax: "16k" }, "inplace-drain"),
  runtime("a number of processes without a limit", {}, { pidsLimit: 0 }, "inplace-drain"),
]);
