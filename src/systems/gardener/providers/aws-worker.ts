import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { read } from "./json.ts";
import { nodeTemplateProblems } from "./node-template.ts";
import { newProblems, type Problem } from "./problems.ts";

const config = "$pool/providerConfig";

/** ValidateWorkerConfig of provider-aws, without what the shape of the WorkerConfig already says. */
function workerConfigProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(config);
  return [
    ...volumeProblems(scope, value),
    ...(value === undefined
      ? []
      : [
          ...nodeTemplateProblems(config, value),
          ...profileProblems(value),
          ...reservationProblems(value),
          ...cpuProblems(value),
          ...interfaceProblems(value),
          ...placementProblems(value),
        ]),
  ];
}

/** io1 disks need `iops`, and what the WorkerConfig says of a data volume needs one of that name. */
function volumeProblems(scope: Scope, value: Json | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  const needIops = (settings: Json | undefined, type: Json | undefined, path: string): void => {
    if (type === "io1" && read(settings, "iops") === undefined)
      problems.push({ path, message: "iops must be set for volumes of type io1" });
  };
  needIops(read(value, "volume"), scope.get("$pool/volume/type"), `${config}/volume/iops`);
  const settings = listOf(read(value, "dataVolumes"));
  const volumes = listOf(scope.get("$pool/dataVolumes"));
  for (const [index, volume] of volumes.entries()) {
    const own = settings.find((one) => read(one, "name") === read(volume, "name"));
    needIops(own, read(volume, "type"), `${config}/dataVolumes/${index}/iops`);
  }
  const names = new Set(volumes.map((volume) => read(volume, "name")));
  const seen = new Set<Json | undefined>();
  for (const [index, one] of settings.entries()) {
    const name = read(one, "name");
    const path = `${config}/dataVolumes/${index}/name`;
    if (!names.has(name)) problems.push({ path, message: "no data volume of the pool has this name" });
    if (seen.has(name)) problems.push({ path, message: "the name appears twice" });
    seen.add(name);
  }
  return problems;
}

function profileProblems(value: Json): readonly Problem[] {
  const profile = read(value, "iamInstanceProfile");
  if (profile === undefined) return [];
  if ((read(profile, "name") === undefined) !== (read(profile, "arn") === undefined)) return [];
  return [{ path: `${config}/iamInstanceProfile`, message: "exactly one of name and arn must be set" }];
}

function reservationProblems(value: Json): readonly Problem[] {
  const reservation = read(value, "capacityReservation");
  const preference = read(reservation, "capacityReservationPreference");
  const id = read(reservation, "capacityReservationId");
  const group = read(reservation, "capacityReservationResourceGroupArn");
  const path = `${config}/capacityReservation`;
  if (id !== undefined && group !== undefined)
    return [{ path, message: "only one of capacityReservationId and capacityReservationResourceGroupArn may be set" }];
  if (preference === undefined || preference === "capacity-reservations-only") return [];
  if (id === undefined && group === undefined) return [];
  return [{ path, message: "an ID or group needs the preference capacity-reservations-only (or none)" }];
}

function cpuProblems(value: Json): readonly Problem[] {
  const options = read(value, "cpuOptions");
  if ((read(options, "coreCount") === undefined) === (read(options, "threadsPerCore") === undefined)) return [];
  return [{ path: `${config}/cpuOptions`, message: "coreCount and threadsPerCore must be set together" }];
}

function interfaceProblems(value: Json): readonly Problem[] {
  return listOf(read(value, "networkInterfaces")).flatMap((one, index) => {
    const path = `${config}/networkInterfaces/${index}`;
    const card = read(one, "networkCardIndex");
    const range = read(one, "networkCardIndexRange");
    const first = read(range, "from") ?? 0;
    const problems: Problem[] = [];
    if (card !== undefined && range !== undefined)
      problems.push({ path, message: "networkCardIndex and networkCardIndexRange exclude each other" });
    if (range !== undefined && Number(first) > Number(read(range, "to") ?? 0))
      problems.push({ path: `${path}/networkCardIndexRange`, message: "from must not be greater than to" });
    const primary = (card ?? 0) === 0 && first === 0 && (read(one, "deviceIndex") ?? 0) === 0;
    if (read(one, "type") === "efa-only" && primary)
      problems.push({ path: `${path}/type`, message: "the primary network interface cannot be efa-only" });
    return problems;
  });
}

function placementProblems(value: Json): readonly Problem[] {
  const placement = read(value, "placement");
  if (read(placement, "hostId") === undefined || read(placement, "tenancy") === "host") return [];
  return [{ path: `${config}/placement/hostId`, message: "needs tenancy host" }];
}

/** What provider-aws refuses in the WorkerConfig of a pool. */
export const awsWorkerConfig = newProblems(workerConfigProblems);
