import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { quantityOf, quantityText } from "../../../rules/encodings/quantity.ts";
import { type Scope, Unknown } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { operatorBefore } from "../operator.ts";
import { poolRelease } from "../release.ts";
import { listOf, objectOf, textAt, textOf } from "../values.ts";
import { kubevirtHostDevices } from "./kubevirt.ts";

const kubevirt = "$pool/spec/platform/kubevirt";

/** A quantity as it is written into the template. */
export const amount = (value: Json | undefined): Json => {
  const read = quantityOf(value);
  return read === undefined ? (value ?? "0") : quantityText(read);
};

/** Places that are absent are not written. */
const written = (fields: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, Json] => entry[1] !== undefined));

const nonEmpty = <T extends Json>(value: T | undefined): T | undefined =>
  value === undefined || value === null || Object.keys(value).length === 0 ? undefined : value;

const nodePool = "hypershift.openshift.io/nodepool-name";

/**
 * The template of a pool's virtual machines before JSON patches (np/kubevirt/kubevirt.go virtualMachineTemplateBase,
 * MachineTemplateSpec). The boot image of the release stands for itself: its digest is not in any manifest.
 */
export function vmTemplate(scope: Scope): JsonObject {
  const labels = {
    "hypershift.openshift.io/infra-id": textAt(scope, "$cluster/spec/infraID") ?? "",
    [nodePool]: scope.pool,
  };
  const attached = isAttached(scope);
  const networks = networksOf(scope);
  return {
    metadata: written({
      labels,
      namespace: textAt(scope, "$cluster/spec/platform/kubevirt/credentials/infraNamespace"),
    }),
    spec: {
      runStrategy: "Always",
      template: {
        metadata: {
          labels,
          annotations: {
            "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes":
              "private,public,sockets,virt-bin-share-dir,libvirt-runtime,ephemeral-disks,container-disks,hotplug-disks",
            ...(attached ? { "kubevirt.io/allow-pod-bridge-network-live-migration": "" } : {}),
          },
        },
        spec: written({
          domain: domainOf(
            scope,
            networks.map(({ name }) => ({ name, bridge: {} })),
          ),
          nodeSelector: nonEmpty(scope.get(`${kubevirt}/nodeSelector`)),
          ...spreadOf(scope),
          evictionStrategy: "External",
          volumes: [{ name: "rhcos", dataVolume: { name: "rhcos" } }],
          networks: nonEmpty(networks),
        }),
      },
      dataVolumeTemplates: [
        {
          metadata: { name: "rhcos", labels: { "hypershift.openshift.io/is-kubevirt-rhcos": "true" } },
          spec: written({ source: bootSource(scope), storage: storageOf(scope) }),
        },
      ],
    },
  };
}

const isAttached = (scope: Scope): boolean => scope.get(`${kubevirt}/attachDefaultNetwork`) !== false;

/** The network of the pods, unless it is left off, then the additional ones. */
function networksOf(scope: Scope): { readonly name: string; readonly [kind: string]: Json }[] {
  const additional = listOf(scope.get(`${kubevirt}/additionalNetworks`)).map((entry, index) => {
    const networkName = textOf(objectOf(entry)?.["name"]) ?? "";
    return { name: `iface${index + 1}_${networkName.replaceAll("/", "-")}`, multus: { networkName } };
  });
  return [...(isAttached(scope) ? [{ name: "default", pod: {} }] : []), ...additional];
}

export const spreadAnnotation =
  "$pool/metadata/annotations/hypershift.openshift.io~1nodepool-supports-kubevirt-topology-spread-constraints";

/**
 * Whether the machines are spread evenly, which an annotation asks for. Operators since 4.17 put it on every pool that they make
 * or bring to another release, and no older operator knows a release of 4.17 (np/kubevirt.go setKubevirtConditions).
 */
function spreadsEvenly(scope: Scope): boolean {
  if (operatorBefore(scope, "4.17")) return false;
  const version = poolRelease(scope)?.version;
  return scope.get(spreadAnnotation) !== undefined || (version !== undefined && !isWithin(version, undefined, "4.17"));
}

/** How the machines are kept apart: by preference, or as evenly as it goes. */
function spreadOf(scope: Scope): JsonObject {
  const topologyKey = "kubernetes.io/hostname";
  if (spreadsEvenly(scope)) {
    const labelSelector = { matchLabels: { [nodePool]: scope.pool } };
    return {
      topologySpreadConstraints: [{ maxSkew: 1, topologyKey, whenUnsatisfiable: "ScheduleAnyway", labelSelector }],
    };
  }
  const labelSelector = { matchExpressions: [{ key: nodePool, operator: "In", values: [scope.pool] }] };
  return {
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { labelSelector, topologyKey } },
        ],
      },
    },
  };
}

function domainOf(scope: Scope, interfaces: readonly JsonObject[]): JsonObject {
  const memory = amount(scope.get(`${kubevirt}/compute/memory`));
  const given = scope.get(`${kubevirt}/compute/cores`);
  const cores = typeof given === "number" && given > 0 ? given : undefined;
  const guaranteed = written({ memory, cpu: cores === undefined ? undefined : String(cores) });
  const devices = kubevirtHostDevices(scope);
  return written({
    ...(scope.get(`${kubevirt}/compute/qosClass`) === "Guaranteed"
      ? { resources: { requests: guaranteed, limits: guaranteed } }
      : { resources: {}, cpu: cores === undefined ? undefined : { cores }, memory: { guest: memory } }),
    devices: written({
      disks: [{ name: "rhcos", disk: { bus: "virtio" } }],
      interfaces: nonEmpty(interfaces),
      networkInterfaceMultiqueue: scope.get(`${kubevirt}/networkInterfaceMultiqueue`) === "Enable" ? true : undefined,
      hostDevices:
        devices instanceof Unknown
          ? devices.basis
          : nonEmpty(listOf(devices).map((deviceName, index) => ({ name: `hostdevice-${index + 1}`, deviceName }))),
    }),
  });
}

/** np/kubevirt/kubevirt.go GetImage: an image of the pool's own is never cached. */
function bootSource(scope: Scope): JsonObject {
  const own = textAt(scope, `${kubevirt}/rootVolume/diskImage/containerDiskImage`);
  const cached = scope.get(`${kubevirt}/rootVolume/cacheStrategy/type`) === "PVC";
  if (own === undefined && cached) return { pvc: { namespace: "", name: "" } };
  return { registry: { url: `docker://${own ?? ""}`, pullMethod: "node" } };
}

function storageOf(scope: Scope): JsonObject | undefined {
  const persistent = objectOf(scope.get(`${kubevirt}/rootVolume/persistent`));
  if (persistent === undefined) return undefined;
  const { size, storageClass, accessModes, volumeMode } = persistent;
  return written({
    accessModes: nonEmpty(accessModes),
    resources: size === undefined || size === null ? {} : { requests: { storage: amount(size) } },
    storageClassName: storageClass ?? undefined,
    volumeMode: volumeMode ?? undefined,
  });
}
