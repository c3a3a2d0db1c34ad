import type { Json } from "../../../../manifests/manifest.ts";
import { sameValue } from "../../../../rules/canonical.ts";
import { quantityOf } from "../../../../rules/encodings/quantity.ts";
import { at, items, text } from "../../shoot.ts";
import { anything, type AskedPool, type Lack, named, offeredIn, poolLack, zonesOf } from "./lack.ts";

const volumeTypeOf = (worker: Json | undefined): string | undefined => text(at(worker, "/volume/type"));

/** validateVolumeTypes. */
export function* volumeTypeLacks(asked: AskedPool): Generator<Lack> {
  const type = volumeTypeOf(asked.worker);
  if (type === undefined || type === volumeTypeOf(asked.oldWorker)) return;
  const offered = offeredIn(at(asked.profile, "/spec/volumeTypes"), type);
  const lack = (is: string): Lack => poolLack(asked, "/volume/type", `volume type "${type}"`, is);
  if (offered === anything) return;
  if (offered === undefined) return yield lack("is not offered");
  if (at(offered, "/usable") === false) yield lack("is unusable");
  for (const zone of zonesOf(asked))
    if (items(at(zone, "/unavailableVolumeTypes")).some((name) => name === type))
      yield lack(`is unavailable in zone "${text(at(zone, "/name")) ?? ""}"`);
}

/** validateVolumeSize: what the machine type asks of its volume, then what the type of the volume asks. */
export function* volumeSizeLacks(asked: AskedPool): Generator<Lack> {
  const { profile, worker, oldWorker } = asked;
  const isSame = ["/machine/type", "/volume/type", "/volume/size"].every(
    (place) => at(worker, place) === at(oldWorker, place),
  );
  if (isSame) return;
  const type = volumeTypeOf(worker);
  const size = quantityOf(at(worker, "/volume/size"));
  if (type === undefined || size === undefined) return;
  const storage = at(named(at(profile, "/spec/machineTypes"), text(at(worker, "/machine/type"))), "/storage");
  const asking = [
    ...(at(storage, "/type") === type ? [at(storage, "/minSize")] : []),
    at(named(at(profile, "/spec/volumeTypes"), type), "/minSize"),
  ];
  for (const least of asking) {
    const nano = quantityOf(least)?.nano;
    if (nano !== undefined && size.nano < nano)
      return yield poolLack(
        asked,
        "/volume/size",
        `a volume of type "${type}"`,
        `is at least ${text(least) ?? ""} large`,
      );
  }
}

/** validateZones; a zone that is listed twice is refused with any profile. */
export function* zoneLacks(asked: AskedPool): Generator<Lack> {
  const { profile, shoot, old, worker, oldWorker } = asked;
  const region = text(at(shoot, "/spec/region"));
  const zones = items(at(worker, "/zones"));
  const isSame = sameValue(at(worker, "/zones"), at(oldWorker, "/zones"));
  if (region === undefined || (isSame && region === text(at(old, "/spec/region")))) return;
  const offered = at(named(at(profile, "/spec/regions"), region), "/zones");
  for (const zone of new Set(zones))
    if (offeredIn(offered, text(zone) ?? "") === undefined)
      yield poolLack(asked, "/zones", `zone "${text(zone) ?? ""}" of region "${region}"`, "is not offered");
}
