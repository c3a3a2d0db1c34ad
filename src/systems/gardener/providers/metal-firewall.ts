import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { parseAddress } from "../../../rules/encodings/network.ts";
import type { Scope } from "../../../rules/functions.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const firewall = "$cluster/spec/provider/infrastructureConfig/firewall";

/** ValidateInfrastructureConfig of provider-metal: limits and egress rules belong to networks of the firewall. */
function firewallProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(firewall);
  const networks = new Set(listOf(read(value, "networks")).map(textOf));
  const stray = (item: Json, path: string): Problem[] => {
    const network = textOf(read(item, "networkID"));
    return network !== "" && networks.has(network)
      ? []
      : [{ path: `${path}/networkID`, message: `"${network}" is not one of the networks of the firewall` }];
  };
  return [
    ...listOf(read(value, "rateLimits")).flatMap((limit, index) => stray(limit, `${firewall}/rateLimits/${index}`)),
    ...listOf(read(value, "egressRules")).flatMap((rule, index) => {
      const path = `${firewall}/egressRules/${index}`;
      const strays = stray(rule, path);
      return strays.length > 0 ? strays : addressProblems(listOf(read(rule, "ips")), `${path}/ips`);
    }),
  ];
}

function addressProblems(addresses: readonly Json[], path: string): readonly Problem[] {
  if (addresses.length === 0) return [{ path, message: "must list an address" }];
  return addresses.every((address) => parseAddress(textOf(address)) !== undefined)
    ? []
    : [{ path, message: "must list IP addresses only" }];
}

/** What provider-metal refuses in the firewall of a Shoot. */
export const metalFirewall = newProblems(firewallProblems);
