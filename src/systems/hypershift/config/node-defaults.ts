import type { JsonObject } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { profileInForce, renderedTlsProfile } from "./global-config.ts";
import { jsonText } from "../go/json-text.ts";
import { objectOf } from "../values.ts";

/**
 * What kubelet.conf holds on every worker since 4.14 (openshift/machine-config-operator
 * templates/worker/01-worker-kubelet/_base/files/kubelet.yaml).
 */
const kubeletDefaults = new Map<string, string | number | boolean>([
  ["maxPods", 250],
  ["kubeAPIQPS", 50],
  ["kubeAPIBurst", 100],
  ["podPidsLimit", 4096],
  ["serializeImagePulls", false],
  ["rotateCertificates", true],
  ["serverTLSBootstrap", true],
  ["containerLogMaxSize", "50Mi"],
  ["nodeStatusUpdateFrequency", "10s"],
  ["nodeStatusReportFrequency", "5m"],
]);

/** What the spec of a KubeletConfig or ContainerRuntimeConfig says that does not stand in every node's files anyway. */
export function beyondDefaults(spec: JsonObject, scope: Scope): JsonObject {
  const { kubeletConfig, containerRuntimeConfig, tlsSecurityProfile, autoSizingReserved, ...rest } = spec;
  const isTlsDefault = profileInForce(tlsSecurityProfile) === (renderedTlsProfile(scope) ?? profileInForce(undefined));

  const kubelet = Object.entries(objectOf(kubeletConfig) ?? {}).filter(
    ([key, value]) => jsonText(kubeletDefaults.get(key) ?? null) !== jsonText(value),
  );
  const runtime = objectOf(containerRuntimeConfig) ?? {};
  // What is reserved by hand is not sized (pkg/controller/kubelet-config/helpers.go generateKubeletIgnFiles).
  const reserved = objectOf(objectOf(kubeletConfig)?.["systemReserved"]) ?? {};
  const isByHand = ["memory", "cpu", "ephemeral-storage"].some((one) => reserved[one] !== undefined);
  return {
    ...rest,
    ...(autoSizingReserved === undefined || isByHand ? {} : { autoSizingReserved }),
    ...(tlsSecurityProfile === undefined || isTlsDefault ? {} : { tlsSecurityProfile }),
    ...(kubelet.length === 0 ? {} : { kubeletConfig: Object.fromEntries(kubelet) }),
    ...(Object.keys(runtime).length === 0 ? {} : { containerRuntimeConfig: runtime }),
  };
}
