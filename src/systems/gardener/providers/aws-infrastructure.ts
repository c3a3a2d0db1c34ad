import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const config = "$cluster/spec/provider/infrastructureConfig";
const zonePath = (index: number, field?: string): string =>
  `${config}/networks/zones/${index}${field === undefined ? "" : `/${field}`}`;
const isSet = (zone: Json, field: string): boolean => read(zone, field) !== undefined;

/** ValidateInfrastructureConfig of provider-aws, without what the shape and the networks' places already say. */
function infrastructureProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(config);
  const zones = listOf(read(value, "networks", "zones"));
  if (value === undefined) return [];
  if (zones.length === 0) return [{ path: `${config}/networks/zones`, message: "must list at least one zone" }];
  const hasVpc = read(value, "networks", "vpc", "id") !== undefined;
  return [
    ...vpcProblems(scope, value, hasVpc),
    ...subnetProblems(zones, hasVpc),
    ...repeated(zones, "name"),
    ...repeated(zones, "workersSubnetID"),
    ...repeated(zones, "elasticIPAllocationID"),
    ...zones.flatMap((zone, index) => zoneProblems(zone, index)),
    ...(isWithin(knownRelease(scope, "provider-aws") ?? "", undefined, "1.73") ? networkProblems(zones) : []),
    ...fileSystemProblems(zones, read(value, "elasticFileSystem")),
    ...endpointProblems(zones, listOf(read(value, "networks", "vpc", "gatewayEndpoints"))),
  ];
}

/** Before 1.73, provider-aws made all subnets itself. */
const networkProblems = (zones: readonly Json[]): readonly Problem[] =>
  zones.flatMap((zone, index) =>
    ["workers", "public", "internal"]
      .filter((field) => !isSet(zone, field))
      .map((field) => ({ path: zonePath(index, field), message: "must be a network" })),
  );

/** Into subnets of one's own Gardener puts no file system. */
const fileSystemProblems = (zones: readonly Json[], system: Json | undefined): readonly Problem[] =>
  read(system, "enabled") === true &&
  read(system, "id") === undefined &&
  zones.some((zone) => isSet(zone, "workersSubnetID"))
    ? [{ path: `${config}/elasticFileSystem/id`, message: "must be set together with workersSubnetID" }]
    : [];

/** Endpoints are in route tables, which Gardener does not have where the subnets are not its own. */
const endpointProblems = (zones: readonly Json[], endpoints: readonly Json[]): readonly Problem[] =>
  endpoints.length > 0 && zones.some((zone) => isSet(zone, "workersSubnetID"))
    ? [{ path: `${config}/networks/vpc/gatewayEndpoints`, message: "are not possible together with workersSubnetID" }]
    : [];

function vpcProblems(scope: Scope, value: Json, hasVpc: boolean): readonly Problem[] {
  const problems: Problem[] = [];
  const vpc = `${config}/networks/vpc`;
  if (hasVpc === (read(value, "networks", "vpc", "cidr") !== undefined))
    problems.push({ path: vpc, message: "must have either an id or a cidr" });
  if (!hasVpc && read(value, "networks", "nodesSecurityGroupID") !== undefined)
    problems.push({ path: `${config}/networks/nodesSecurityGroupID`, message: "needs networks.vpc.id" });
  const pool = read(value, "networks", "vpc", "ipv6IpamPool");
  if (read(pool, "cidrBlock") === undefined) return problems;
  const block = `${vpc}/ipv6IpamPool/cidrBlock`;
  if (!listOf(scope.get("$cluster/spec/networking/ipFamilies")).includes("IPv6"))
    problems.push({ path: block, message: "needs IPv6 in networking.ipFamilies" });
  if (read(pool, "id") === undefined) problems.push({ path: block, message: "needs networks.vpc.ipv6IpamPool.id" });
  return problems;
}

/** Subnets of one's own and subnets that Gardener makes do not go together. */
function subnetProblems(zones: readonly Json[], hasVpc: boolean): readonly Problem[] {
  const path = `${config}/networks/zones`;
  const owned = zones.some((zone) => isSet(zone, "workersSubnetID"));
  if (owned && zones.some((zone) => isSet(zone, "workers")))
    return [{ path, message: "workers and workersSubnetID cannot be mixed: all zones use one of them" }];
  if (!owned) return [];
  const balancers = zones.flatMap((zone, index) =>
    ["publicSubnetID", "internalSubnetID"]
      .filter((field) => isSet(zone, field))
      .map((field) => ({ zone: index, field, id: textOf(read(zone, field)) })),
  );
  const wanted = ["publicSubnetID", "internalSubnetID"].filter((field) => zones.some((zone) => isSet(zone, field)));
  const twice = balancers.filter(({ zone, id }) => balancers.some((other) => other.id === id && other.zone < zone));
  return [
    ...twice.map(({ zone, field, id }) => ({ path: zonePath(zone, field), message: `${id} appears twice` })),
    ...zones.flatMap((zone, index) => [
      ...(hasVpc || !isSet(zone, "workersSubnetID")
        ? []
        : [{ path: zonePath(index, "workersSubnetID"), message: "needs networks.vpc.id" }]),
      ...wanted
        .filter((field) => !isSet(zone, field))
        .map((field) => ({ path: zonePath(index, field), message: "must be set in all zones or in none" })),
    ]),
  ];
}

function zoneProblems(zone: Json, index: number): readonly Problem[] {
  const refuse = (field: string, message: string): Problem => ({ path: zonePath(index, field), message });
  const owned = isSet(zone, "workersSubnetID");
  if (!owned && !isSet(zone, "workers"))
    return [{ path: zonePath(index), message: "must have either workers or workersSubnetID" }];
  const foreign = owned ? ["public", "internal"] : ["publicSubnetID", "internalSubnetID"];
  const problems = foreign
    .filter((field) => isSet(zone, field))
    .map((field) => refuse(field, `is only possible ${owned ? "without" : "with"} workersSubnetID`));
  const [publicId, internalId] = [read(zone, "publicSubnetID"), read(zone, "internalSubnetID")];
  if (owned && publicId !== undefined && publicId === internalId)
    problems.push(refuse("internalSubnetID", "must differ from publicSubnetID"));
  if (isSet(zone, "elasticIPAllocationID") && !(isSet(zone, "workers") && isSet(zone, "public")))
    problems.push(refuse("elasticIPAllocationID", "needs workers and public"));
  return problems;
}

function repeated(zones: readonly Json[], field: string): readonly Problem[] {
  const values = zones.map((zone) => textOf(read(zone, field)));
  return values.flatMap((value, index) =>
    value !== "" && values.indexOf(value) < index
      ? [{ path: zonePath(index, field), message: `${value} appears twice` }]
      : [],
  );
}

/** What provider-aws refuses in the InfrastructureConfig by itself. */
export const awsInfrastructureConfig = newProblems(infrastructureProblems);
