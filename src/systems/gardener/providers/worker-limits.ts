import type { Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { listOf, read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

/** What a provider's admission asks of every worker, beyond its providerConfig. */
interface WorkerLimits {
  readonly volume: "required" | "optional" | "forbidden";
  readonly volumeType?: "required";
  readonly dataVolumeType?: "required";
  readonly dataVolumes?: number;
  readonly dataVolumeName?: RegExp;
  readonly encrypted?: "forbidden";
  /** `zoned`: as `infrastructureConfig.zoned` says. */
  readonly zones: "required" | "forbidden" | "zoned";
  /** Every zone must stand in `infrastructureConfig.networks.zones`: always, or when that list is there. */
  readonly listedZones?: "always" | "when-given";
}

/** ValidateWorker(s) in `pkg/apis/<provider>/validation/shoot.go` of each provider; STACKIT and local have none. */
const limits: Readonly<Record<string, WorkerLimits>> = {
  aws: {
    volume: "required",
    volumeType: "required",
    dataVolumeType: "required",
    dataVolumes: 11,
    zones: "required",
    listedZones: "always",
  },
  gcp: { volume: "required", volumeType: "required", zones: "required" },
  azure: {
    volume: "required",
    volumeType: "required",
    dataVolumeType: "required",
    dataVolumes: 64,
    encrypted: "forbidden",
    zones: "zoned",
    listedZones: "when-given",
  },
  openstack: { volume: "optional", zones: "required" },
  alicloud: {
    volume: "required",
    volumeType: "required",
    dataVolumeType: "required",
    dataVolumes: 64,
    dataVolumeName: /^[a-zA-Z][a-zA-Z0-9.\-_:]+$/,
    zones: "required",
    listedZones: "always",
  },
  ironcore: { volume: "required", volumeType: "required", zones: "required" },
  metal: { volume: "forbidden", zones: "forbidden" },
  hcloud: { volume: "optional", zones: "required" },
  vsphere: { volume: "optional", zones: "required" },
};

function workerProblems(scope: Scope): readonly Problem[] {
  const provider = scope.get("$cluster/spec/provider/type");
  const known = typeof provider === "string" && Object.hasOwn(limits, provider) ? limits[provider] : undefined;
  return known === undefined ? [] : [...volumeProblems(scope, known), ...zoneProblems(scope, known)];
}

function volumeProblems(scope: Scope, known: WorkerLimits): readonly Problem[] {
  const problems: Problem[] = [];
  const add = (path: string, message: string): void => void problems.push({ path, message });
  const volume = scope.get("$pool/volume");
  if (volume === undefined && known.volume === "required") add("$pool/volume", "must be set");
  if (volume !== undefined && known.volume === "forbidden") add("$pool/volume", "volumes are not supported");
  if (volume !== undefined && known.volumeType === "required" && readSegments(volume, ["type"]) === undefined)
    add("$pool/volume/type", "must be set");
  if (known.encrypted === "forbidden" && readSegments(volume, ["encrypted"]) !== undefined)
    add("$pool/volume/encrypted", "not supported, not even false");
  const dataVolumes = listOf(scope.get("$pool/dataVolumes"));
  if (known.dataVolumes !== undefined && dataVolumes.length > known.dataVolumes)
    add("$pool/dataVolumes", `at most ${known.dataVolumes} data volumes`);
  for (const [index, dataVolume] of dataVolumes.entries()) {
    if (known.dataVolumeType === "required" && readSegments(dataVolume, ["type"]) === undefined)
      add(`$pool/dataVolumes/${index}/type`, "must be set");
    if (known.encrypted === "forbidden" && readSegments(dataVolume, ["encrypted"]) !== undefined)
      add(`$pool/dataVolumes/${index}/encrypted`, "not supported, not even false");
    const name = readSegments(dataVolume, ["name"]);
    if (known.dataVolumeName !== undefined && typeof name === "string" && !known.dataVolumeName.test(name))
      add(`$pool/dataVolumes/${index}/name`, `must match ${known.dataVolumeName.source}`);
  }
  return problems;
}

function zoneProblems(scope: Scope, known: WorkerLimits): readonly Problem[] {
  const zones = listOf(scope.get("$pool/zones"));
  const infrastructure = scope.get("$cluster/spec/provider/infrastructureConfig");
  // A manifest without infrastructureConfig is a part of a Shoot: nothing is known about its zones.
  const zoned = infrastructure === undefined ? undefined : readSegments(infrastructure, ["zoned"]) === true;
  const wanted =
    known.zones !== "zoned" ? known.zones : zoned === undefined ? undefined : zoned ? "required" : "forbidden";
  if (wanted === "required" && zones.length === 0)
    return [{ path: "$pool/zones", message: "at least one zone must be set" }];
  if (wanted === "forbidden" && zones.length > 0)
    return [{ path: "$pool/zones", message: "zones must not be set here" }];
  if (known.listedZones === undefined || infrastructure === undefined) return [];
  const listed = listOf(readSegments(infrastructure, ["networks", "zones"]));
  if (listed.length === 0 && known.listedZones === "when-given") return [];
  const names = new Set(listed.map((zone) => textOf(read(zone, "name"))));
  return zones.flatMap((zone, index) =>
    names.has(textOf(zone))
      ? []
      : [
          {
            path: `$pool/zones/${index}`,
            message: `zone "${textOf(zone)}" is not listed in infrastructureConfig.networks.zones`,
          },
        ],
  );
}

/** What the provider's admission refuses in a worker: missing volume types, zones that the infrastructure does not have. */
export const workerLimits = newProblems(workerProblems);
