import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const config = "$cluster/spec/provider/infrastructureConfig";
const controlPlane = "$cluster/spec/provider/controlPlaneConfig";

/** ValidateInfrastructureConfig and ValidateControlPlaneConfig of provider-openstack, without what the shapes say. */
function openstackProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(config);
  const areNamed = !isWithin(knownRelease(scope, "provider-openstack") ?? "", undefined, "1.49");
  const shares = read(value, "networks", "shareNetwork", "enabled") === true;
  return [
    ...(value === undefined ? [] : infrastructureProblems(value)),
    ...classProblems(listOf(scope.get(`${controlPlane}/loadBalancerClasses`)), areNamed),
    ...(!shares && value !== undefined && scope.get(`${controlPlane}/storage/csiManila/enabled`) === true
      ? [{ path: `${controlPlane}/storage/csiManila/enabled`, message: "needs networks.shareNetwork.enabled" }]
      : []),
  ];
}

function infrastructureProblems(value: Json): readonly Problem[] {
  const problems: Problem[] = [];
  const refuse = (place: string, message: string): void => void problems.push({ path: `${config}/${place}`, message });
  const workers = ["workers", "worker"].some((name) => textOf(read(value, "networks", name)) !== "");
  const pool = read(value, "networks", "subnetPool");
  if (workers && pool !== undefined) refuse("networks/subnetPool", "excludes networks.workers");
  if (!workers && pool === undefined) refuse("networks/workers", "must be set where no subnetPool is");
  if (read(value, "networks", "router") !== undefined && read(value, "floatingPoolSubnetName") !== undefined)
    refuse("networks/router", "cannot be set together with floatingPoolSubnetName");
  return [...problems, ...ipv6Problems(read(value, "networks", "ipv6"))];
}

/** validateIPv6Config: all three ranges or none, and none only beside a pool of subnets. The shapes look at each range. */
function ipv6Problems(ipv6: Json | undefined): readonly Problem[] {
  if (ipv6 === undefined) return [];
  const path = `${config}/networks/ipv6`;
  const missing = ["nodeCIDR", "podCIDR", "serviceCIDR"].filter((name) => textOf(read(ipv6, name)) === "");
  if (missing.length < 3)
    return missing.map((name) => ({ path: `${path}/${name}`, message: "must be set where another range is" }));
  return read(ipv6, "subnetPoolID") === undefined
    ? [{ path, message: "must name a pool of subnets or its ranges" }]
    : [];
}

const selectors = ["floatingSubnetID", "floatingSubnetName", "floatingSubnetTags"];

/**
 * ValidateLoadBalancerClasses: names are unique, and since 1.49 not empty; one class at most is the default one and one the
 * private one.
 */
function classProblems(classes: readonly Json[], areNamed: boolean): readonly Problem[] {
  const names = classes.map((one) => textOf(read(one, "name")));
  const path = (index: number): string => `${controlPlane}/loadBalancerClasses/${index}`;
  const isOne = (purpose: string) => (one: Json) => read(one, "purpose") === purpose || read(one, "name") === purpose;
  return classes.flatMap((one, index) => {
    const problems: Problem[] = [];
    if (areNamed && names[index] === "") problems.push({ path: `${path(index)}/name`, message: "must be set" });
    else if (names.indexOf(names[index] ?? "") < index)
      problems.push({ path: `${path(index)}/name`, message: `${names[index] ?? ""} appears twice` });
    if (selectors.filter((name) => read(one, name) !== undefined).length > 1)
      problems.push({ path: path(index), message: `only one of ${selectors.join(", ")} may be set` });
    for (const purpose of ["default", "private"])
      if (isOne(purpose)(one) && classes.findIndex(isOne(purpose)) < index)
        problems.push({ path: path(index), message: `is a second ${purpose} class` });
    return problems;
  });
}

/** Unlike on other clouds, IPv6 cannot be added to a Shoot: where its networks come from is immutable too. */
function dualStackProblems(scope: Scope): readonly Problem[] {
  const families = listOf(scope.get("$cluster/spec/networking/ipFamilies"));
  const ipv6 = scope.get(`${config}/networks/ipv6`);
  const isNamed = read(ipv6, "subnetPoolID") !== undefined || textOf(read(ipv6, "nodeCIDR")) !== "";
  return isNamed || !families.includes("IPv4") || !families.includes("IPv6")
    ? []
    : [{ path: `${config}/networks/ipv6`, message: "must name a subnetPoolID or networks for IPv4 and IPv6 together" }];
}

/** What provider-openstack asks of a Shoot with IPv4 and IPv6. */
export const openstackDualStack = newProblems(dualStackProblems);

/** What provider-openstack refuses in InfrastructureConfig and ControlPlaneConfig by themselves. */
export const openstackInfrastructureConfig = newProblems(openstackProblems);
