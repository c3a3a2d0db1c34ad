import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Scope } from "../../../rules/functions.ts";
import type { Path } from "../../../rules/words.ts";
import { textOf } from "./json.ts";

/** First address and prefix length of a network; undefined for what is none. Only IPv4: the checks here are about it. */
function networkOf(text: unknown): readonly [number, number] | undefined {
  const match = typeof text === "string" ? /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text) : null;
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((part) => part > 255) || length > 32) return undefined;
  return [maskedBy(((a << 24) | (b << 16) | (c << 8) | d) >>> 0, length), length];
}

const maskedBy = (address: number, length: number): number =>
  length === 0 ? 0 : (address & (0xffffffff << (32 - length))) >>> 0;

/** Whether an IPv4 network starts at its own first address. */
export function isCanonicalNetwork(text: string): boolean {
  const network = networkOf(text);
  return network !== undefined && text.startsWith(`${addressText(network[0])}/`);
}

const addressText = (address: number): string => [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join(".");

/** Whether two networks share an address; undefined when one of them is no IPv4 network. */
export function networksOverlap(one: unknown, other: unknown): boolean | undefined {
  const contains = containsNetwork(one, other);
  return contains === true ? true : contains === undefined ? undefined : containsNetwork(other, one);
}

/** Whether all of `inner` lies in `outer`; undefined when one of them is no IPv4 network. */
export function containsNetwork(outer: unknown, inner: unknown): boolean | undefined {
  const large = networkOf(outer);
  const small = networkOf(inner);
  if (large === undefined || small === undefined) return undefined;
  return large[1] <= small[1] && maskedBy(small[0], large[1]) === large[0];
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
  const contains = containsNetwork(after, before);
  if (contains === true) return [];
  const found = { path, before, after };
  return contains === false ? [found] : [{ ...found, unknown: "one of the two values is no IPv4 network" }];
};

const isGiven = (value: Json | undefined): boolean => value !== undefined && value !== "";
