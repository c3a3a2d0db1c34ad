import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { groupName } from "../api/azure-resource-id.ts";
import { knownRelease } from "../api/decoder.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const config = "$cluster/spec/provider/infrastructureConfig";
const networks = `${config}/networks`;

/** ValidateInfrastructureConfig of provider-azure, without what the shape and the networks' containment already say. */
function infrastructureProblems(scope: Scope): readonly Problem[] {
  // No networks are empty ones; no configuration at all is refused by its shape.
  if (scope.get(config) === undefined) return [];
  const value = scope.get(networks);
  const zones = listOf(read(value, "zones"));
  const single = read(value, "workers") !== undefined;
  const refuse = (place: string, message: string): Problem => ({ path: `${networks}/${place}`, message });
  if (single && zones.length > 0) return [refuse("workers", "cannot be set together with networks.zones")];
  if (!single && zones.length === 0) return [refuse("workers", "must be set where networks.zones is not")];
  const problems = [...vnetProblems(read(value, "vnet"), single)];
  const release = knownRelease(scope, "provider-azure") ?? "";
  if (single)
    return [...problems, ...gatewayProblems(read(value, "natGateway"), `${networks}/natGateway`, release, true)];
  if (scope.get(`${config}/zoned`) !== true) problems.push(refuse("zones", "needs a zoned Shoot"));
  for (const name of ["natGateway", "serviceEndpoints"])
    if (isThere(read(value, name))) problems.push(refuse(name, "belongs to each zone where networks.zones is set"));
  const names = zones.map((zone) => textOf(read(zone, "name")));
  return [
    ...problems,
    ...zones.flatMap((zone, index) => [
      ...(names.indexOf(names[index] ?? "") < index ? [refuse(`zones/${index}`, "names a zone a second time")] : []),
      ...gatewayProblems(read(zone, "natGateway"), `${networks}/zones/${index}/natGateway`, release, false),
    ]),
  ];
}

const isThere = (value: Json | undefined): boolean =>
  value !== undefined && !(Array.isArray(value) && value.length === 0);

function vnetProblems(vnet: Json | undefined, single: boolean): Problem[] {
  const path = `${networks}/vnet`;
  const has = (name: string): boolean => read(vnet, name) !== undefined;
  if (has("name") !== has("resourceGroup")) return [{ path, message: "name and resourceGroup go together" }];
  if (!has("name"))
    return !has("cidr") && !single ? [{ path, message: "must name a VNet or a cidr where networks.zones is set" }] : [];
  return ["cidr", "ddosProtectionPlanID"]
    .filter(has)
    .map((name) => ({ path: `${path}/${name}`, message: "is not possible for an existing VNet" }));
}

/** validatePublicIPName. */
const addressName = /^[A-Za-z\d][\w-]{0,79}$/;

/** A gateway of the one subnet may be in a zone; one of a zone has that zone and the SKU Standard. */
function gatewayProblems(
  gateway: Json | undefined,
  path: string,
  release: string,
  single: boolean,
): readonly Problem[] {
  if (gateway === undefined) return [];
  const addresses = listOf(read(gateway, "ipAddresses"));
  const [zone, sku, timeout] = ["zone", "sku", "idleConnectionTimeoutMinutes"].map((name) => read(gateway, name));
  const refuse = (place: string, message: string): Problem => ({ path: `${path}/${place}`, message });
  if (read(gateway, "enabled") !== true)
    return [zone, sku, timeout, read(gateway, "ipAddresses")].every((one) => one === undefined)
      ? []
      : [{ path, message: "is disabled, so that nothing else may be set" }];
  const problems: Problem[] = [];
  if (timeout !== undefined && (Number(timeout) < 4 || Number(timeout) > 120))
    problems.push(refuse("idleConnectionTimeoutMinutes", "must lie between 4 and 120"));
  if (sku !== undefined && sku !== "Standard" && !(single && sku === "StandardV2"))
    problems.push(refuse("sku", single ? "must be Standard or StandardV2" : "must be Standard in a zone"));
  if (!single) return problems;
  // Only what is in a zone is looked at, so never the addresses of StandardV2.
  const isEarly = isWithin(release, undefined, "1.55");
  const [goodName, goodGroup] = isEarly ? [/./, /./] : [addressName, groupName];
  if (sku !== "StandardV2" && zone !== undefined)
    for (const [index, one] of addresses.entries()) {
      if (!goodName.test(textOf(read(one, "name"))))
        problems.push(refuse(`ipAddresses/${index}/name`, "must be the name of an address"));
      if (!goodGroup.test(textOf(read(one, "resourceGroup"))))
        problems.push(refuse(`ipAddresses/${index}/resourceGroup`, "must be the name of a resource group"));
    }
  const isZonal = (one: Json): boolean => read(one, "zone") !== undefined;
  // Before 1.60 an address without a zone was one of zone 0.
  const isElsewhere = (one: Json): boolean =>
    (isZonal(one) || isWithin(release, undefined, "1.60")) && read(one, "zone") !== zone;
  if (sku === "StandardV2") {
    if (zone !== undefined || addresses.some(isZonal)) problems.push(refuse("zone", "must not be set for StandardV2"));
  } else if (zone === undefined ? addresses.length > 0 : addresses.some(isElsewhere))
    problems.push(refuse("ipAddresses", "must stand in the zone of the gateway"));
  return problems;
}

/** What provider-azure refuses in the InfrastructureConfig by itself. */
export const azureInfrastructureConfig = newProblems(infrastructureProblems);
