import { memoized } from "../../../manifests/memoized.ts";
import type { Reference, Scope } from "../../../rules/functions.ts";

const references = ["cloud-profile", "older-cloud-profile", "namespaced-cloud-profile"];

/** The profile that the Shoot names, where it is among the manifests of the side; several checks ask the same of each pool. */
export const profileOf = memoized((scope: Scope): Reference | undefined => {
  for (const id of references) {
    const profile = scope.references(id).find(({ value }) => value !== undefined);
    if (profile !== undefined) return profile;
  }
  return undefined;
});
