import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { quantityOf } from "../../../rules/encodings/quantity.ts";
import type { Scope } from "../../../rules/functions.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const infrastructure = "$cluster/spec/provider/infrastructureConfig";
const networks = `${infrastructure}/networks`;
const controlPlane = "$cluster/spec/provider/controlPlaneConfig";

/** ValidateInfrastructureConfig and ValidateControlPlaneConfig of provider-gcp, without what the shapes already say. */
function gcpProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(networks);
  // No networks are empty ones; no configuration at all is refused by its shape.
  return [
    ...(scope.get(infrastructure) === undefined
      ? []
      : [...networkProblems(value), ...natProblems(read(value, "cloudNAT"))]),
    ...zoneProblems(scope),
    ...storageProblems(scope.get(`${controlPlane}/storage`)),
  ];
}

/** The zone of the control plane stays one of the workers' zones: the last pool of that zone cannot go. */
function zoneProblems(scope: Scope): readonly Problem[] {
  const zone = scope.get(`${controlPlane}/zone`);
  const workers = listOf(scope.get("$cluster/spec/provider/workers"));
  if (zone === undefined || workers.some((worker) => listOf(read(worker, "zones")).includes(zone))) return [];
  return [{ path: `${controlPlane}/zone`, message: `no worker has the zone ${textOf(zone)}` }];
}

function networkProblems(value: Json | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (place: string, message: string): void =>
    void problems.push({ path: `${networks}/${place}`, message });
  if (textOf(read(value, "workers")) === "" && textOf(read(value, "worker")) === "") refuse("workers", "must be set");
  const vpc = read(value, "vpc");
  if (vpc !== undefined) {
    if (textOf(read(vpc, "name")) === "") refuse("vpc/name", "must not be empty where vpc is set");
    else if (textOf(read(vpc, "cloudRouter", "name")) === "")
      refuse("vpc/cloudRouter", "must name the router of the VPC that is used");
    if (textOf(read(vpc, "name")) !== "" && read(value, "mtu") !== undefined)
      refuse("mtu", "cannot be set for an existing VPC");
  }
  const logs = read(value, "flowLogs");
  const settings = ["aggregationInterval", "flowSampling", "metadata"];
  if (logs !== undefined && settings.every((name) => read(logs, name) === undefined))
    refuse("flowLogs", `must set at least one of ${settings.join(", ")}`);
  return problems;
}

const isPowerOfTwo = (value: Json): boolean => typeof value !== "number" || (value & (value - 1)) === 0;

function natProblems(nat: Json | undefined): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (place: string, message: string): void =>
    void problems.push({ path: `${networks}/cloudNAT/${place}`, message });
  const addresses = read(nat, "natIPNames");
  if (addresses !== undefined && listOf(addresses).length === 0) refuse("natIPNames", "must not be empty");
  const [least, most] = ["minPortsPerVM", "maxPortsPerVM"].map((name) => read(nat, name));
  if (read(nat, "enableDynamicPortAllocation") !== true) {
    if (most !== undefined) refuse("maxPortsPerVM", "needs enableDynamicPortAllocation: true");
    return problems;
  }
  if (read(nat, "endpointIndependentMapping", "enabled") === true)
    refuse("enableDynamicPortAllocation", "cannot be used together with endpointIndependentMapping");
  if (least !== undefined && !isPowerOfTwo(least))
    refuse("minPortsPerVM", "must be a power of two with dynamic port allocation");
  if (most !== undefined && !isPowerOfTwo(most)) refuse("maxPortsPerVM", "must be a power of two");
  if (least !== undefined && most !== undefined && Number(least) > Number(most))
    refuse("minPortsPerVM", "must not be greater than maxPortsPerVM");
  return problems;
}

/** The Hyperdisk kinds: their StorageClass, and what each asks for and refuses when it is enabled. */
const hyperDisks: Readonly<Record<string, { readonly storageClass: string; readonly asks: readonly string[] }>> = {
  hyperDiskBalanced: {
    storageClass: "gce-sc-hd-balanced",
    asks: ["provisionedIopsOnCreate", "provisionedThroughputOnCreate"],
  },
  hyperDiskThroughput: { storageClass: "gce-sc-hd-throughput", asks: ["provisionedThroughputOnCreate"] },
  hyperDiskExtreme: { storageClass: "gce-sc-hd-extreme", asks: ["provisionedIopsOnCreate"] },
};

const iopsProblem = (value: Json | undefined): string | undefined =>
  value !== undefined && Number(value) <= 0 ? "must be a positive integer" : undefined;

/** A text for Go, so nobody drops blanks around the quantity. */
const throughputProblem = (value: Json | undefined): string | undefined =>
  typeof value === "string" && (value.trim() !== value || quantityOf(value) === undefined)
    ? "must be a quantity (140Mi)"
    : undefined;

function storageProblems(storage: Json | undefined): readonly Problem[] {
  const path = `${controlPlane}/storage`;
  return Object.entries(hyperDisks).flatMap(([kind, { storageClass, asks }]) => {
    const enabled = read(storage, kind, "enabled") === true;
    if (!enabled)
      return read(storage, "defaultStorageClass") === storageClass
        ? [{ path: `${path}/defaultStorageClass`, message: `${storageClass} needs ${kind}.enabled` }]
        : [];
    return ["provisionedIopsOnCreate", "provisionedThroughputOnCreate"].flatMap((setting) => {
      const value = read(storage, kind, setting);
      const isSet = value !== undefined;
      const place = `${path}/${kind}/${setting}`;
      if (isSet !== asks.includes(setting))
        return [{ path: place, message: isSet ? "is not possible here" : "must be set" }];
      const problem = setting === "provisionedIopsOnCreate" ? iopsProblem(value) : throughputProblem(value);
      return problem === undefined ? [] : [{ path: place, message: problem }];
    });
  });
}

/** What provider-gcp refuses in InfrastructureConfig and ControlPlaneConfig by themselves. */
export const gcpInfrastructureConfig = newProblems(gcpProblems);
