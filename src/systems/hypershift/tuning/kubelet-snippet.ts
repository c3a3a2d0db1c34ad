import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { kubeletMisfit } from "../config/kubelet-types.ts";
import { objectOf } from "../values.ts";

/** An annotation of a PerformanceProfile: a KubeletConfiguration in JSON, on which its KubeletConfig is built. */
export const snippetAnnotation = "kubeletconfig.experimental";

/** An empty text is there too, and cannot be read. */
export function snippetOf(annotations: JsonObject | undefined): string | undefined {
  const text = annotations?.[snippetAnnotation];
  return typeof text === "string" ? text : undefined;
}

/** What a KubeletConfig of a PerformanceProfile says whatever the annotation does, by itself and for such a plugin. */
const overwritten: ReadonlySet<string> = new Set([
  "apiVersion",
  "kind",
  "cpuManagerPolicy",
  "cpuManagerReconcilePeriod",
  "reservedSystemCPUs",
  "topologyManagerPolicy",
]);
const overwrittenForPlugin: ReadonlySet<string> = new Set([
  "apiVersion",
  "kind",
  "cpuManagerPolicy",
  "cpuManagerPolicyOptions",
  "memoryManagerPolicy",
  "topologyManagerPolicy",
]);

/** What it says where the annotation does not; nothing of that for such a plugin. */
const kubeletDefaults: Readonly<Record<string, JsonObject>> = {
  evictionHard: {
    "memory.available": "100Mi",
    "nodefs.available": "10%",
    "imagefs.available": "15%",
    "nodefs.inodesFree": "5%",
  },
  kubeReserved: { memory: "500Mi" },
  systemReserved: { memory: "500Mi" },
};

/** The annotation as Go reads it: null says nothing. */
function readSnippet(text: string): JsonObject | string {
  try {
    const value = JSON.parse(text) as Json;
    return value === null ? {} : (objectOf(value) ?? "it is no JSON object");
  } catch {
    return "it is no JSON";
  }
}

/** What it says that its KubeletConfig gets. */
export function snippetSettings(text: string | undefined, hasPlugin: boolean): Json {
  const all = readSnippet(text ?? "{}");
  if (typeof all === "string") return text ?? "";
  const lost = hasPlugin ? overwrittenForPlugin : overwritten;
  const given = Object.fromEntries(Object.entries(all).filter(([key]) => !lost.has(key)));
  if (hasPlugin) return given;
  const defaults = Object.entries(kubeletDefaults).map(([key, value]) => [key, { ...value, ...objectOf(given[key]) }]);
  return { ...given, ...Object.fromEntries(defaults) };
}

/** Why nothing at all is made of a profile with this annotation (components/kubeletconfig/kubeletconfig.go New). */
export function snippetProblem(text: string | undefined): string | undefined {
  const all = readSnippet(text ?? "{}");
  return typeof all === "string" ? all : kubeletMisfit(all);
}
