import type { Json } from "../../../manifests/manifest.ts";
import { sameValue } from "../../../rules/canonical.ts";
import { quantityOf } from "../../../rules/encodings/quantity.ts";
import { minorOf } from "../../../rules/encodings/version.ts";
import type { Predicate, Scope } from "../../../rules/functions.ts";
import { at, items, text } from "../shoot.ts";

const references = ["cloud-profile", "older-cloud-profile", "namespaced-cloud-profile"];

const profileOf = (scope: Scope): Json | undefined =>
  references.flatMap((id) => scope.references(id)).find(({ value }) => value !== undefined)?.value;

const named = (list: Json | undefined, key: string, name: string | undefined): Json | undefined =>
  items(list).find((item) => at(item, `/${key}`) === name);

/** Whether one part of the profile, as a pool sees it, differs between the sides; the head says what the pool runs. */
const differs =
  (part: (profile: Json | undefined, pool: Scope) => Json | undefined): Predicate =>
  ({ base, head }) => {
    if (base === undefined || head === undefined) return false;
    return !sameValue(part(profileOf(base), head), part(profileOf(head), head));
  };

/** Whether maintenance updates by itself; a block that is there but does not say so switches Kubernetes off, images not. */
const autoUpdates = (scope: Scope, what: "kubernetesVersion" | "machineImageVersion"): boolean => {
  const block = scope.get("/spec/maintenance/autoUpdate");
  const written = at(block, `/${what}`);
  return what === "kubernetesVersion" && block !== undefined ? written === true : written !== false;
};

/**
 * What maintenance asks after: the versions of the pool's image, or its own alone where it updates only what has expired
 * (shouldMachineImageVersionBeUpdated). An image that the Shoot does not name may be any.
 */
export const profileImageDiffers = differs((profile, pool) => {
  const images = at(profile, "/spec/machineImages");
  const name = text(pool.get("$pool/machine/image/name"));
  if (name === undefined) return images;
  const image = named(images, "name", name);
  if (autoUpdates(pool, "machineImageVersion")) return image;
  return named(at(image, "/versions"), "version", text(pool.get("$pool/machine/image/version")));
});

/** The versions of the pool's minor, of which maintenance takes the newest patch, or its own alone. */
export const profileKubernetesDiffers = differs((profile, pool) => {
  const versions = items(at(profile, "/spec/kubernetes/versions"));
  const own = text(pool.get("$kubernetes-version"));
  const isOffered = autoUpdates(pool, "kubernetesVersion")
    ? (version: string) => minorOf(version) === minorOf(own ?? "")
    : (version: string) => version === own;
  return versions.filter((one) => isOffered(text(at(one, "/version")) ?? ""));
});

const lessMemory = quantityOf("8Gi")?.nano ?? 0n;

/** The thresholds that setDefaultEvictionMemoryAvailable writes into blocks of the kubelet that do not name one. */
export const profileEvictionDiffers = differs((profile, pool) => {
  const isOpen = ["evictionHard", "evictionSoft"].some((name) => {
    const block = pool.get(`$kubelet/${name}`);
    return block !== undefined && (text(at(block, "/memoryAvailable")) ?? "") === "";
  });
  if (!isOpen) return undefined;
  const machine = named(at(profile, "/spec/machineTypes"), "name", text(pool.get("$pool/machine/type")));
  if (machine === undefined) return "unknown machine type";
  return (quantityOf(at(machine, "/memory"))?.nano ?? 0n) > lessMemory;
});
