import type { Json } from "../../../manifests/manifest.ts";
import { addQuantities, type Quantity, quantityOf, quantityText } from "../../../rules/encodings/quantity.ts";
import { type Derived, type Scope, Unknown, type Value } from "../../../rules/functions.ts";
import { isWithin, minorOf, versionText } from "../../../rules/version.ts";
import { at, isIpvs, items, text } from "../shoot.ts";
import { unknownProxy } from "./settings.ts";

/** Paths are those of the tables: `$kubernetes-version` and `$kubelet` are variables there. */
const versionOf = (value: Json | undefined): string | undefined => text(value);

const unresolved = (version: string | undefined): Unknown =>
  new Unknown(
    version === undefined
      ? "without a version, admission takes the newest supported one of the CloudProfile"
      : `"${version}" is resolved to the newest matching version of the CloudProfile`,
    `kubernetes ${version ?? ""}`,
  );

/**
 * Only three parts between dots are a version that admission leaves alone: of more, as a pre-release may have them, it takes the
 * first for all that was asked for (plugin/pkg/shoot/mutator/admission.go defaultKubernetesVersion).
 */
const hasManyParts = (version: string): boolean => version.split(".").length > 3;

/** Major and minor version of the pool's nodes, as the key of the OperatingSystemConfig holds them. */
export const kubernetesMinor: Derived = (scope) => {
  const version = versionOf(scope.get("$kubernetes-version"));
  return (version === undefined || hasManyParts(version) ? undefined : minorOf(version)) ?? unresolved(version);
};

/** The whole version of the pool's nodes: the kubelet that runs on them. */
export const kubernetesVersion: Derived = (scope) => {
  const version = versionOf(scope.get("$kubernetes-version"));
  return (version === undefined || hasManyParts(version) ? undefined : versionText(version)) ?? unresolved(version);
};

/** The name of the machine image; without one, the live one stays, or the first of the CloudProfile is taken. */
export const machineImageName: Derived = (scope) =>
  text(scope.get("$pool/machine/image/name")) ?? new Unknown("the machine image is not in the manifest", "image");

/** The version of the machine image; one that is not named, or only in part, is chosen from the CloudProfile. */
export const machineImageVersion: Derived = (scope) => {
  const version = text(scope.get("$pool/machine/image/version")) ?? "";
  // Four parts that are no pre-release are completed by the first one.
  if (version.split(".").length === 3 || versionText(version) !== undefined) return version;
  return new Unknown(
    version === ""
      ? "the image version is not in the manifest: the live one stays, or the newest of the CloudProfile is taken"
      : `image version "${version}" is resolved to the newest matching one of the CloudProfile`,
    `image ${version}`,
  );
};

/** The string of an API time as Go prints it; here its instant. */
function initiationTime(rotation: Json | undefined, pool: string): Value {
  const pending = items(at(rotation, "/pendingWorkersRollouts")).find((one) => at(one, "/name") === pool);
  const time = text(pending === undefined ? at(rotation, "/lastInitiationTime") : at(pending, "/lastInitiationTime"));
  if (time === undefined) return undefined;
  const instant = Date.parse(time);
  return Number.isNaN(instant) ? time : new Date(instant).toISOString();
}

/** When the rotation of the certificate authorities began that this pool follows: its own pending one, else the Shoot's. */
export const caRotation: Derived = (scope) =>
  initiationTime(scope.get("/status/credentials/rotation/certificateAuthorities"), scope.pool);

/** The same for the key of service accounts. */
export const serviceAccountKeyRotation: Derived = (scope) =>
  initiationTime(scope.get("/status/credentials/rotation/serviceAccountKey"), scope.pool);

/**
 * The marker that node-local-dns puts into the key: since v1.126 only for pools below Kubernetes 1.34, or with kube-proxy
 * in IPVS mode.
 */
export const nodeLocalDnsMarker: Derived = (scope) => {
  if (scope.get("/spec/systemComponents/nodeLocalDNS/enabled") !== true) return undefined;
  if (isWithin(scope.target("gardener"), undefined, "1.126")) return "node-local-dns";
  const version = versionOf(scope.get("$kubernetes-version"));
  const isKnown = version !== undefined && minorOf(version) !== undefined;
  if (isKnown && isWithin(version, undefined, "1.34")) return "node-local-dns";
  if (isIpvs(scope.get("$cluster")))
    return scope.get("/spec/kubernetes/kubeProxy/enabled") === undefined
      ? new Unknown(unknownProxy, "kube-proxy")
      : "node-local-dns";
  return isKnown ? undefined : unresolved(version);
};

const reservedMembers = ["cpu", "memory", "pid", "ephemeralStorage"] as const;

/** From v1.102 until v1.140 the key held the sum of what is reserved for Kubernetes and for the system. */
function reservedQuantity(kubelet: Json | undefined, member: string, sums: boolean): Quantity | undefined {
  const own = quantityOf(at(kubelet, `/kubeReserved/${member}`));
  const system = sums ? quantityOf(at(kubelet, `/systemReserved/${member}`)) : undefined;
  if (own === undefined || system === undefined) return own ?? system;
  return addQuantities(own, system);
}

/** `cpu-memory-pid-ephemeralStorage`, each as Go prints a quantity, `<nil>` where it is not set. */
export const kubeReserved: Derived = (scope) => reservedTexts(scope)?.join("-");

/** The same as the configuration of the kubelet has it: Gardener fills in what it does not hold of cpu and memory. */
export const keptReserved: Derived = (scope) => {
  const [cpu = unset, memory = unset, ...others] = reservedTexts(scope) ?? reservedMembers.map(() => unset);
  return [cpu === unset ? "80m" : cpu, memory === unset ? "1Gi" : memory, ...others].join("-");
};

const unset = "<nil>";

/** With the GKE formula, admission computes what a pool does not say from its machine type: a default marks such pools. */
const reservedTexts = (scope: Scope): readonly string[] | undefined => {
  const kubelet = scope.get("$kubelet");
  const sums = isWithin(scope.target("gardener"), "1.102", "1.141");
  const block = at(kubelet, "/kubeReserved") ?? (sums ? at(kubelet, "/systemReserved") : undefined);
  const computed = at(kubelet, "/kubeReserved/formula") === true;
  if (block === undefined && !computed) return undefined;
  const missing = computed
    ? ["cpu", "memory"].filter((member) => at(kubelet, `/kubeReserved/${member}`) === undefined)
    : [];
  return reservedMembers.map((member) => {
    if (missing.includes(member)) return `of ${text(scope.get("$pool/machine/type")) ?? ""}`;
    const quantity = reservedQuantity(kubelet, member, sums);
    if (quantity === undefined) return computed && member === "pid" ? "20k" : unset;
    return quantityText(quantity);
  });
};

/** `imageFSAvailable-imageFSInodesFree-memoryAvailable-nodeFSAvailable-nodeFSInodesFree` as written; an empty block counts. */
export const evictionHard: Derived = (scope) => {
  const block = scope.get("$kubelet/evictionHard");
  if (block === undefined) return undefined;
  return ["imageFSAvailable", "imageFSInodesFree", "memoryAvailable", "nodeFSAvailable", "nodeFSInodesFree"]
    .map((member) => text(at(block, `/${member}`)) ?? "")
    .join("-");
};
