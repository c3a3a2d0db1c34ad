import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { isTrueText } from "../../../rules/encodings/parse-bool.ts";
import type { Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { cpuCount, cpusText } from "./cpu-set.ts";
import { snippetOf, snippetSettings } from "./kubelet-snippet.ts";

/** What the Node Tuning Operator makes of a PerformanceProfile. */
interface MadeOfProfile {
  /** A MachineConfig, a KubeletConfig and kernel arguments: part of the hash. */
  readonly hashed: JsonObject;
  /** The rest of its Tuned, which TuneD applies on running nodes; absent where it says nothing of its own. */
  readonly onNodes: JsonObject | undefined;
}

const role = "machineconfiguration.openshift.io/role";

/**
 * By what is written out of a PerformanceProfile, so that a default that somebody spells does nothing
 * (openshift/cluster-node-tuning-operator pkg/performanceprofile/controller/performanceprofile/components:
 * machineconfig/machineconfig.go, kubeletconfig/kubeletconfig.go, tuned/tuned.go).
 */
export function madeOfProfile({ metadata, spec }: JsonObject, scope: Scope): MadeOfProfile {
  const at = (...path: readonly string[]): Json => readSegments(spec ?? {}, path) ?? null;
  const text = (...path: readonly string[]): string => textOf(at(...path)) ?? "";
  const isOn = (...path: readonly string[]): boolean => at(...path) === true;
  const annotations = annotationsThatCount(objectOf(objectOf(metadata)?.["annotations"]) ?? {});
  const frequencies = at("hardwareTuning");
  const offlined = at("cpu", "offlined");
  const powerByPod = isOn("workloadHints", "perPodPowerManagement");
  const hashed: JsonObject = {
    name: textOf(objectOf(metadata)?.["name"]) ?? "",
    // It is written as it is, and compared so.
    reserved: text("cpu", "reserved"),
    isolated: cpusText(text("cpu", "isolated")),
    balanced: at("cpu", "balanceIsolated") !== false,
    offlined: typeof offlined === "string" ? cpusText(offlined) : null,
    shared: isOn("workloadHints", "mixedCpus") && sharesCpus(scope) ? text("cpu", "shared") : "",
    hugepages: hugepages(objectOf(at("hugepages"))),
    labels: withoutRole(objectOf(at("machineConfigLabel"))),
    kernel: kernelOf(isOn("realTimeKernel", "enabled"), text("kernelPageSize")),
    // They are written as one text.
    arguments: listOf(at("additionalKernelArgs"))
      .map((argument) => textOf(argument) ?? "")
      .join(" "),
    topology: annotations.dra ? "none" : (textOf(at("numa", "topologyPolicy")) ?? "best-effort"),
    driver: powerByPod ? "passive" : frequencies === null ? "recommended" : "active",
    realTime: at("workloadHints", "realTime") !== false,
    highPower: isOn("workloadHints", "highPowerConsumption"),
    ...annotations,
  };
  // Channels of network devices follow the number of reserved CPUs.
  const net = isOn("net", "userLevelNetworking")
    ? { devices: listOf(at("net", "devices")), channels: cpuCount(text("cpu", "reserved")) }
    : null;
  const isIrqFixed = isOn("globallyDisableIrqLoadBalancing");
  const isPlain = net === null && frequencies === null && !isIrqFixed;
  return { hashed, onNodes: isPlain ? undefined : { net, frequencies, isIrqFixed } };
}

/** The feature gate MixedCPUsAllocation, which no release has on by itself (openshift/api features/features.go). */
function sharesCpus(scope: Scope): boolean {
  const gates = objectOf(scope.get("$cluster/spec/configuration/featureGate"));
  const set = textOf(gates?.["featureSet"]) ?? "";
  return set === "CustomNoUpgrade"
    ? listOf(readSegments(gates, ["customNoUpgrade", "enabled"])).includes("MixedCPUsAllocation")
    : set === "TechPreviewNoUpgrade" || set === "DevPreviewNoUpgrade";
}

const kernelOf = (isRealTime: boolean, pageSize: string): string =>
  isRealTime ? "realtime" : pageSize === "64k" ? "64k-pages" : "default";

/** The controller writes a role of its own over whatever is there. */
const withoutRole = (labels: JsonObject | undefined): JsonObject =>
  Object.fromEntries(Object.entries(labels ?? {}).filter(([key]) => key !== role));

function hugepages(given: JsonObject | undefined): Json {
  const pages = listOf(given?.["pages"]);
  const standard = given?.["defaultHugepagesSize"] ?? null;
  return pages.length === 0 && standard === null ? null : [standard, pages];
}

const prefix = "performance.openshift.io/";

/** The annotations that are read for what is rendered, as they are read. */
function annotationsThatCount(annotations: JsonObject) {
  const of = (name: string): string => textOf(annotations[prefix + name]) ?? "";
  const hasRps = ["true", "enable"].includes(of("enable-rps"));
  // The plugin that allocates resources then manages topology too.
  const dra = isTrueText(of("dra-resource-management"));
  return {
    kubelet: snippetSettings(snippetOf(annotations), dra),
    rps: hasRps,
    deviceRps: hasRps && of("enable-physical-dev-rps") === "true",
    execAffinity: of("exec-cpu-affinity") !== "disable",
    dra,
  };
}
