import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import type { Scope } from "../../../rules/functions.ts";
import { jsonText } from "../go/json-text.ts";
import { objectOf, textOf } from "../values.ts";
import { profileInForce, renderedTlsProfile } from "./global-config.ts";
import { isDuration, isNothingAtZero } from "./kubelet-fields.ts";

/**
 * What kubelet.conf holds on every worker since 4.14 (openshift/machine-config-operator
 * templates/worker/01-worker-kubelet/_base/files/kubelet.yaml).
 */
const kubeletDefaults = new Map<string, string | number | boolean>([
  ["cgroupRoot", "/"],
  ["maxPods", 250],
  ["kubeAPIQPS", 50],
  ["kubeAPIBurst", 100],
  ["enableSystemLogQuery", true],
  ["podPidsLimit", 4096],
  ["protectKernelDefaults", true],
  ["serializeImagePulls", false],
  ["rotateCertificates", true],
  ["serverTLSBootstrap", true],
  ["systemCgroups", "/system.slice"],
  ["containerLogMaxSize", "50Mi"],
  ["nodeStatusUpdateFrequency", "10s"],
  ["nodeStatusReportFrequency", "5m"],
]);

/** What is reserved for the system is in a file of its own, with these where one of them is left out. */
const sizes = [
  ["memory", "1Gi"],
  ["cpu", "500m"],
  ["ephemeral-storage", "1Gi"],
] as const;

/** What the spec of a KubeletConfig or ContainerRuntimeConfig says that is not in every node's files anyway. */
export function beyondDefaults(spec: JsonObject, scope: Scope): JsonObject {
  const { kubeletConfig, containerRuntimeConfig, tlsSecurityProfile, autoSizingReserved, ...rest } = spec;
  const isTlsDefault = profileInForce(tlsSecurityProfile) === (renderedTlsProfile(scope) ?? profileInForce(undefined));

  const kubelet = Object.entries(objectOf(kubeletConfig) ?? {}).flatMap(([key, value]) => {
    const said = saidOf(key, value);
    return said === undefined ? [] : [[key, said] as const];
  });
  // No limit of logs writes no file (pkg/controller/container-runtime-config/helpers.go createCRIODropinFiles).
  const runtime = Object.fromEntries(
    Object.entries(objectOf(containerRuntimeConfig) ?? {}).filter(
      ([key, value]) => key !== "logSizeMax" || value !== "0",
    ),
  );
  const sizing = sizingOf(objectOf(objectOf(kubeletConfig)?.["systemReserved"]) ?? {}, autoSizingReserved);
  return {
    ...rest,
    ...(sizing === undefined ? {} : { sizing }),
    ...(tlsSecurityProfile === undefined || isTlsDefault ? {} : { tlsSecurityProfile }),
    ...(kubelet.length === 0 ? {} : { kubeletConfig: Object.fromEntries(kubelet) }),
    ...(Object.keys(runtime).length === 0 ? {} : { containerRuntimeConfig: runtime }),
  };
}

/** A field of kubelet.conf as it is merged into that of the template; undefined where nothing comes of it. */
function saidOf(key: string, given: Json): Json | undefined {
  if (key === "apiVersion" || key === "kind") return undefined;
  const value = key === "systemReserved" ? withoutSizes(given) : inNanoseconds(key, given);
  if (isZero(value) && isNothingAtZero(key)) return undefined;
  const standard = kubeletDefaults.get(key);
  return standard !== undefined && jsonText(inNanoseconds(key, standard)) === jsonText(value) ? undefined : value;
}

const isZero = (value: Json): boolean =>
  value === null ||
  value === "" ||
  value === 0 ||
  value === false ||
  (typeof value === "object" && Object.keys(value).length === 0);

function inNanoseconds(key: string, value: Json): Json {
  const time = isDuration(key) && typeof value === "string" ? parseDuration(value) : undefined;
  return time === undefined ? value : time === 0n ? 0 : `${time}ns`;
}

const withoutSizes = (reserved: Json): Json => {
  const object = objectOf(reserved);
  return object === undefined
    ? reserved
    : Object.fromEntries(Object.entries(object).filter(([key]) => !sizes.some(([size]) => size === key)));
};

/**
 * The file of the sizes, where anything asks for it: what is reserved by hand is not sized
 * (createNewKubeletDynamicSystemReservedIgnition there).
 */
function sizingOf(reserved: JsonObject, auto: Json | undefined): Json | undefined {
  const isByHand = sizes.some(([size]) => reserved[size] !== undefined);
  if (!isByHand && (auto === undefined || auto === null)) return undefined;
  return [!isByHand && auto === true, ...sizes.map(([size, standard]) => textOf(reserved[size]) || standard)];
}
