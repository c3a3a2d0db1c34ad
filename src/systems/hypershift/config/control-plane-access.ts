import type { Scope } from "../../../rules/functions.ts";
import { operatorBefore } from "../operator.ts";
import { objectOf, listOf, textAt, textOf } from "../values.ts";

/** How nodes reach their API server, as support/netutil/visibility.go and public.go decide it. */
const platformOf = (scope: Scope): string | undefined => textAt(scope, "$cluster/spec/platform/type");

const azureTopology = (scope: Scope): string | undefined => textAt(scope, "$cluster/spec/platform/azure/topology");

/** Swift pod networking; the annotation counts on the managed service alone, where no private type is set. */
function usesSwift(scope: Scope): boolean {
  if (scope.get("$cluster/spec/platform/azure/private/type") === "Swift") return true;
  const annotation = "$cluster/metadata/annotations/hypershift.openshift.io~1swift-pod-network-instance";
  return usesManagedIdentities(scope) && textAt(scope, annotation) !== undefined;
}

/**
 * Before 4.22 not the cluster but the environment of the operator says whether it is one of ARO, which is the same on both sides
 * (branch release-4.21 sharedingress_controller.go UseSharedIngress).
 */
const usesManagedIdentities = (scope: Scope): boolean =>
  !operatorBefore(scope, "4.22") &&
  scope.get("$cluster/spec/platform/azure/azureAuthenticationConfig/azureAuthenticationConfigType") ===
    "ManagedIdentities";

/** IsPrivateHC: nodes reach the API server at a name of the private zone. */
export function isPrivate(scope: Scope): boolean {
  const platform = platformOf(scope);
  const listed = (access: unknown): boolean => access === "PublicAndPrivate" || access === "Private";
  if (platform === "AWS") return listed(scope.get("$cluster/spec/platform/aws/endpointAccess"));
  if (platform === "GCP") return listed(scope.get("$cluster/spec/platform/gcp/endpointAccess"));
  if (platform !== "Azure") return false;
  const topology = azureTopology(scope);
  return topology === undefined ? usesSwift(scope) : listed(topology);
}

/** UseSharedIngressHC: an ARO cluster with public endpoints goes through the shared ingress. */
export function usesSharedIngress(scope: Scope): boolean {
  return platformOf(scope) === "Azure" && usesManagedIdentities(scope) && azureTopology(scope) !== "Private";
}

/** ConnectsThroughInternetToControlplane. */
export function connectsThroughInternet(scope: Scope): boolean {
  const platform = platformOf(scope);
  if (platform === "AWS") return (textAt(scope, "$cluster/spec/platform/aws/endpointAccess") ?? "Public") === "Public";
  if (platform === "Azure") return (azureTopology(scope) ?? "Public") === "Public";
  return true;
}

/** The API server's entry in `services`. */
function apiServerStrategy(scope: Scope) {
  const entry = listOf(scope.get("$cluster/spec/services")).find(
    (service) => objectOf(service)?.["service"] === "APIServer",
  );
  return objectOf(objectOf(entry)?.["servicePublishingStrategy"]);
}

interface ExternalAddress {
  /** Absent where no manifest tells it. */
  readonly host: string | undefined;
  readonly port: number;
  /** How the API server is published: a type of `servicePublishingStrategy`. */
  readonly publishing: string | undefined;
}

/** Where nodes reach the API server from outside. */
export function externalAddress(scope: Scope): ExternalAddress {
  const strategy = apiServerStrategy(scope);
  const publishing = textOf(strategy?.["type"]);
  if (isPrivate(scope))
    return {
      host: `api.${scope.cluster}.hypershift.local`,
      port: publishing === "LoadBalancer" ? 6443 : 443,
      publishing,
    };
  const hostname = (part: string, key: string): string | undefined => textOf(objectOf(strategy?.[part])?.[key]);
  const host = hostname("loadBalancer", "hostname") ?? hostname("route", "hostname") ?? hostname("nodePort", "address");
  const nodePort = objectOf(strategy?.["nodePort"])?.["port"];
  if (host !== undefined && publishing === "NodePort" && typeof nodePort === "number")
    return { host, port: nodePort, publishing };
  return { host, port: host !== undefined && publishing === "Route" ? 443 : 6443, publishing };
}

/**
 * A name like that which AWS gave to the load balancer of the API server: below this domain. Only patterns know it from others.
 */
export function likelyBalancer(scope: Scope): string | undefined {
  const region = textAt(scope, "$cluster/spec/platform/aws/region");
  if (region === undefined || apiServerStrategy(scope)?.["type"] !== "LoadBalancer") return undefined;
  return `load-balancer.elb.${region}.amazonaws.com`;
}
