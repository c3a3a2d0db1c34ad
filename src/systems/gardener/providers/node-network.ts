import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import type { Path } from "../../../rules/words.ts";
import { containsNetwork } from "./cidr.ts";
import { textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const networks = "$cluster/spec/provider/infrastructureConfig/networks";
const nodesPath = "$cluster/spec/networking/nodes";

/** Where the networks of worker nodes stand; each lies within `networking.nodes`. */
const workerPlaces: readonly Path[] = ["workers", "worker", "zones/*/workers", "zones/*/worker", "zones/*/cidr"].map(
  (place) => `${networks}/${place}`,
);

/** A place with `*` reads as a list. */
const textsAt = (scope: Scope, path: Path): readonly string[] => {
  const value: Json | undefined = scope.get(path);
  const values = Array.isArray(value) ? listOf(value) : value === undefined ? [] : [value];
  return values.map(textOf).filter((text) => text !== "");
};

/** ValidateNetworking and ValidateInfrastructureConfig of the providers, as far as they speak of the network of the nodes. */
function nodeNetworkProblems(scope: Scope): readonly Problem[] {
  const type = scope.get("$cluster/spec/provider/type");
  const nodes = scope.get(nodesPath);
  const families = listOf(scope.get("$cluster/spec/networking/ipFamilies"));
  if (families.length > 0 && !families.includes("IPv4")) return [];
  if (nodes === undefined) return type === "stackit" ? [] : [{ path: nodesPath, message: "must be set" }];
  // networks.workers counts where it is set, else networks.worker.
  const single = textsAt(scope, `${networks}/workers`).length > 0;
  const outside = workerPlaces
    .filter((path) => !(single && path === `${networks}/worker`))
    .flatMap((path) => textsAt(scope, path))
    .filter((network) => containsNetwork(nodes, network) === false)
    .map((network) => ({ path: nodesPath, message: `the network ${network} of workers does not lie within it` }));
  const vpc = type === "azure" ? azureNetwork(scope) : scope.get(`${networks}/vpc/cidr`);
  if (containsNetwork(vpc, nodes) !== false) return outside;
  return [...outside, { path: nodesPath, message: `does not lie within ${textOf(vpc)}, the network of the VPC` }];
}

/** The addresses of a VNet: where none is named, those of the workers. */
const azureNetwork = (scope: Scope): Json | undefined =>
  scope.get(`${networks}/vnet/cidr`) ??
  (scope.get(`${networks}/vnet/name`) === undefined ? scope.get(`${networks}/workers`) : undefined);

/** Networks of nodes that admission does not take. */
export const nodeNetwork = newProblems(nodeNetworkProblems);
