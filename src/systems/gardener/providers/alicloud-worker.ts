import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import type { Check, Predicate, Scope, Sides } from "../../../rules/functions.ts";
import { isInPlace } from "../shoot.ts";
import { read, textOf } from "./json.ts";
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

/**
 * What is stored for a data disk that said nothing: pools that are updated in place are younger than the default of the
 * mutator, which wrote true for them.
 */
const storedInSilence = (scope: Scope): true | undefined => (isInPlace(scope.get("$pool")) ? true : undefined);

/** What a data disk has after admission, which keeps what is stored for the disk of that name. */
const encryptionOf = (
  volume: Json | undefined,
  earlier: readonly Json[],
  silent: true | undefined,
): Json | undefined => {
  const namesake = earlier.find((one) => read(one, "name") === read(volume, "name"));
  return read(volume, "encrypted") ?? (namesake === undefined ? true : (read(namesake, "encrypted") ?? silent));
};

/** One place in the list of data disks; admission looks disks up by name, the hash by place. */
function dataDisk(
  before: Json | undefined,
  after: Json | undefined,
  earlier: readonly Json[],
  silent: true | undefined,
): EncryptionChange {
  const hashed = read(before, "encrypted") ?? silent;
  const namesake = earlier.find((volume) => read(volume, "name") === read(after, "name"));
  const stored = encryptionOf(after, earlier, silent);
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
      index < earlier.length ? dataDisk(earlier[index], after, earlier, storedInSilence(base)) : "same",
    ),
  ];
  return found.includes("differs") ? "differs" : found.includes("unknown") ? "unknown" : "same";
}

/** Another `encrypted` value is hashed, after what pkg/admission/mutator/shoot.go of provider-alicloud fills in. */
export const alicloudEncryptionDiffers: Predicate = (sides) => encryptionChange(sides) === "differs";
/** Whether another `encrypted` value is hashed depends on what is stored, which the manifests do not say. */
export const alicloudEncryptionUnknown: Predicate = (sides) => encryptionChange(sides) === "unknown";

/** The data disks of a pool that is updated in place, as they are after admission, may not change, nor may their order. */
export const alicloudInPlaceDataVolumes: Check = ({ base, head }) => {
  if (!hasPool(base) || !hasPool(head)) return [];
  const earlier = volumesOf(base);
  const stored = (volumes: readonly Json[]): string =>
    canonicalText(
      volumes.map((volume) => [
        ...["name", "size", "type"].map((key) => read(volume, key) ?? null),
        encryptionOf(volume, earlier, true) ?? null,
      ]),
    );
  const later = volumesOf(head);
  return stored(earlier) === stored(later)
    ? []
    : [{ path: "$pool/dataVolumes", before: [...earlier], after: [...later] }];
};

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
