import type { Json } from "../../../manifests/manifest.ts";
import { contains, type Network, parseAddress, parseNetwork } from "../../../rules/encodings/network.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import type { Path } from "../../../rules/words.ts";
import { textOf } from "./json.ts";

const networkOf = (text: unknown): Network | undefined => (typeof text === "string" ? parseNetwork(text) : undefined);

/** Whether a network starts at its own first address. */
export function isCanonicalNetwork(text: string): boolean {
  const [host = ""] = text.split("/");
  return networkOf(text)?.first === parseAddress(host);
}

/** Whether two networks share an address; undefined when one of them is no network. */
export function networksOverlap(one: unknown, other: unknown): boolean | undefined {
  const contained = containsNetwork(one, other);
  return contained === true ? true : contained === undefined ? undefined : containsNetwork(other, one);
}

/** Whether all of `inner` lies in `outer`; undefined when one of them is no network. */
export function containsNetwork(outer: unknown, inner: unknown): boolean | undefined {
  const large = networkOf(outer);
  const small = networkOf(inner);
  return large === undefined || small === undefined ? undefined : contains(large, small);
}

/** The networks that GCP and Azure let grow but never shrink or move, by provider. */
const growing: Readonly<Record<string, readonly Path[]>> = {
  // networks.workers counts where it is set, else networks.worker.
  gcp: ["workers", "worker"].map((name) => `$cluster/spec/provider/infrastructureConfig/networks/${name}`),
  azure: ["$cluster/spec/provider/infrastructureConfig/networks/vnet/cidr"],
};

/** A network that no longer holds all of its old addresses. */
export const networkShrinks: Check = ({ base, head }) => {
  if (base === undefined || head === undefined) return [];
  const places = growing[textOf(head.get("$cluster/spec/provider/type"))] ?? [];
  const valueIn = (scope: Scope): Json | undefined => places.map((path) => scope.get(path)).find(isGiven);
  const before = valueIn(base);
  const after = valueIn(head);
  const [path] = places;
  if (path === undefined || before === undefined || before === after) return [];
  if (after === undefined) return [{ path, before, because: "the network must not be removed" }];
  const contained = containsNetwork(after, before);
  if (contained === true) return [];
  const found = { path, before, after };
  return contained === false ? [found] : [{ ...found, unknown: "one of the two values is not a network" }];
};

const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== "";
