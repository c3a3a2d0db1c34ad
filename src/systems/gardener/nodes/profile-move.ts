import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { sameValue } from "../../../rules/canonical.ts";
import type { Predicate, Scope, Sides } from "../../../rules/functions.ts";
import type { Path } from "../../../rules/words.ts";
import { at, items, shootOf, text } from "../shoot.ts";
import { admittedProfile, type ProfileReference } from "./profile-reference.ts";

/** A Shoot that goes from one profile to another. */
export interface ProfileMove {
  readonly base: Scope;
  readonly head: Scope;
  readonly before: ProfileReference;
  readonly after: ProfileReference;
}

export function profileMove({ base, head }: Sides): ProfileMove | undefined {
  const [old, shoot] = [shootOf(base), shootOf(head)];
  if (base === undefined || head === undefined || old === undefined || shoot === undefined) return undefined;
  const [before, after] = [admittedProfile(old), admittedProfile(shoot, old)];
  if (before === undefined || after === undefined) return undefined;
  return before.kind === after.kind && before.name === after.name ? undefined : { base, head, before, after };
}

/** The Shoot named a profile, and admission finds none any more. */
export function losesProfile({ base, head }: Sides): boolean {
  const [old, shoot] = [shootOf(base), shootOf(head)];
  if (old === undefined || shoot === undefined) return false;
  return admittedProfile(old) !== undefined && admittedProfile(shoot, old) === undefined;
}

/** The Shoot writes its profile otherwise, and it is the same one. */
export const keepsProfile: Predicate = ({ base, head }) => {
  const [old, shoot] = [shootOf(base), shootOf(head)];
  if (old === undefined || shoot === undefined) return false;
  return admittedProfile(shoot, old) !== undefined && profileMove({ base, head }) === undefined;
};

/** A NamespacedCloudProfile that a side names. */
const namespaced = (scope: Scope, { kind, name }: ProfileReference): Json | undefined =>
  kind === "NamespacedCloudProfile"
    ? scope.references("namespaced-cloud-profile").find((reference) => reference.name === name)?.value
    : undefined;

/** getRootCloudProfile: the CloudProfile that a profile is or comes from, where that can be told. */
export const rootOf = (scope: Scope, profile: ProfileReference): string | undefined =>
  profile.kind === "CloudProfile" ? profile.name : text(at(namespaced(scope, profile), "/spec/parent/name"));

const named = (list: Json | undefined, name: Json | undefined): Json | undefined =>
  items(list).find((item) => at(item, "/name") === name);

/** Where the extension of the provider finds images; the nodes that run keep theirs. */
const lookedUpLater = new Set(["apiVersion", "kind", "machineImages"]);

/** What a profile itself says of what nodes of the pool have. The CloudProfile at the root says nothing beyond itself. */
function ownParts({ base, head }: ProfileMove, profile: Json | undefined): Json {
  const spec = at(profile, "/spec");
  const config = at(spec, "/providerConfig");
  // What the pool itself has otherwise is judged where it says so.
  const of = (list: string, name: Path): Json =>
    base.get(name) === head.get(name) ? (named(at(spec, list), head.get(name)) ?? null) : null;
  return [
    at(spec, "/caBundle") ?? null,
    at(spec, "/kubernetes") ?? null,
    of("/machineImages", "$pool/machine/image/name"),
    of("/machineTypes", "$pool/machine/type"),
    of("/volumeTypes", "$pool/volume/type"),
    Object.fromEntries(isObject(config) ? Object.entries(config).filter(([key]) => !lookedUpLater.has(key)) : []),
  ];
}

/** Both profiles come from one CloudProfile, and add nothing to it that concerns the pool, or the same. */
export const profilesAgree: Predicate = (sides) => {
  const move = profileMove(sides);
  if (move === undefined) return false;
  const { base, head, before, after } = move;
  const root = rootOf(head, after);
  if (root === undefined || root !== rootOf(base, before)) return false;
  return sameValue(ownParts(move, namespaced(base, before)), ownParts(move, namespaced(head, after)));
};

const references = ["cloud-profile", "older-cloud-profile", "namespaced-cloud-profile", "parent-cloud-profile"];

/** Some profile goes from the manifests while the Shoot still names it. */
export const profileIsDeleted: Predicate = ({ base, head }) =>
  base !== undefined &&
  head !== undefined &&
  references.some((id) =>
    base
      .references(id)
      .some(
        ({ name, value }) =>
          value !== undefined &&
          head.references(id).some((reference) => reference.name === name && reference.value === undefined),
      ),
  );

/** The NamespacedCloudProfile that the Shoot has used all along comes into the manifests. */
export const profileIsNoticed: Predicate = ({ base, head }) =>
  base !== undefined &&
  head !== undefined &&
  head
    .references("namespaced-cloud-profile")
    .some(({ name }) => base.references("namespaced-cloud-profile").some((reference) => reference.name === name));
