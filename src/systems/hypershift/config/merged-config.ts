import { isList } from "../../../manifests/json-list.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import { byCodeUnits } from "../../../manifests/text-order.ts";
import type { Scope } from "../../../rules/functions.ts";
import { readSegments } from "../../../rules/path.ts";
import { jsonText } from "../go/json-text.ts";
import { listOf, objectOf, textOf } from "../values.ts";
import { userConfig } from "./config-maps.ts";

/** All MachineConfigs of a pool's ConfigMaps as one, with nothing in it that is empty. */
export interface MergedConfig {
  readonly kernelArguments: readonly Json[];
  readonly extensions: readonly Json[];
  readonly fips: boolean;
  readonly kernelType: string;
  readonly osImageURL: string;
  /** The Ignition part; files say whether they overwrite. */
  readonly ignition: JsonObject;
}

/** Kernels other than the default one (openshift/machine-config-operator pkg/helpers/helpers.go CanonicalizeKernelType). */
const kernels: ReadonlySet<Json | undefined> = new Set(["realtime", "64k-pages"]);

export interface NamedConfig {
  readonly name: string;
  readonly spec: JsonObject;
  /** Its text, by which those of one name are sorted. */
  readonly hashed?: string;
}
export const withUnits = (...names: readonly string[]): JsonObject => ({
  config: { systemd: { units: names.map((name) => ({ name })) } },
});
/**
 * What the machine-config operator adds itself, and the NodePool controller: a node is compared with the order in which kernel
 * arguments and units stand, so that another name can move a MachineConfig after these (templates/common/_base/units,
 * templates/worker/01-worker-kubelet, pkg/controller/kubelet-config/helpers.go updateMachineConfigwithCgroup;
 * openshift/hypershift@3ee9615567 hypershift-operator/controllers/nodepool/apiserver-haproxy/haproxy.go).
 */
const ofOperator: readonly NamedConfig[] = [
  { name: "00-worker", spec: withUnits("crio.service", "kubelet.service") },
  { name: "01-worker-kubelet", spec: withUnits("kubelet-cleanup.service") },
  { name: "20-apiserver-haproxy", spec: withUnits("apiserver-ip.service") },
  {
    name: "97-worker-generated-kubelet",
    spec: { kernelArguments: ["systemd.unified_cgroup_hierarchy=1", 'cgroup_no_v1="all"'] },
  },
];

/** The parts that are lists in the order of names: what of them the operator adds matters beside others only. */
const orderedParts: readonly ((spec: JsonObject) => boolean)[] = [
  ["kernelArguments"],
  ["config", "systemd", "units"],
  ["config", "passwd", "users"],
].map((path) => (spec) => listOf(readSegments(spec, path)).length > 0);

/**
 * The MachineConfigs of `spec.config` as the machine-config operator renders them: in the order of their names, so that of two
 * with one file the later one counts (openshift/machine-config-operator pkg/controller/common/helpers.go MergeMachineConfigs).
 */
export const mergedConfig = memoized((scope: Scope): MergedConfig => mergedBeside(scope, []));

/** With MachineConfigs that others add, of which those count that have kernel arguments or units as the given ones have. */
export function mergedBeside(scope: Scope, others: readonly NamedConfig[]): MergedConfig {
  const given = userConfig(scope)
    .documents.filter(({ kind, problem }) => kind?.kind === "MachineConfig" && problem === undefined)
    .map(({ value, hashed }): NamedConfig => ({
      name: textOf(readSegments(value, ["metadata", "name"])) ?? "",
      hashed,
      spec: objectOf(value?.["spec"]) ?? {},
    }));
  const needed = [...ofOperator, ...others].filter((own) =>
    given.some(({ spec }) => orderedParts.some((part) => part(own.spec) && part(spec))),
  );
  const specs = [...given, ...needed]
    .toSorted((a, b) => byCodeUnits(a.name, b.name) || byCodeUnits(a.hashed ?? "", b.hashed ?? ""))
    .map(({ spec }) => spec);
  const all = (key: string): Json[] => specs.flatMap((spec) => listOf(spec[key]));
  const ignition = specs
    .map(({ config }) => withoutEmpty(objectOf(config) ?? {}) as JsonObject)
    .reduce<JsonObject>((parent, child) => mergeObjects(withoutCompression(parent, child), child), {});
  return {
    kernelArguments: all("kernelArguments"),
    extensions: all("extensions"),
    fips: specs.some(({ fips }) => fips === true),
    kernelType: textOf(specs.map(({ kernelType }) => kernelType).findLast((one) => kernels.has(one))) ?? "",
    osImageURL: specs.map((spec) => textOf(spec["osImageURL"]) ?? "").findLast((text) => text !== "") ?? "",
    ignition: withoutEmpty(mapFiles(ignition, asWritten)) as JsonObject,
  };
}

/** The daemon overwrites whatever is there; before version 3 of Ignition a file named its filesystem too. */
const asWritten = ({ filesystem: _filesystem, ...file }: JsonObject): JsonObject => ({ overwrite: true, ...file });

/** Types of Go write and read back whatever is empty as if it was absent. */
function withoutEmpty(value: Json): Json {
  if (isList(value)) return value.map(withoutEmpty);
  const object = objectOf(value);
  if (object === undefined) return value;
  const entries = Object.entries(object).map(([key, inner]) => [key, withoutEmpty(inner)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => !isEmpty(inner)));
}

const isEmpty = (value: Json): boolean =>
  value === null || (typeof value === "object" && Object.keys(value).length === 0);

const filesOf = (ignition: JsonObject): readonly JsonObject[] =>
  listOf(readSegments(ignition, ["storage", "files"]))
    .map(objectOf)
    .filter((file) => file !== undefined);

function mapFiles(ignition: JsonObject, change: (file: JsonObject) => JsonObject): JsonObject {
  const files = filesOf(ignition);
  const storage = objectOf(ignition["storage"]);
  return files.length === 0 ? ignition : { ...ignition, storage: { ...storage, files: files.map(change) } };
}

/** The content of a file that another one replaces takes its compression along. */
function withoutCompression(parent: JsonObject, child: JsonObject): JsonObject {
  const replaced = new Set(filesOf(child).map(({ path }) => path));
  const isReplaced = ({ path, contents }: JsonObject): boolean => replaced.has(path) && contents !== undefined;
  if (replaced.size === 0 || !filesOf(parent).some(isReplaced)) return parent;
  return mapFiles(parent, (file) => {
    const { compression: _compression, ...contents } = objectOf(file["contents"]) ?? {};
    return isReplaced(file) ? { ...file, contents } : file;
  });
}

/** By their paths these are one list to Ignition: what becomes another kind of node no longer is among its own. */
const nodes = ["directories", "files", "links"] as const;

/** coreos/ignition config/merge/merge.go: what the child says counts, items of one key are merged, others follow each other. */
function mergeObjects(parent: JsonObject, child: JsonObject): JsonObject {
  const merged: Record<string, Json> = { ...parent };
  for (const name of nodes) {
    const others = new Set(nodes.filter((one) => one !== name).flatMap((one) => listOf(child[one]).map(keyOf)));
    const before = listOf(merged[name]);
    const kept = others.size === 0 ? before : before.filter((item) => !others.has(keyOf(item)));
    if (kept.length < before.length) merged[name] = kept;
  }
  for (const [key, value] of Object.entries(child)) {
    const [before, after] = [objectOf(merged[key]), objectOf(value)];
    if (before !== undefined && after !== undefined) merged[key] = mergeObjects(before, after);
    else merged[key] = isList(value) ? mergeLists(listOf(merged[key]), value, key) : value;
  }
  return merged;
}

function mergeLists(parent: readonly Json[], child: readonly Json[], name: string): readonly Json[] {
  if (name === "append") return [...parent, ...child];
  const merged = [...parent];
  const at = placesIn(parent);
  for (const [key, item] of new Map(child.map((one) => [keyOf(one), one]))) {
    const place = at.get(key);
    if (place === undefined) at.set(key, merged.push(item) - 1);
    else {
      const [before, after] = [objectOf(parent[place]), objectOf(item)];
      if (before !== undefined && after !== undefined) merged[place] = mergeObjects(before, after);
    }
  }
  knownPlaces.delete(parent);
  knownPlaces.set(merged, at);
  return merged;
}

/** Where the items of a merged list stand, by their keys: a thousand MachineConfigs may each add one to it. */
const knownPlaces = new WeakMap<readonly Json[], Map<string, number>>();

function placesIn(list: readonly Json[]): Map<string, number> {
  const known = knownPlaces.get(list);
  if (known !== undefined) return known;
  const places = new Map<string, number>();
  for (const [place, item] of list.entries()) if (!places.has(keyOf(item))) places.set(keyOf(item), place);
  return places;
}

/** What Ignition tells items of its lists apart by. */
function keyOf(item: Json): string {
  const object = objectOf(item);
  const key = ["path", "name", "device", "number", "label", "url", "source"].find((one) => object?.[one] !== undefined);
  return jsonText(key === undefined ? item : [key, object?.[key] ?? null]);
}
