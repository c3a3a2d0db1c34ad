import { listOf } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Derived, Finding, Predicate, Scope } from "../../../rules/functions.ts";
import { isWithin } from "../../../rules/version.ts";
import { knownRelease } from "../api/decoder.ts";
import { read, textOf } from "./json.ts";
import { nodeTemplateProblems } from "./node-template.ts";
import { newProblems, type Problem } from "./problems.ts";

const networks = "$cluster/spec/provider/infrastructureConfig/networks";
const config = "$pool/providerConfig";

/** The managed identity of the nodes: its name and resource group make the ID that is hashed; `acrAccess` does not. */
export const azureIdentity: Derived = (scope) => {
  const identity = scope.get("$cluster/spec/provider/infrastructureConfig/identity");
  if (identity === undefined) return undefined;
  return `${textOf(read(identity, "resourceGroup"))}/${textOf(read(identity, "name"))}`;
};

/**
 * For each zone of the pool the network of its nodes. The zone that takes over the network of the single subnet keeps
 * that subnet and its nodes (annotation `migration.azure.provider.extensions.gardener.cloud/zone`), so networks compare
 * as subnet names do.
 */
export const azurePoolSubnets: Derived = (scope) => {
  const zones = listOf(scope.get("$pool/zones"));
  const listed = listOf(scope.get(`${networks}/zones`));
  if (zones.length === 0) return undefined;
  const single = scope.get(`${networks}/workers`);
  const subnets = zones.flatMap((zone): [string, Json][] => {
    const own = listed.find((one) => textOf(read(one, "name")) === textOf(zone));
    const network = listed.length === 0 ? single : read(own, "cidr");
    return network === undefined ? [] : [[textOf(zone), network]];
  });
  return Object.fromEntries(subnets);
};

/** Whether nodes of this pool move to another subnet: some zone that the pool has on both sides has another network. */
export const azureSubnetsMove: Predicate = ({ base, head }) => {
  const before = base === undefined ? undefined : azurePoolSubnets(base);
  const after = head === undefined ? undefined : azurePoolSubnets(head);
  if (!isObject(before) || !isObject(after)) return false;
  return Object.entries(after).some(([zone, network]) => Object.hasOwn(before, zone) && before[zone] !== network);
};

/** Whether one pool of the Shoot, as it was, is updated in place: admission looks at the old workers. */
export const anyPoolInPlace: Predicate = ({ base }) =>
  listOf(base?.get("$cluster/spec/provider/workers/*/updateStrategy")).some(
    (strategy) => strategy === "AutoInPlaceUpdate" || strategy === "ManualInPlaceUpdate",
  );

/** The network layout of the nodes: one subnet or one for each zone, and which changes between them are accepted. */
export const azureLayout: Check = ({ base, head }) => {
  if (base === undefined || head === undefined) return [];
  const path = `${networks}/zones`;
  const refuse = (because: string): Finding[] => [{ path, because }];
  const before = listOf(base.get(path));
  const after = listOf(head.get(path));
  if (before.length > 0 && after.length === 0)
    return refuse("going back from a subnet for each zone to a single subnet is not allowed");
  if (before.length > after.length) return refuse("removing zones from networks.zones is not allowed");
  const single = base.get(`${networks}/workers`);
  if (before.length === 0 && after.length > 0 && !after.some((zone) => read(zone, "cidr") === single))
    return refuse(`one zone of networks.zones must keep the CIDR of networks.workers (${textOf(single)})`);
  const moved = after.find((zone) => {
    const earlier = before.find((one) => read(one, "name") === read(zone, "name"));
    return earlier !== undefined && read(earlier, "cidr") !== read(zone, "cidr");
  });
  if (moved !== undefined) return refuse(`the CIDR of zone ${textOf(read(moved, "name"))} is immutable`);
  return [];
};

/** Changing the SKU would recreate the NAT gateway; unset is Standard. */
export const azureNatGatewaySku: Check = ({ base, head }) => {
  if (base === undefined || head === undefined) return [];
  const skuOf = (gateway: Json | undefined): Json => read(gateway, "sku") ?? "Standard";
  const differs = (before: Json | undefined, after: Json | undefined): boolean =>
    before !== undefined && after !== undefined && skuOf(before) !== skuOf(after);
  const zones = listOf(base.get(`${networks}/zones`));
  const moved = listOf(head.get(`${networks}/zones`)).some((zone) => {
    const earlier = zones.find((one) => read(one, "name") === read(zone, "name"));
    return differs(read(earlier, "natGateway"), read(zone, "natGateway"));
  });
  const path = `${networks}/natGateway`;
  return moved || differs(base.get(path), head.get(path)) ? [{}] : [];
};

/** ValidateWorkerConfig of provider-azure, without what the shape already says. */
function workerConfigProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(config);
  if (value === undefined) return [];
  const names = new Set(listOf(scope.get("$pool/dataVolumes")).map((volume) => read(volume, "name")));
  // Before 1.55 every entry had to name a volume of the pool, and the format of an id was not asked for.
  const isEarly = isWithin(knownRelease(scope, "provider-azure") ?? "", undefined, "1.55");
  const images = listOf(read(value, "dataVolumes")).flatMap((one, index): Problem[] => {
    const image = read(one, "imageRef");
    if (image === undefined && !isEarly) return [];
    const path = `${config}/dataVolumes/${index}`;
    if (!names.has(read(one, "name"))) return [{ path, message: "no data volume of the pool has this name" }];
    if (image === undefined) return [];
    const named = isObject(image) ? Object.values(image).filter((value) => value !== null) : [];
    if (named.length === 0) return [{ path: `${path}/imageRef`, message: "must name an image" }];
    const id = read(image, "id");
    return typeof id === "string" && !isEarly && !id.startsWith("/")
      ? [{ path: `${path}/imageRef/id`, message: "must be a resource id, which starts with /" }]
      : [];
  });
  return [...nodeTemplateProblems(config, value), ...images];
}

/** What provider-azure refuses in the WorkerConfig of a pool. */
export const azureWorkerConfig = newProblems(workerConfigProblems);
