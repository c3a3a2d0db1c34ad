import type { Json } from "../../../manifests/manifest.ts";
import { contains, type Network, parseAddress, parseNetwork } from "../../../rules/encodings/network.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import type { Path } from "../../../rules/words.ts";
import { isGiven, textOf } from "./json.ts";

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

/**
 * The pairs of networks that share an address, at most so many, by their places in the list: the first of a pair stands before
 * the other. Of two such networks one holds the other, so that one walk in the order of their addresses finds them.
 */
export function overlappingPairs(texts: readonly unknown[], most: number): (readonly [first: number, other: number])[] {
  const networks = texts.flatMap((text, place) => {
    const network = networkOf(text);
    return network === undefined ? [] : [{ ...network, place }];
  });
  const pairs: (readonly [number, number])[] = [];
  const around: (typeof networks)[number][] = [];
  for (const network of networks.toSorted(byAddress)) {
    for (let last = around.at(-1); last !== undefined && !contains(last, network); last = around.at(-1)) around.pop();
    for (const { place } of around) pairs.push(place < network.place ? [place, network.place] : [network.place, place]);
    if (pairs.length >= most) break;
    around.push(network);
  }
  return pairs.slice(0, most);
}

/** The larger of two that start at the same address comes first. */
function byAddress(one: Network, other: Network): number {
  if (one.isIpv6 !== other.isIpv6) return one.isIpv6 ? 1 : -1;
  if (one.first !== other.first) return one.first < other.first ? -1 : 1;
  return one.length - other.length;
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
