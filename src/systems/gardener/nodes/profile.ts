import type { Reference, Scope } from "../../../rules/functions.ts";

const references = ["cloud-profile", "older-cloud-profile", "namespaced-cloud-profile"];

/** The profile that the Shoot names, where it is among the manifests of the side. */
export const profileOf = (scope: Scope): Reference | undefined =>
  references.flatMap((id) => scope.references(id)).find(({ value }) => value !== undefined);
