import { isObject } from "../../../manifests/json-object.ts";
import type { JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import type { Reference, Scope } from "../../../rules/functions.ts";
import { at } from "../shoot.ts";
import { mergedProfile } from "./merged-profile.ts";

export interface Profile extends Reference {
  /** Whether it says all that it offers: a NamespacedCloudProfile adds to its parent, which may not be among the manifests. */
  readonly isWhole: boolean;
}

const references = ["cloud-profile", "older-cloud-profile", "namespaced-cloud-profile"];

/** The profile that the Shoot names, where it is among the manifests of the side; several checks ask the same of each pool. */
export const profileOf = memoized((scope: Scope): Profile | undefined => {
  for (const id of references) {
    const profile = scope.references(id).find(({ value }) => value !== undefined);
    if (profile === undefined) continue;
    const [parent] = scope.references("parent-cloud-profile");
    return id === "namespaced-cloud-profile" ? namespaced(profile, parent?.value) : { ...profile, isWhole: true };
  }
  return undefined;
});

const namespaced = (profile: Reference, parent: JsonObject | undefined): Profile => ({
  ...profile,
  value: parent === undefined || profile.value === undefined ? profile.value : merged(parent)(profile.value),
  isWhole: parent !== undefined,
});

/** Once for all Shoots that use it. */
const merged = memoized((parent: JsonObject) =>
  memoized((profile: JsonObject): JsonObject => ({ spec: mergedProfile(specOf(parent), specOf(profile)) })),
);

const specOf = (profile: JsonObject): JsonObject => {
  const spec = at(profile, "/spec");
  return isObject(spec) ? spec : {};
};
