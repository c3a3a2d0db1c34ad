import { groupBy } from "../../../manifests/group-by.ts";
import { listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { containsNetwork, networksOverlap, overlappingPairs } from "./cidr.ts";
import { read, textOf } from "./json.ts";
import { newProblems, type Problem } from "./problems.ts";

const networks = "$cluster/spec/provider/infrastructureConfig/networks";

/** How a provider cuts its network up. */
interface Layout {
  /** The network that holds all others, below `networks`. */
  readonly outer?: readonly string[];
  /** The network that takes its place where it is not named. */
  readonly instead?: string;
  /** Networks that lie in it and share no address with each other, with pods or with services. */
  readonly inner?: readonly string[];
  /** The same in every item of `networks.zones`. */
  readonly zone?: readonly string[];
  /** What the inner networks also keep clear of: the first of these that is set. */
  readonly besides?: readonly string[];
}

/** ValidateInfrastructureConfig in `pkg/apis/<provider>/validation/infrastructure.go` of each. */
const layouts: Readonly<Record<string, Layout>> = {
  aws: { outer: ["vpc", "cidr"], zone: ["public", "internal", "workers"] },
  alicloud: { outer: ["vpc", "cidr"], zone: ["worker", "workers"] },
  azure: { outer: ["vnet", "cidr"], instead: "workers", zone: ["cidr"] },
  gcp: { inner: ["internal"], besides: ["workers", "worker"] },
};

interface Network {
  readonly path: string;
  readonly name: string;
  readonly cidr: Json;
}
type Neighbour = { readonly name: string; readonly cidr: Json | undefined };

function innerNetworks(config: Json | undefined, layout: Layout): readonly Network[] {
  const at = (owner: Json | undefined, place: string) => (key: string) => {
    const cidr = read(owner, key);
    const below = place === "" ? key : `${place}/${key}`;
    return cidr === undefined || cidr === "" ? [] : [{ path: `${networks}/${below}`, name: below, cidr }];
  };
  return [
    ...(layout.inner ?? []).flatMap(at(config, "")),
    ...listOf(read(config, "zones")).flatMap((zone, index) => (layout.zone ?? []).flatMap(at(zone, `zones/${index}`))),
  ];
}

function networkProblems(scope: Scope): readonly Problem[] {
  const provider = textOf(scope.get("$cluster/spec/provider/type"));
  const layout = Object.hasOwn(layouts, provider) ? layouts[provider] : undefined;
  const config = scope.get(networks);
  if (layout === undefined || config === undefined) return [];
  const outer = layout.outer === undefined ? undefined : read(config, ...layout.outer);
  const inner = innerNetworks(config, layout);
  const cluster = ["pods", "services", ...(provider === "gcp" ? ["nodes"] : [])].map((name) => ({
    name: `networking.${name}`,
    cidr: scope.get(`$cluster/spec/networking/${name}`),
  }));
  const others = (layout.besides ?? [])
    .map((name) => ({ name: `networks.${name}`, cidr: read(config, name) }))
    .filter(({ cidr }) => cidr !== undefined && cidr !== "")
    .slice(0, 1);
  const whole = wholeNetwork(config, layout);
  const around = provider === "gcp" || whole === undefined ? [] : overlapping(whole, cluster);
  const clashes = clashesAmong(inner);
  const within = inner.flatMap((network, index) => [
    ...(containsNetwork(outer, network.cidr) === false
      ? [
          {
            path: network.path,
            message: `does not lie within ${textOf(outer)}, networks.${layout.outer?.join(".") ?? ""}`,
          },
        ]
      : []),
    ...overlapping(network, [...cluster, ...others]),
    ...(clashes.get(index) ?? []).flatMap(([before]) => inner[before] ?? []).map((other) => overlap(network, other)),
  ]);
  return [...around, ...within];
}

type Placed = Pick<Network, "path" | "cidr">;

const overlapping = (network: Placed, others: readonly Neighbour[]): readonly Problem[] =>
  others.filter((other) => networksOverlap(other.cidr, network.cidr) === true).map((other) => overlap(network, other));

const overlap = ({ path }: Placed, other: Neighbour): Problem => ({
  path,
  message: `overlaps ${textOf(other.cidr)}, ${dotted(other.name)}`,
});

/** Beyond so many pairs no more are named: each alone refuses the Shoot. */
export const mostClashes = 10_000;

/** The networks with one before them that shares an address, by their place. */
function clashesAmong(networks: readonly Network[]): ReadonlyMap<number, readonly (readonly [number, number])[]> {
  const texts = networks.map(({ cidr }) => cidr);
  const pairs = overlappingPairs(texts, mostClashes).toSorted(([a], [b]) => a - b);
  return groupBy(pairs, ([, other]) => other);
}

/** The network that holds all others; on Azure, where no VNet is named, that of the workers. */
function wholeNetwork(config: Json, { outer, instead }: Layout): Pick<Network, "path" | "cidr"> | undefined {
  if (outer === undefined) return undefined;
  const named = read(config, ...outer);
  if (named !== undefined) return { path: `${networks}/${outer.join("/")}`, cidr: named };
  const cidr = instead === undefined || read(config, "vnet", "name") !== undefined ? undefined : read(config, instead);
  return cidr === undefined ? undefined : { path: `${networks}/${instead ?? ""}`, cidr };
}

const dotted = (name: string): string => (name.startsWith("zones/") ? `networks.${name.replaceAll("/", ".")}` : name);

/** Networks of an infrastructure that overlap, or lie outside of the one that holds them. */
export const infrastructureNetworks = newProblems(networkProblems);
