import type { Json } from "../../../../manifests/manifest.ts";
import { sameValue } from "../../../../rules/canonical.ts";
import { compareVersions } from "../../../../rules/version.ts";
import { at, isInPlace, items, text } from "../../shoot.ts";
import { imageLimitLacks } from "./image-limits.ts";
import { anything, type AskedPool, imageVersion, type Lack, offeredIn, poolLack, zonesOf } from "./lack.ts";
import { isInactive } from "./lifecycle.ts";

const typeOf = (worker: Json | undefined): string | undefined => text(at(worker, "/machine/type"));
const architectureOf = (worker: Json | undefined): string | undefined => text(at(worker, "/machine/architecture"));

/** Where a profile has capabilities, they say which architectures its machines and images have. */
const hasCapabilities = ({ profile }: AskedPool): boolean => items(at(profile, "/spec/machineCapabilities")).length > 0;

/** validateWorkerMachine and what validateProvider asks after it: the image is looked at only where the machine type is offered. */
export function* machineLacks(asked: AskedPool): Generator<Lack> {
  for (const lacks of [typeLacks, imageLacks, imageLimitLacks]) {
    const found = [...lacks(asked)];
    yield* found;
    if (found.length > 0) return;
  }
}

/** validateMachineTypes. */
function* typeLacks(asked: AskedPool): Generator<Lack> {
  const { profile, worker, oldWorker } = asked;
  const [type, architecture] = [typeOf(worker), architectureOf(worker)];
  if (type === undefined || (type === typeOf(oldWorker) && architecture === architectureOf(oldWorker))) return;
  const offered = offeredIn(at(profile, "/spec/machineTypes"), type);
  const lack = (is: string): Lack => poolLack(asked, "/machine/type", `machine type "${type}"`, is);
  if (offered === anything) return;
  if (offered === undefined) return yield lack("is not offered");
  if (at(offered, "/usable") === false) yield lack("is unusable");
  for (const zone of zonesOf(asked))
    if (items(at(zone, "/unavailableMachineTypes")).some((name) => name === type))
      yield lack(`is unavailable in zone "${text(at(zone, "/name")) ?? ""}"`);
  if (architecture === undefined || hasCapabilities(asked)) return;
  if ((text(at(offered, "/architecture")) ?? "amd64") !== architecture)
    yield lack(`does not support CPU architecture "${architecture}"`);
}

/** ensureMachineImage and validateMachineImagesConstraints. A version that is not complete is completed from the profile. */
function* imageLacks(asked: AskedPool): Generator<Lack> {
  const { profile, worker, oldWorker, now } = asked;
  const image = at(worker, "/machine/image");
  const [name, version] = [text(at(image, "/name")), text(at(image, "/version"))];
  if (name === undefined || version?.split(".").length !== 3) return;
  const isSame = sameValue(image, at(oldWorker, "/machine/image"));
  if (isSame && architectureOf(worker) === architectureOf(oldWorker)) return;
  const lack = (is: string): Lack =>
    poolLack(asked, "/machine/image/version", `version ${version} of machine image "${name}"`, is);
  const offered = imageVersion(at(profile, "/spec/machineImages"), name, version);
  if (offered === anything) return;
  if (offered === undefined) return yield lack("is not offered");
  const old = text(at(oldWorker, "/machine/image/version"));
  // A pool may be taken to an expired version, as forced maintenance does, but not back to one.
  if (isInactive(offered, now) && (old === undefined || (compareVersions(version, old) ?? 0) < 0))
    yield lack("is expired");
  const architecture = architectureOf(worker);
  const architectures = items(at(offered, "/architectures"));
  if (architecture !== undefined && !hasCapabilities(asked)) {
    const isOffered = architectures.length === 0 ? architecture === "amd64" : architectures.includes(architecture);
    if (!isOffered) yield lack(`does not support CPU architecture "${architecture}"`);
  }
  if (isInPlace(worker) && !isUpdatedInPlace(offered, old)) yield lack(inPlaceWords(old));
}

function isUpdatedInPlace(version: Json, old: string | undefined): boolean {
  if (at(version, "/inPlaceUpdates/supported") !== true) return false;
  const least = text(at(version, "/inPlaceUpdates/minVersionForUpdate"));
  return old === undefined || (least !== undefined && (compareVersions(least, old) ?? 1) <= 0);
}

const inPlaceWords = (old: string | undefined): string =>
  old === undefined ? "does not support in-place updates" : `cannot be reached in place from ${old}`;
