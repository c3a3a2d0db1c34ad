import type { Scope } from "../../../rules/functions.ts";
import { isGiven, read } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const infrastructure = "$cluster/spec/provider/infrastructureConfig";
const controlPlane = "$cluster/spec/provider/controlPlaneConfig";

/** ValidateInfrastructureConfig of provider-stackit, without what the shape already says. */
function infrastructureProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(infrastructure);
  if (value === undefined) return [];
  const networks = read(value, "networks");
  const path = `${infrastructure}/networks`;
  const given = ["worker", "workers"].filter((name) => isGiven(read(networks, name)));
  const hasId = read(networks, "id") !== undefined;
  const problems: Problem[] = [];
  if (hasId)
    for (const name of given)
      problems.push({ path: `${path}/${name}`, message: "must not be set where a network is named by its id" });
  else if (given.length === 0)
    problems.push({ path: `${path}/workers`, message: "must be set, or the id of a network" });
  if (!hasId && read(networks, "subnetId") !== undefined)
    problems.push({ path: `${path}/subnetId`, message: "needs the id of its network" });
  if (read(networks, "router") !== undefined && read(value, "floatingPoolSubnetName") !== undefined)
    problems.push({
      path: `${infrastructure}/floatingPoolSubnetName`,
      message: "must not be set where a router is named",
    });
  return problems;
}

/** ValidateControlPlaneConfig of provider-stackit, without what the shape already says. */
function controlPlaneProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(controlPlane);
  const problems: Problem[] = [];
  const csi = read(value, "storage", "csi");
  const mode = read(csi, "compatibilityMode");
  if (isGiven(mode) && mode !== "default" && read(csi, "name") !== "stackit")
    problems.push({
      path: `${controlPlane}/storage/csi/compatibilityMode`,
      message: "can only be set with the CSI driver stackit",
    });
  const balancer = read(value, "applicationLoadBalancer");
  if (read(balancer, "enabled") === true && read(balancer, "ingress", "enabled") !== true)
    problems.push({
      path: `${controlPlane}/applicationLoadBalancer/ingress`,
      message: "at least one controller has to be enabled",
    });
  return problems;
}

/** What provider-stackit refuses in the infrastructure and the control plane of a Shoot. */
export const stackitConfig = newProblems((scope) => [...infrastructureProblems(scope), ...controlPlaneProblems(scope)]);
