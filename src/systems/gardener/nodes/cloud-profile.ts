import { bareObject, isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { sameValue } from "../../../rules/canonical.ts";
import { quantityOf } from "../../../rules/encodings/quantity.ts";
import type { Predicate, Scope } from "../../../rules/functions.ts";
import { compareVersions, minorOf } from "../../../rules/version.ts";
import type { Path } from "../../../rules/words.ts";
import { at, items, text } from "../shoot.ts";
import { profileOf } from "./profile.ts";

const named = (list: Json | undefined, name: string | undefined): Json | undefined =>
  items(list).find((item) => at(item, "/name") === name);

/**
 * Whether one part of the profile, as a pool sees it, differs between the sides; the head says what the pool runs: its `own`
 * version, to which it may move with this change.
 */
const differs =
  (part: (profile: Json | undefined, pool: Scope, isMoved: boolean) => Json | undefined, own?: Path): Predicate =>
  ({ base, head }) => {
    if (base === undefined || head === undefined) return false;
    const isMoved = own !== undefined && base.get(own) !== head.get(own);
    return !sameValue(part(profileOf(base)?.value, head, isMoved), part(profileOf(head)?.value, head, isMoved));
  };

/** Whether maintenance updates by itself; a block that is there but does not say so switches Kubernetes off, images not. */
const autoUpdates = (scope: Scope, what: "kubernetesVersion" | "machineImageVersion"): boolean => {
  const block = scope.get("/spec/maintenance/autoUpdate");
  const written = at(block, `/${what}`);
  return what === "kubernetesVersion" && block !== undefined ? written === true : written !== false;
};

/**
 * The versions that maintenance may take, in an order of their own: the one that runs, of which it asks only whether it is
 * offered and expires, and where it updates by itself those above it that are no preview (getVersionForAutoUpdate). Whether one
 * is offered to which the pool moves is for admission to say.
 */
function eligible(versions: Json | undefined, own: string | undefined, isUpdated: boolean, isMoved: boolean): Json[] {
  return items(versions)
    .flatMap((version): readonly (readonly [string, Json])[] => {
      const name = text(at(version, "/version")) ?? "";
      const { classification, ...rest } = isObject(version) ? version : bareObject();
      if (name === own) return isMoved ? [] : [[name, rest]];
      if (!isUpdated || (own !== undefined && (compareVersions(name, own) ?? 1) < 0)) return [];
      // A version with a lifecycle leaves its preview at a time of its own.
      if (classification === "preview" && rest["lifecycle"] === undefined) return [];
      return [[name, classification === "supported" ? rest : version]];
    })
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, version]) => version);
}

/** The versions of the pool's image that maintenance may take. An image that the Shoot does not name may be any. */
export const profileImageDiffers = differs((profile, pool, isMoved) => {
  const images = at(profile, "/spec/machineImages");
  const name = text(pool.get("$pool/machine/image/name"));
  if (name === undefined) return images;
  const image = named(images, name);
  const own = text(pool.get("$pool/machine/image/version"));
  const isUpdated = autoUpdates(pool, "machineImageVersion");
  const strategy = isUpdated ? (text(at(image, "/updateStrategy")) ?? "major") : null;
  return [strategy, eligible(at(image, "/versions"), own, isUpdated, isMoved)];
}, "$pool/machine/image/version");

/** The versions of the pool's minor that maintenance may take. */
export const profileKubernetesDiffers = differs((profile, pool, isMoved) => {
  const own = text(pool.get("$kubernetes-version"));
  const isUpdated = autoUpdates(pool, "kubernetesVersion");
  const versions = items(at(profile, "/spec/kubernetes/versions"));
  const isOfMinor = (version: Json): boolean =>
    own === undefined || minorOf(text(at(version, "/version")) ?? "") === minorOf(own);
  return eligible(versions.filter(isOfMinor), own, isUpdated, isMoved);
}, "$kubernetes-version");

const lessMemory = quantityOf("8Gi")?.nano ?? 0n;

/** The thresholds that setDefaultEvictionMemoryAvailable writes into blocks of the kubelet that do not name one. */
export const profileEvictionDiffers = differs((profile, pool) => {
  const isOpen = ["evictionHard", "evictionSoft"].some((name) => {
    const block = pool.get(`$kubelet/${name}`);
    return block !== undefined && (text(at(block, "/memoryAvailable")) ?? "") === "";
  });
  if (!isOpen) return undefined;
  const machine = named(at(profile, "/spec/machineTypes"), text(pool.get("$pool/machine/type")));
  if (machine === undefined) return "unknown machine type";
  return (quantityOf(at(machine, "/memory"))?.nano ?? 0n) > lessMemory;
});
