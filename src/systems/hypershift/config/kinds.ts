import { isList } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { quantity } from "../go/quantity.ts";
import { GoTypeError, listOf, pointer, struct, throughGo, type Shape } from "../go/struct.ts";

/** A place inside an object. */
export type Path = readonly [string, ...string[]];

/** A kind that `spec.config` may hold. */
export interface ConfigKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly shape: Shape;
  /** What the controller sets before it encodes the object again. Absent where it does not: then the text itself is hashed. */
  readonly prepared?: (value: JsonObject) => JsonObject;
  /** What the types of operators before 4.23 do not have (openshift/api in the vendor folders of the branches). */
  readonly newer?: readonly Path[];
}

const string: Shape = { is: "string" };
const strings: Shape = { is: "list", of: string };
const bool: Shape = { is: "bool" };
const raw: Shape = { is: "raw" };

/**
 * meta/v1 Time: RFC 3339, kept to the second. The zero time is none, and the controller writes the beginning of Unix time
 * as null too (support/api/scheme.go replaceCreationTimestamp).
 */
const time: Shape = {
  is: "scalar",
  read: (value, place) => {
    const instant = typeof value === "string" && rfc3339.test(value) ? Date.parse(value.replace(",", ".")) : Number.NaN;
    if (Number.isNaN(instant)) throw new GoTypeError(place, "a time in RFC 3339");
    const written = `${new Date(instant).toISOString().slice(0, 19)}Z`;
    return unsetTimes.has(written) ? undefined : written;
  },
};
const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const unsetTimes = new Set(["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"]);

/** Base64, as encoding/json reads a `[]byte`, or the bytes one by one. */
const bytes: Shape = {
  is: "scalar",
  read: (value, place) => {
    if (isList(value) && value.every((item) => item === null || isByte(item))) return value;
    const packed = typeof value === "string" ? value.replaceAll(/[\r\n]/g, "") : "?";
    if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) throw new GoTypeError(place, "base64");
    return value;
  },
};

const isByte = (item: Json): boolean => typeof item === "number" && Number.isInteger(item) && item >= 0 && item <= 255;

const stringMap: Shape = { is: "map", of: string };

/** apimachinery meta/v1 ObjectMeta. */
export const metadata = struct({
  name: string,
  generateName: string,
  namespace: string,
  uid: string,
  resourceVersion: string,
  generation: { is: "int" },
  creationTimestamp: time,
  deletionTimestamp: time,
  labels: stringMap,
  annotations: stringMap,
  finalizers: strings,
  ownerReferences: listOf(raw),
  deletionGracePeriodSeconds: { is: "int", pointer: true },
  managedFields: listOf(raw),
  selfLink: string,
});

const status = struct({ observedGeneration: { is: "int" }, conditions: { is: "list", of: raw, keepEmpty: true } });

/** openshift/api config/v1 TLSSecurityProfile. */
export const tlsSecurityProfile = pointer({
  type: string,
  old: pointer({}),
  intermediate: pointer({}),
  modern: pointer({}),
  custom: pointer({
    ciphers: { is: "list", of: string, keepEmpty: true },
    groups: strings,
    minTLSVersion: string,
  }),
});

/** apimachinery meta/v1 LabelSelector. */
const selector = struct({
  matchLabels: stringMap,
  matchExpressions: listOf(struct({ key: string, operator: string, values: strings })),
});

/** What it overwrites must fit its type before, though it does not count what it says. */
const withRole = (value: JsonObject): JsonObject => {
  throughGo(metadata, value["metadata"], "metadata");
  const meta = isObject(value["metadata"]) ? value["metadata"] : {};
  const labels = isObject(meta["labels"]) ? meta["labels"] : {};
  const role = { ...labels, "machineconfiguration.openshift.io/role": "worker" };
  return { ...value, metadata: { ...meta, labels: role } };
};

const withSelector = (value: JsonObject): JsonObject => {
  const spec: Json | undefined = value["spec"];
  if (!isObject(spec)) return value;
  const { machineConfigPoolSelector: overwritten, ...rest } = spec;
  throughGo(selector, overwritten, "spec.machineConfigPoolSelector");
  return { ...value, spec: rest };
};

const machineConfiguration = "machineconfiguration.openshift.io/v1";
const stores = listOf(struct({ path: string }));

/**
 * The kinds of hypershift-operator/controllers/nodepool/config.go defaultAndValidateConfigManifest, with the types of
 * openshift/api.
 */
export const configKinds: readonly ConfigKind[] = [
  {
    apiVersion: machineConfiguration,
    kind: "MachineConfig",
    prepared: withRole,
    shape: struct({
      metadata,
      spec: struct({
        osImageURL: string,
        baseOSExtensionsContainerImage: string,
        config: raw,
        kernelArguments: { is: "list", of: string, keepEmpty: true },
        extensions: { is: "list", of: string, keepEmpty: true },
        fips: bool,
        kernelType: string,
      }),
    }),
  },
  {
    apiVersion: machineConfiguration,
    kind: "KubeletConfig",
    prepared: withSelector,
    newer: [["spec", "tlsSecurityProfile", "custom", "groups"]],
    shape: struct({
      metadata,
      spec: struct({
        autoSizingReserved: { is: "bool", pointer: true },
        logLevel: { is: "int", bits: 32, pointer: true },
        kubeletConfig: raw,
        tlsSecurityProfile,
      }),
      status,
    }),
  },
  {
    apiVersion: machineConfiguration,
    kind: "ContainerRuntimeConfig",
    prepared: withSelector,
    newer: [
      ["spec", "containerRuntimeConfig", "additionalLayerStores"],
      ["spec", "containerRuntimeConfig", "additionalImageStores"],
      ["spec", "containerRuntimeConfig", "additionalArtifactStores"],
    ],
    shape: struct({
      metadata,
      spec: struct({
        containerRuntimeConfig: pointer({
          pidsLimit: { is: "int", pointer: true },
          logLevel: string,
          logSizeMax: quantity,
          overlaySize: quantity,
          defaultRuntime: string,
          additionalLayerStores: stores,
          additionalImageStores: stores,
          additionalArtifactStores: stores,
        }),
      }),
      status,
    }),
  },
  {
    apiVersion: "config.openshift.io/v1",
    kind: "ImageDigestMirrorSet",
    shape: struct({
      metadata,
      spec: struct({
        imageDigestMirrors: listOf(struct({ source: string, mirrors: strings, mirrorSourcePolicy: string })),
      }),
    }),
  },
  {
    apiVersion: "operator.openshift.io/v1alpha1",
    kind: "ImageContentSourcePolicy",
    shape: struct({
      metadata,
      spec: struct({ repositoryDigestMirrors: listOf(struct({ source: string, mirrors: strings })) }),
    }),
  },
  {
    apiVersion: "config.openshift.io/v1",
    kind: "ClusterImagePolicy",
    shape: struct({
      metadata,
      spec: struct({
        scopes: strings,
        policy: struct({
          rootOfTrust: struct({
            policyType: string,
            publicKey: pointer({ keyData: bytes, rekorKeyData: bytes }),
            fulcioCAWithRekor: pointer({
              fulcioCAData: bytes,
              rekorKeyData: bytes,
              fulcioSubject: struct({ oidcIssuer: string, signedEmail: string }),
            }),
            pki: pointer({
              caRootsData: bytes,
              caIntermediatesData: bytes,
              pkiCertificateSubject: struct({ email: string, hostname: string }),
            }),
          }),
          signedIdentity: pointer({
            matchPolicy: string,
            exactRepository: pointer({ repository: string }),
            remapIdentity: pointer({ prefix: string, signedPrefix: string }),
          }),
        }),
      }),
    }),
  },
];
