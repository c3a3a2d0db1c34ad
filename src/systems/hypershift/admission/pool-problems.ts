import type { Json } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import type { Scope } from "../../../rules/functions.ts";
import { operatorBefore } from "../operator.ts";
import { releaseImageOf } from "../release.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { machineLabelProblems } from "./machine-labels.ts";
import { wordProblem } from "./schema-values.ts";

/**
 * What the API server accepts and the controllers cannot carry out: their code refuses it, or cannot even read it. Nothing
 * of the pool changes as long as one of these holds.
 */
export const poolProblems = (scope: Scope): string[] => [
  ...withoutCluster(scope),
  ...undecodable(scope),
  ...otherArchitecture(scope),
  ...unusableKeys(scope),
  ...unsupportedPlatform(scope),
  ...incompletePlatform(scope),
  ...unusableShare(scope),
  ...machineLabelProblems(scope),
];

/**
 * np/nodepool_controller.go Reconcile: the HostedCluster is looked up first. Only a pool without spec is stored without its
 * name.
 */
const withoutCluster = (scope: Scope): string[] =>
  scope.get("$pool/spec/clusterName") === undefined ? ["the pool names no HostedCluster, so nobody manages it"] : [];

/** metav1.Duration and ipnet.IPNet decode strictly, so that one such object keeps the operator from listing all of its kind. */
function undecodable(scope: Scope): string[] {
  const durations = ["nodeDrainTimeout", "nodeVolumeDetachTimeout"].flatMap((field) => {
    const value = scope.get(`$pool/spec/${field}`);
    return typeof value === "string" && parseDuration(value) === undefined
      ? [`${field} "${value}" is not a duration such as 15m, so the operator can no longer read its NodePools`]
      : [];
  });
  const networks = ["machineNetwork", "clusterNetwork", "serviceNetwork"].flatMap((field) =>
    listOf(scope.get(`$cluster/spec/networking/${field}`)).flatMap((entry) => {
      const cidr = textOf(objectOf(entry)?.["cidr"]);
      return cidr === undefined || isNetwork(cidr)
        ? []
        : [`${field} "${cidr}" is not a network, so the operator can no longer read its HostedClusters`];
    }),
  );
  return [...durations, ...networks];
}

const isNetwork = (cidr: string): boolean =>
  wordProblem("format=cidr", cidr) === undefined &&
  !/(?:^|\.)(?:0\d|25[6-9]|2[6-9]\d|[3-9]\d\d)/.test(cidr.replace(/\/.*$/, ""));

/**
 * np/conditions.go validArchPlatformCondition, where the tag of the release tells the payload. It asks only where the platform
 * has machines of the architecture; where it has none, the controller says so and goes on.
 */
function otherArchitecture(scope: Scope): string[] {
  if (operatorBefore(scope, "4.17")) return [];
  const image = scope.get("$cluster/spec/release/image");
  const { flavour } = typeof image === "string" ? releaseImageOf(image) : { flavour: "" };
  const payload = architectures.get(flavour) ?? flavour;
  const arch = textOf(scope.get("$pool/spec/arch")) ?? "amd64";
  const platform = textOf(scope.get("$pool/spec/platform/type")) ?? "";
  const asks = supported.get(platform)?.includes(arch) === true;
  return !asks || payload === "" || payload.startsWith("multi") || payload === arch
    ? []
    : [`the HostedCluster's release is built for ${payload} alone, and the pool's machines are ${arch}`];
}

/** np/nodepool_controller.go isArchAndPlatformSupported. */
const supported: ReadonlyMap<string, readonly string[]> = new Map([
  ["AWS", ["amd64", "arm64"]],
  ["Azure", ["amd64", "arm64"]],
  ["KubeVirt", ["amd64", "s390x"]],
  ["OpenStack", ["amd64"]],
  ["Agent", ["amd64", "ppc64le", "arm64"]],
  ["PowerVS", ["ppc64le"]],
  ["None", ["amd64", "arm64"]],
  ["GCP", ["amd64", "arm64"]],
]);
const architectures: ReadonlyMap<string, string> = new Map([
  ["x86_64", "amd64"],
  ["aarch64", "arm64"],
]);

interface NeededKey {
  readonly reference: string;
  readonly kind: string;
  readonly key: string;
}

/** np/nodepool_controller.go getPullSecretName, getAdditionalTrustBundle. */
const neededKeys = (scope: Scope): readonly NeededKey[] => [
  { reference: "pull-secret", kind: "Secret", key: ".dockerconfigjson" },
  ...(operatorBefore(scope, "4.18") ? [] : [{ reference: "trust-bundle", kind: "ConfigMap", key: "ca-bundle.crt" }]),
];

const keysOf = (value: Json | undefined): readonly string[] =>
  ["data", "stringData", "binaryData"].flatMap((part) => Object.keys(objectOf(objectOf(value)?.[part]) ?? {}));

const unusableKeys = (scope: Scope): string[] =>
  neededKeys(scope).flatMap(({ reference, kind, key }) => {
    const found = scope.references(reference)[0];
    const keys = keysOf(found?.value);
    // Without any key it is filled by somebody else.
    return keys.length === 0 || keys.includes(key) ? [] : [`the ${kind} ${found?.name} has no key ${key}`];
  });

/** What a manifest named an apply takes away with its name, also where nothing is left that it names. */
export const takenKeys = (base: Scope, head: Scope): string[] =>
  neededKeys(head).flatMap(({ reference, kind, key }) => {
    const [before, after] = [base.references(reference)[0], head.references(reference)[0]];
    const isTaken =
      keysOf(before?.value).includes(key) && after?.value !== undefined && keysOf(after.value).length === 0;
    return isTaken && before?.name === after.name ? [`the ${kind} ${after.name} loses its key ${key}`] : [];
  });

/** Sections that the controller reads without asking whether they are there: it ends in an error before it changes a machine. */
const readOfPool = new Map(
  ["AWS", "Azure", "GCP", "KubeVirt", "OpenStack", "PowerVS"].map((platform) => [platform, platform.toLowerCase()]),
);
const readOfCluster = new Map(
  ["AWS", "GCP", "OpenStack", "PowerVS"].map((platform) => [platform, platform.toLowerCase()]),
);

/**
 * np/aws.go setAWSConditions, np/gcp.go gcpMachineTemplate, np/openstack/openstack.go MachineTemplateSpec, np/powervs.go
 * ibmPowerVSMachineTemplateSpec.
 */
function unsupportedPlatform(scope: Scope): string[] {
  const platform = textOf(scope.get("$pool/spec/platform/type")) ?? "";
  const section = readOfCluster.get(platform);
  // A HostedCluster that is elsewhere tells nothing.
  if (section === undefined || scope.get("$cluster/spec/platform/type") === undefined) return [];
  return scope.get(`$cluster/spec/platform/${section}`) === undefined
    ? [`the HostedCluster has no spec.platform.${section}, which pools of ${platform} need`]
    : [];
}

/**
 * np/kubevirt/kubevirt.go PlatformValidation, np/gcp.go gcpMachineTemplateSpec, np/aws.go setAWSConditions, np/azure.go
 * azureMachineTemplateSpec, np/openstack.go setOpenStackConditions, np/powervs.go ibmPowerVSMachineTemplateSpec.
 */
function incompletePlatform(scope: Scope): string[] {
  const platform = textOf(scope.get("$pool/spec/platform/type")) ?? "";
  const section = readOfPool.get(platform);
  if (section === undefined) return [];
  const block = objectOf(scope.get(`$pool/spec/platform/${section}`));
  if (block === undefined) return [`the pool has no spec.platform.${section}, which pools of ${platform} need`];
  if (section !== "kubevirt") return [];
  const volume = objectOf(block["rootVolume"]);
  const isPersistent = volume !== undefined && (textOf(volume["type"]) ?? "Persistent") === "Persistent";
  return [
    ...(isPersistent && objectOf(volume["persistent"]) === undefined
      ? ["platform.kubevirt.rootVolume is Persistent and lacks persistent, which says its size"]
      : []),
    ...(block["attachDefaultNetwork"] === false && listOf(block["additionalNetworks"]).length === 0
      ? ["platform.kubevirt.attachDefaultNetwork is false without additionalNetworks, so machines have no network"]
      : []),
  ];
}

/**
 * np/capi.go getInPlaceMaxUnavailable; kubernetes-sigs/cluster-api mdutil NewMSNewReplicas: only numbers and whole
 * percentages are scaled, and the text "1" is neither. Of what may be unavailable CAPI takes 0 where it cannot read it. A negative
 * number leaves no room for any node (inplaceupgrader.go getAvailableCandidates; kubernetes-sigs/cluster-api
 * machinedeployment_rolling.go reconcileOldMachineSets).
 */
function unusableShare(scope: Scope): string[] {
  const inPlace = scope.get("$pool/spec/management/upgradeType") === "InPlace";
  const strict = inPlace ? "inPlace.maxUnavailable" : "replace.rollingUpdate.maxSurge";
  return [strict, ...(inPlace ? [] : ["replace.rollingUpdate.maxUnavailable"])].flatMap((field) => {
    const value = scope.get(`$pool/spec/management/${field.replaceAll(".", "/")}`);
    if (typeof value === "number" && value < 0)
      return [`management.${field} ${value} is negative, with which the rollout gets nowhere`];
    if (field !== strict || typeof value !== "string" || /^[+-]?\d+%$/.test(value)) return [];
    const hint = /^\d+$/.test(value) ? ": write the number without quotes" : "";
    return [`management.${field} "${value}" is neither a number nor a percentage, at which the rollout stops${hint}`];
  });
}
