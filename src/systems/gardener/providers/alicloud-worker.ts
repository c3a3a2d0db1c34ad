import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Predicate, Scope, Sides } from "../../../rules/functions.ts";
import { listOf, read, textOf } from "./json.ts";
import { hasPool } from "./problems.ts";

/**
 * What happens to the `encrypted` values that are hashed: nothing, another value for certain, or that depends on what is stored.
 */
type EncryptionChange = "same" | "differs" | "unknown";

const volumesOf = (scope: Scope): readonly Json[] => listOf(scope.get("$pool/dataVolumes"));

/** The system disk: admission keeps the stored value where the manifest says nothing. */
function systemDisk(base: Scope, head: Scope): EncryptionChange {
  const before = base.get("$pool/volume/encrypted");
  const after = head.get("$pool/volume/encrypted");
  if (after === undefined || after === before) return "same";
  // Silent before: true is stored for customized images, nothing for those of Alibaba. Neither is false.
  return before === undefined && after === true ? "unknown" : "differs";
}

/** One place in the list of data disks; admission looks disks up by name, the hash by place. */
function dataDisk(before: Json | undefined, after: Json | undefined, earlier: readonly Json[]): EncryptionChange {
  const hashed = read(before, "encrypted");
  const namesake = earlier.find((volume) => read(volume, "name") === read(after, "name"));
  const stored = read(after, "encrypted") ?? (namesake === undefined ? true : read(namesake, "encrypted"));
  if (stored === hashed && (stored !== undefined || namesake === before)) return "same";
  if (stored !== undefined && hashed !== undefined) return "differs";
  // Silent before: true is stored, or nothing in Shoots older than the mutator. Neither is false.
  return stored === false || hashed === false ? "differs" : "unknown";
}

function encryptionChange({ base, head }: Sides): EncryptionChange {
  if (!hasPool(base) || !hasPool(head)) return "same";
  const earlier = volumesOf(base);
  const found = [
    systemDisk(base, head),
    // Another number of disks differs in size and type already.
    ...volumesOf(head).map((after, index) =>
      index < earlier.length ? dataDisk(earlier[index], after, earlier) : "same",
    ),
  ];
  return found.includes("differs") ? "differs" : found.includes("unknown") ? "unknown" : "same";
}

/** Another `encrypted` value is hashed, after what pkg/admission/mutator/shoot.go of provider-alicloud fills in. */
export const alicloudEncryptionDiffers: Predicate = (sides) => encryptionChange(sides) === "differs";
/** Whether another `encrypted` value is hashed depends on what is stored, which the manifests do not say. */
export const alicloudEncryptionUnknown: Predicate = (sides) => encryptionChange(sides) === "unknown";

/** The network of a zone may only move from `worker` to `workers`, and only as it is. */
export const alicloudZoneNetworks: Check = ({ base, head }) => {
  const zones = "$cluster/spec/provider/infrastructureConfig/networks/zones";
  const later = listOf(head?.get(zones));
  return listOf(base?.get(zones)).flatMap((zone, index) => {
    const after = later[index];
    if (after === undefined) return [];
    const networks = (one: Json): readonly [string, string] => [
      textOf(read(one, "worker")),
      textOf(read(one, "workers")),
    ];
    const [oldWorker, oldWorkers] = networks(zone);
    const [newWorker, newWorkers] = networks(after);
    const migrates = oldWorker !== "" && oldWorkers === "" && newWorker === "" && newWorkers !== "";
    const same = migrates ? oldWorker === newWorkers : oldWorker === newWorker && oldWorkers === newWorkers;
    return same ? [] : [{ path: `${zones}/${index}`, before: oldWorkers || oldWorker, after: newWorkers || newWorker }];
  });
};
