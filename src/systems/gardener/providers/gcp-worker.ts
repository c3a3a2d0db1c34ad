import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import { read } from "./json.ts";
import { nodeTemplateProblems } from "./node-template.ts";
import { newProblems, type Problem } from "./problems.ts";

const config = "$pool/providerConfig";

/** Disk types that take provisioned figures: AllowedTypesIops and AllowedTypesThroughput of provider-gcp. */
const provisioned: Readonly<Record<string, readonly string[]>> = {
  provisionedIops: ["pd-extreme", "hyperdisk-extreme", "hyperdisk-balanced"],
  provisionedThroughput: ["hyperdisk-throughput", "hyperdisk-balanced"],
};

/** ValidateWorkers and ValidateWorkerConfig of provider-gcp, without what limits and shape already say. */
function gcpProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(config);
  const bootType = scope.get("$pool/volume/type");
  const scratch: readonly Problem[] =
    bootType === "SCRATCH" ? [{ path: "$pool/volume/type", message: "SCRATCH is not allowed as boot disk" }] : [];
  const volumes = listOf(scope.get("$pool/dataVolumes"));
  // Since 1.46 nothing is asked of the data volumes of a pool without a WorkerConfig.
  const asksAlways = isWithin(knownRelease(scope, "provider-gcp") ?? "", undefined, "1.46");
  if (value === undefined) return asksAlways ? [...scratch, ...dataVolumeTypeProblems(volumes, undefined)] : scratch;
  return [
    ...scratch,
    ...nodeTemplateProblems(config, value),
    ...dataVolumeTypeProblems(volumes, read(value, "volume")),
    ...encryptionProblems(value),
    ...scopeProblems(value),
    ...settingsProblems(volumes, listOf(read(value, "dataVolumes"))),
    ...(typeof bootType === "string" ? diskProblems(read(value, "bootVolume"), bootType, `${config}/bootVolume`) : []),
  ];
}

function dataVolumeTypeProblems(volumes: readonly Json[], settings: Json | undefined): readonly Problem[] {
  return volumes.flatMap((volume, index) => {
    const type = read(volume, "type");
    if (type === undefined) return [{ path: `$pool/dataVolumes/${index}/type`, message: "must be set" }];
    const local = read(settings, "interface") !== undefined;
    if (type !== "SCRATCH")
      return local
        ? [{ path: `${config}/volume/interface`, message: "is only allowed for volumes of type SCRATCH" }]
        : [];
    const problems: Problem[] = [];
    if (!local) problems.push({ path: `${config}/volume/interface`, message: "must be set for SCRATCH volumes" });
    if (read(settings, "encryption") !== undefined)
      problems.push({ path: `${config}/volume/encryption`, message: "must not be set together with SCRATCH volumes" });
    return problems;
  });
}

function encryptionProblems(value: Json): readonly Problem[] {
  const encryption = read(value, "volume", "encryption");
  const key = read(encryption, "kmsKeyName");
  if (encryption === undefined || (typeof key === "string" && key.trim() !== "")) return [];
  return [{ path: `${config}/volume/encryption/kmsKeyName`, message: "must be set" }];
}

function scopeProblems(value: Json): readonly Problem[] {
  if (read(value, "serviceAccount") === undefined) return [];
  const scopes = listOf(read(value, "serviceAccount", "scopes"));
  const path = `${config}/serviceAccount/scopes`;
  if (scopes.length === 0) return [{ path, message: "at least one scope must be set" }];
  return new Set(scopes).size === scopes.length ? [] : [{ path, message: "a scope appears twice" }];
}

function settingsProblems(volumes: readonly Json[], settings: readonly Json[]): readonly Problem[] {
  const seen = new Set<Json | undefined>();
  return settings.flatMap((one, index) => {
    const path = `${config}/dataVolumes/${index}`;
    const name = read(one, "name");
    const volume = volumes.find((candidate) => read(candidate, "name") === name);
    if (volume === undefined) return [{ path, message: "no data volume of the pool has this name" }];
    if (seen.has(name)) return [{ path, message: "the name appears twice" }];
    seen.add(name);
    const type = read(volume, "type");
    return typeof type === "string" ? diskProblems(one, type, path) : [];
  });
}

function diskProblems(settings: Json | undefined, type: string, path: string): readonly Problem[] {
  return Object.entries(provisioned).flatMap(([key, types]) =>
    read(settings, key) === undefined || types.includes(type)
      ? []
      : [{ path: `${path}/${key}`, message: `is only allowed for volumes of type ${types.join(", ")}` }],
  );
}

/** What provider-gcp refuses in the volumes and the WorkerConfig of a pool. */
export const gcpWorkerConfig = newProblems(gcpProblems);
