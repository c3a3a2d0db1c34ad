import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { at, items, number, text } from "../shoot.ts";

type Merge = (base: Json, override: Json) => Json;

/**
 * What a NamespacedCloudProfile offers: the spec of its parent with what it says itself. MergeCloudProfiles in
 * pkg/controllermanager/controller/namespacedcloudprofile/reconciler.go; providerConfig is for the extension to merge.
 */
export function mergedProfile(parent: JsonObject, own: JsonObject): JsonObject {
  const list = (name: string, merge: Merge): readonly Json[] => byKey(parent[name], own[name], "/name", merge);
  const limit = number(at(own, "/limits/maxNodesTotal")) ?? 0;
  const bundles = [parent["caBundle"], own["caBundle"]].flatMap((bundle) => text(bundle) ?? []);
  return {
    ...parent,
    kubernetes: {
      ...blockOf(parent["kubernetes"]),
      // Versions are those of the parent.
      versions: byKey(
        at(parent, "/kubernetes/versions"),
        at(own, "/kubernetes/versions"),
        "/version",
        otherDate,
        false,
      ),
    },
    machineImages: list("machineImages", mergedImage),
    machineTypes: list("machineTypes", (_, type) => type),
    volumeTypes: list("volumeTypes", (_, type) => type),
    ...(bundles.length === 0 ? {} : { caBundle: bundles.join("") }),
    ...(limit > 0 ? { limits: { ...blockOf(parent["limits"]), maxNodesTotal: limit } } : {}),
  };
}

const blockOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

/** The items of a list, of which some are replaced, and those that come to it. */
function byKey(
  base: Json | undefined,
  override: Json | undefined,
  key: "/name" | "/version",
  merge: Merge,
  isExtended = true,
): readonly Json[] {
  const merged = new Map(items(base).map((item) => [at(item, key), item]));
  for (const item of items(override)) {
    const known = merged.get(at(item, key));
    if (known !== undefined) merged.set(at(item, key), merge(known, item));
    else if (isExtended) merged.set(at(item, key), item);
  }
  return [...merged.values()];
}

/** mergeExpirationDates: also to no date at all. */
function otherDate(base: Json, override: Json): Json {
  const { expirationDate: _, ...rest } = blockOf(base);
  const date = at(override, "/expirationDate");
  return date === undefined ? rest : { ...rest, expirationDate: date };
}

function mergedImage(base: Json, override: Json): Json {
  const strategy = text(at(override, "/updateStrategy")) ?? "";
  return {
    ...blockOf(base),
    ...(strategy === "" ? {} : { updateStrategy: strategy }),
    versions: byKey(at(base, "/versions"), at(override, "/versions"), "/version", mergedVersion),
  };
}

/** mergeMachineImageVersions: a version that says more than when it expires was there before that of the parent. */
function mergedVersion(base: Json, override: Json): Json {
  const isOwn =
    ["/architectures", "/capabilityFlavors", "/cri"].some((list) => items(at(override, list)).length > 0) ||
    ["/kubeletVersionConstraint", "/classification"].some((word) => (text(at(override, word)) ?? "") !== "");
  return isOwn ? override : otherDate(base, override);
}
