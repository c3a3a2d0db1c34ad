import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import { networksOverlap } from "./cidr.ts";
import { read } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const config = "$cluster/spec/provider/infrastructureConfig";

/** Where Alibaba Cloud has the load balancers that dual-stack needs: nlbSupportedRegions, last changed 2026-04. */
const dualStackRegions = new Set(
  `cn-hangzhou cn-beijing cn-shenzhen cn-shanghai cn-qingdao cn-zhangjiakou cn-chengdu cn-guangzhou cn-hongkong cn-heyuan
   cn-wulanchabu ap-southeast-7 ap-southeast-6 ap-southeast-1 ap-northeast-1 ap-northeast-2 ap-southeast-3 ap-southeast-5
   eu-central-1 eu-west-1 us-east-1 us-west-1 na-south-1`.split(/\s+/),
);

/** ValidateInfrastructureConfig of provider-alicloud, without what the shape and the networks' places already say. */
function infrastructureProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(config);
  if (value === undefined) return [];
  const vpc = read(value, "networks", "vpc");
  const zones = listOf(read(value, "networks", "zones"));
  const path = `${config}/networks`;
  const problems: Problem[] = [];
  if (zones.length === 0) problems.push({ path: `${path}/zones`, message: "must list at least one zone" });
  const hasId = read(vpc, "id") !== undefined;
  if (hasId === (read(vpc, "cidr") !== undefined))
    problems.push({ path: `${path}/vpc`, message: "must have either an id or a cidr" });
  if (hasId && read(vpc, "useCustomRouteTable") === true && read(vpc, "gardenerManagedNATGateway") !== true)
    problems.push({
      path: `${path}/vpc/gardenerManagedNATGateway`,
      message: "must be true where a VPC of your own uses a custom route table",
    });
  if (read(value, "dualStack", "enabled") !== true) return problems;
  const region = scope.get("$cluster/spec/region");
  if (typeof region === "string" && !dualStackRegions.has(region))
    problems.push({ path: `${config}/dualStack/enabled`, message: `${region} has no NLB, which dual-stack needs` });
  return [...problems, ...blockProblems(zones, hasId)];
}

/** Each zone takes another /64 of the VPC's IPv6 network: by its place in the list where Gardener makes the VPC. */
function blockProblems(zones: readonly Json[], ownVpc: boolean): readonly Problem[] {
  const taken = new Set<number>();
  return zones.flatMap((zone, index) => {
    const path = `${config}/networks/zones/${index}/ipv6CidrBlock`;
    const given = read(zone, "ipv6CidrBlock");
    if (given === undefined && ownVpc) return [{ path, message: "must be set where the VPC is your own" }];
    const block = given === undefined ? index : Number(given);
    if (block < 0 || block > 255) return [{ path, message: "must lie between 0 and 255" }];
    if (taken.has(block)) return [{ path, message: `${block} is taken by another zone` }];
    taken.add(block);
    return [];
  });
}

/** What provider-alicloud refuses in the InfrastructureConfig by itself. */
export const alicloudInfrastructureConfig = newProblems(infrastructureProblems);

/** ValidateNetworking, which only new Shoots are asked: Alibaba Cloud keeps a range of addresses for itself. */
export const alicloudReservedNetwork: Check = ({ base, head }) =>
  head === undefined || base?.get("$cluster/spec") !== undefined
    ? []
    : ["nodes", "pods", "services"]
        .map((name) => `$cluster/spec/networking/${name}`)
        .filter((path) => networksOverlap("100.64.0.0/10", head.get(path)) === true)
        .map((path) => ({ path }));
