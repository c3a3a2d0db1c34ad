import type { JsonObject } from "../../../manifests/manifest.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { kubeletMisfitUnquoted } from "./kubelet-types.ts";

/** What nobody may set, as a text, a list or a map that is not empty. */
const forbidden = ["cgroupDriver", "clusterDNS", "clusterDomain", "featureGates", "staticPodPath"];

/**
 * Why the machine-config controller makes no payload of a KubeletConfig for workers, in every release
 * (openshift/machine-config-operator pkg/controller/kubelet-config/helpers.go validateUserKubeletConfig,
 * validateStaticPodPathGivenPool).
 */
export function kubeletProblem(spec: JsonObject): string | undefined {
  const { logLevel, autoSizingReserved } = spec;
  if (typeof logLevel === "number" && (logLevel < 0 || logLevel > 10))
    return `logLevel ${logLevel} is not from 1 to 10`;
  const misfit = kubeletMisfitUnquoted(spec["kubeletConfig"]);
  if (misfit !== undefined) return misfit;
  const kubelet = objectOf(spec["kubeletConfig"]) ?? {};
  const isSet = (key: string): boolean =>
    (textOf(kubelet[key]) ?? "") !== "" ||
    listOf(kubelet[key]).length > 0 ||
    Object.keys(objectOf(kubelet[key]) ?? {}).length > 0;
  const refused = forbidden.find(isSet);
  if (refused !== undefined) return `kubeletConfig.${refused} must not be set`;
  return autoSizingReserved === true && isSet("systemReserved")
    ? "autoSizingReserved and kubeletConfig.systemReserved must not be set together"
    : undefined;
}

const logLevels: ReadonlySet<string> = new Set(["error", "fatal", "panic", "warn", "info", "debug", "trace"]);

/** The same of a ContainerRuntimeConfig (pkg/controller/container-runtime-config/helpers.go validateUserContainerRuntimeConfig). */
export function runtimeProblem(spec: JsonObject): string | undefined {
  const runtime = objectOf(spec["containerRuntimeConfig"]) ?? {};
  const { pidsLimit } = runtime;
  if (typeof pidsLimit === "number" && pidsLimit !== 0 && pidsLimit < 20)
    return `pidsLimit ${pidsLimit} is less than 20`;
  const logLevel = textOf(runtime["logLevel"]) ?? "";
  return logLevel === "" || logLevels.has(logLevel)
    ? undefined
    : `logLevel ${logLevel.slice(0, 40)} is none of ${[...logLevels].join(", ")}`;
}
