import type { Reference, Scope } from "../../../rules/functions.ts";

const references = ["cloud-profile", "older-cloud-profile", "namespaced-cloud-profile"];

/** Several checks ask the same of each pool. */
const known = new WeakMap<Scope, { readonly profile: Reference | undefined }>();

/** The profile that the Shoot names, where it is among the manifests of the side. */
export function profileOf(scope: Scope): Reference | undefined {
  let found = known.get(scope);
  if (found === undefined) known.set(scope, (found = { profile: profileIn(scope) }));
  return found.profile;
}

function profileIn(scope: Scope): Reference | undefined {
  for (const id of references) {
    const profile = scope.references(id).find(({ value }) => value !== undefined);
    if (profile !== undefined) return profile;
  }
  return undefined;
}
