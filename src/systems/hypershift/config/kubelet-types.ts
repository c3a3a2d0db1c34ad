import type { Json } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import { GoTypeError, listOf, type Shape, struct, throughGo } from "../go/struct.ts";
import { durations } from "./kubelet-fields.ts";

/** Fields of kubelet.config.k8s.io/v1beta1 by the Go type that holds them (k8s.io/kubelet/config/v1beta1/types.go). */
const texts = [
  "address",
  "cgroupDriver",
  "cgroupRoot",
  "clusterDomain",
  "configMapAndSecretChangeDetectionStrategy",
  "containerLogMaxSize",
  "containerRuntimeEndpoint",
  "contentType",
  "cpuManagerPolicy",
  "hairpinMode",
  "healthzBindAddress",
  "imagePullCredentialsVerificationPolicy",
  "imageServiceEndpoint",
  "kubeReservedCgroup",
  "kubeletCgroups",
  "memoryManagerPolicy",
  "memoryReservationPolicy",
  "podCIDR",
  "podLogsDir",
  "providerID",
  "reservedSystemCPUs",
  "resolvConf",
  "showHiddenMetricsForVersion",
  "staticPodPath",
  "staticPodURL",
  "systemCgroups",
  "systemReservedCgroup",
  "tlsCertFile",
  "tlsMinVersion",
  "tlsPrivateKeyFile",
  "topologyManagerPolicy",
  "topologyManagerScope",
  "volumePluginDir",
];
const wholes = [
  "containerLogMaxFiles",
  "containerLogMaxWorkers",
  "eventBurst",
  "eventRecordQPS",
  "evictionMaxPodGracePeriod",
  "healthzPort",
  "imageGCHighThresholdPercent",
  "imageGCLowThresholdPercent",
  "iptablesDropBit",
  "iptablesMasqueradeBit",
  "kubeAPIBurst",
  "kubeAPIQPS",
  "maxParallelImagePulls",
  "maxPods",
  "nodeLeaseDurationSeconds",
  "nodeStatusMaxImages",
  "oomScoreAdj",
  "podsPerCore",
  "port",
  "readOnlyPort",
  "registryBurst",
  "registryPullQPS",
];
const longs = ["maxOpenFiles", "podPidsLimit"];
const switches = [
  "cgroupsPerQOS",
  "cpuCFSQuota",
  "enableContentionProfiling",
  "enableControllerAttachDetach",
  "enableDebugFlagsHandler",
  "enableDebuggingHandlers",
  "enableProfilingHandler",
  "enableServer",
  "enableSystemLogHandler",
  "enableSystemLogQuery",
  "failCgroupV1",
  "failSwapOn",
  "kernelMemcgNotification",
  "localStorageCapacityIsolation",
  "makeIPTablesUtilChains",
  "mergeDefaultEvictionSettings",
  "protectKernelDefaults",
  "registerNode",
  "rotateCertificates",
  "runOnce",
  "seccompDefault",
  "serializeImagePulls",
  "serverTLSBootstrap",
  "singleProcessOOMKill",
];
const textMaps = [
  "cpuManagerPolicyOptions",
  "evictionHard",
  "evictionMinimumReclaim",
  "evictionSoft",
  "evictionSoftGracePeriod",
  "kubeReserved",
  "qosReserved",
  "systemReserved",
  "topologyManagerPolicyOptions",
];
const textLists = [
  "allowedUnsafeSysctls",
  "clusterDNS",
  "enforceNodeAllocatable",
  "preloadedImagesVerificationAllowlist",
  "tlsCipherSuites",
];

const text: Shape = { is: "string" };
const flag: Shape = { is: "bool" };
const duration: Shape = {
  is: "scalar",
  read: (value, place) => {
    if (typeof value !== "string" || parseDuration(value) === undefined)
      throw new GoTypeError(place, "a text such as 10m");
    return value;
  },
};
const all = (names: Iterable<string>, shape: Shape): Record<string, Shape> =>
  Object.fromEntries([...names].map((name) => [name, shape]));

type Whole = (shape: Shape) => Shape;
const configurationOf = (whole: Whole): Shape =>
  struct({
    ...all(texts, text),
    ...all(wholes, whole({ is: "int", bits: 32 })),
    ...all(longs, whole({ is: "int" })),
    ...all(switches, flag),
    ...all(durations, duration),
    ...all(textMaps, { is: "map", of: text }),
    ...all(textLists, listOf(text)),
    featureGates: { is: "map", of: flag },
    memorySwap: struct({ swapBehavior: text }),
    crashLoopBackOff: struct({ maxContainerRestartPeriod: duration }),
    authentication: struct({
      x509: struct({ clientCAFile: text }),
      webhook: struct({ enabled: flag, cacheTTL: duration }),
      anonymous: struct({ enabled: flag }),
    }),
    shutdownGracePeriodByPodPriority: listOf(
      struct({ priority: { is: "int", bits: 32 }, shutdownGracePeriodSeconds: { is: "int" } }),
    ),
  });
const plain = configurationOf((shape) => shape);
const unquoted = configurationOf((shape) => ({
  is: "scalar",
  read: (value, place) => (isQuotedNumber(value) ? value : throughGo(shape, value, place)),
}));

const isQuotedNumber = (value: Json): boolean => typeof value === "string" && /^-?\d{1,18}$/.test(value);

/** What of a KubeletConfiguration does not fit its type; what the type does not know is passed over. */
export const kubeletMisfit = (kubelet: Json | undefined): string | undefined => misfitOf(plain, kubelet);

/** The same, but for numbers in quotes. */
export const kubeletMisfitUnquoted = (kubelet: Json | undefined): string | undefined => misfitOf(unquoted, kubelet);

function misfitOf(shape: Shape, kubelet: Json | undefined): string | undefined {
  try {
    throughGo(shape, kubelet, "kubeletConfig");
    return undefined;
  } catch (error) {
    if (!(error instanceof GoTypeError)) throw error;
    return error.message;
  }
}
