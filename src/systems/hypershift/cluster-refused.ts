import type { JsonObject } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import { contains, parseNetwork } from "../../rules/encodings/network.ts";
import type { Predicate, Scope } from "../../rules/functions.ts";
import { clusterReleaseRefused } from "./release-validation.ts";
import { listOf, objectOf, textOf } from "./values.ts";

/** More than the API takes of each kind. */
const most = 50;

const networksOf = (networking: JsonObject, kind: string) =>
  listOf(networking[kind])
    .slice(0, most)
    .flatMap((entry) => parseNetwork(textOf(objectOf(entry)?.["cidr"]) ?? "") ?? []);

/**
 * Whether networks of a cluster overlap, or hold the address at which its nodes reach the API server (hypershift-operator/
 * controllers/hostedcluster/hostedcluster_controller.go validateSliceNetworkCIDRs, checkAdvertiseAddressOverlapping).
 */
const clash = memoized((networking: JsonObject): boolean => {
  const kinds = ["machineNetwork", "serviceNetwork", "clusterNetwork"].map((kind) => networksOf(networking, kind));
  const all = kinds.flat();
  if (all.some((one, index) => all.slice(0, index).some((other) => contains(one, other) || contains(other, one))))
    return true;
  const isIpv6 = kinds[2]?.[0]?.isIpv6 === true;
  const given = textOf(objectOf(networking["apiServer"])?.["advertiseAddress"]) ?? (isIpv6 ? "fd00::1" : "172.20.0.1");
  const address = parseNetwork(`${given}/${given.includes(":") ? 128 : 32}`);
  return kinds.some(([first]) => first !== undefined && address !== undefined && contains(first, address));
});

const networksClash = (scope: Scope): boolean => {
  const networking = objectOf(scope.get("$cluster/spec/networking"));
  return networking !== undefined && scope.get("$cluster/spec/platform/type") !== "IBMCloud" && clash(networking);
};

/** The controller of the HostedCluster goes no further: its control plane stays as it is, whatever else of it changes. */
export const clusterRefused: Predicate = (sides) =>
  clusterReleaseRefused(sides) || (sides.head !== undefined && networksClash(sides.head));
