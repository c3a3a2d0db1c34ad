import { deliveryOf } from "./deliveries.ts";
import { groupOf } from "./identity.ts";
import type { Interest } from "./interest.ts";
import { isList, listOf } from "./json-list.ts";
import { bareObject, isObject } from "./json-object.ts";
import type { CreatedOnce, Delivery, Json, JsonObject, ValuePath } from "./manifest.ts";
import { textUnder } from "./read-value.ts";

/** An object inside another, and its place there. */
export interface Wrapped {
  readonly value: JsonObject;
  readonly path: ValuePath;
  /** The wrapper: two wrappers may hold objects of one name, for two clusters. */
  readonly application: string | undefined;
  readonly createdOnce?: CreatedOnce;
  readonly delivery?: Delivery;
}

/** Why the objects of a wrapper cannot be taken out. */
interface Unwrappable {
  readonly problem: string;
  readonly path: ValuePath;
}
type Unwrap = (wrapper: JsonObject, application: string) => (Wrapped | Unwrappable)[];

/** Kinds that deliver manifests to a cluster, where what others refer to counts without them; by group and kind. */
const carriers: ReadonlySet<string> = new Set([
  "work.open-cluster-management.io/ManifestWork",
  "work.open-cluster-management.io/ManifestWorkReplicaSet",
  "policy.open-cluster-management.io/Policy",
  "policy.open-cluster-management.io/ConfigurationPolicy",
  "hive.openshift.io/SyncSet",
  "hive.openshift.io/SelectorSyncSet",
  "template.openshift.io/Template",
  "kubernetes.crossplane.io/Object",
  "extensions.gardener.cloud/Cluster",
]);

/** Kinds from whose fields a controller makes objects. */
const templates: ReadonlyMap<string, { readonly group: string; readonly unwrap: Unwrap }> = new Map([
  ["ManagedSeedSet", { group: "seedmanagement.gardener.cloud", unwrap: seedShoots }],
  ["HypershiftDeployment", { group: "cluster.open-cluster-management.io", unwrap: hypershiftDeployment }],
]);

/** Whether a kind may hold objects of interest although it is none and names none that is judged. */
export const isWrapper = (group: string, kind: string): boolean =>
  carriers.has(`${group}/${kind}`) || templates.get(kind)?.group === group;

/** Whether a kind bears the name of one of them, whatever its group. */
export const isCalledWrapper = (kind: string): boolean =>
  templates.has(kind) || [...carriers].some((carrier) => carrier.endsWith(`/${kind}`));

/** Whether a text that names no kind of interest may still be a wrapper of templates. */
export function mentionsWrapper(text: string): boolean {
  for (const kind of templates.keys()) if (text.includes(kind)) return true;
  return false;
}

/**
 * The objects of interest inside a wrapper; undefined when it is none. Any kind that nobody here knows is one when a whole
 * object that is judged is in it: there are more ways of delivering manifests than can be listed.
 */
export function wrappedIn(value: JsonObject, interest: Interest): (Wrapped | Unwrappable)[] | undefined {
  const { apiVersion, kind } = value;
  if (kind === undefined && apiVersion === undefined) return objectsAmong(value, interest);
  if (typeof kind !== "string" || typeof apiVersion !== "string" || kind.endsWith("List")) return undefined;
  const group = groupOf(apiVersion);
  if (interest.find(group, kind) !== undefined) return undefined;
  const { name, namespace } = namesOf(value);
  const application = `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name ?? ""}`;
  const template = templates.get(kind);
  if (template?.group === group) return template.unwrap(value, application);
  const { objects, isJudged } = typedObjects(value, application, interest);
  return isJudged || carriers.has(`${group}/${kind}`) ? objects : undefined;
}

/** Whole objects among the values of a chart, or in the tasks of another program, which mostly deploy them as they are there. */
export function objectsAmong(values: Json, interest: Interest): Wrapped[] | undefined {
  const { objects, isJudged } = typedObjects(values, undefined, interest);
  return isJudged ? objects : undefined;
}

function namesOf(value: JsonObject): { readonly name: string | undefined; readonly namespace: string | undefined } {
  return { name: textUnder(value, "metadata", "name"), namespace: textUnder(value, "metadata", "namespace") };
}

/** Every value in it with a version, a kind and a name, and whether any of them is judged. */
function typedObjects(
  wrapper: Json,
  application: string | undefined,
  interest: Interest,
): { readonly objects: Wrapped[]; readonly isJudged: boolean } {
  const objects: Wrapped[] = [];
  let isJudged = false;
  const visit = (value: Json, path: ValuePath): void => {
    if (isList(value)) return value.forEach((item, index) => visit(item, [...path, index]));
    if (!isObject(value)) return;
    const { apiVersion, kind, metadata } = value;
    if (path.length > 0 && typeof apiVersion === "string" && typeof kind === "string" && isObject(metadata)) {
      const row = interest.find(groupOf(apiVersion), kind);
      if (row !== undefined && row.role !== "ignored") {
        const delivery = application === undefined ? undefined : deliveryOf(wrapper, path, value);
        objects.push({ value, path, application, ...(delivery === undefined ? {} : { delivery }) });
        isJudged ||= row.role === "judged";
        return;
      }
    }
    for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
  };
  visit(wrapper, []);
  return { objects, isJudged };
}

const create = (fields: Readonly<Record<string, Json>>): JsonObject =>
  Object.assign<JsonObject, Readonly<Record<string, Json>>>(bareObject(), fields);

/** The most replicas of a set that are followed; nobody writes larger ones by hand. */
export const mostReplicas = 100;

/** The Shoots `NAME-0`, `NAME-1`, … that the controller makes: it creates and deletes them, and never updates one. */
function seedShoots(wrapper: JsonObject, application: string): (Wrapped | Unwrappable)[] {
  const spec = isObject(wrapper["spec"]) ? wrapper["spec"] : {};
  const template = spec["shootTemplate"];
  const { name, namespace } = namesOf(wrapper);
  if (!isObject(template) || name === undefined) return [];
  const given = spec["replicas"];
  const replicas = typeof given === "number" ? Math.min(given, mostReplicas) : 1;
  const createdOnce = {
    because: `The ManagedSeedSet ${name} makes new Shoots from this template and leaves those that exist as they are`,
    source:
      "gardener/gardener@b312835d pkg/controllermanager/controller/managedseedset/replica.go CreateShoot, DeleteShoot",
  };
  const shoots = Array.from({ length: replicas }, (_, ordinal) => {
    const own = isObject(template["metadata"]) ? template["metadata"] : {};
    const metadata = create({ ...own, name: `${name}-${ordinal}`, ...(namespace === undefined ? {} : { namespace }) });
    const value = create({ ...template, apiVersion: "core.gardener.cloud/v1beta1", kind: "Shoot", metadata });
    return { value, path: ["spec", "shootTemplate"], application, createdOnce };
  });
  if (typeof given !== "number" || given <= mostReplicas) return shoots;
  const problem = `only the first ${mostReplicas} of ${given} Shoots of the ManagedSeedSet ${name} are judged; split it`;
  return [...shoots, { problem, path: ["spec", "replicas"] }];
}

/** The HostedCluster and NodePools of a HypershiftDeployment, which holds the specs alone. */
function hypershiftDeployment(wrapper: JsonObject, application: string): Wrapped[] {
  const spec = isObject(wrapper["spec"]) ? wrapper["spec"] : {};
  const { name = "" } = namesOf(wrapper);
  const namespace = typeof spec["hostingNamespace"] === "string" ? spec["hostingNamespace"] : "clusters";
  const object = (kind: string, own: string, inner: Json | undefined, path: ValuePath): Wrapped[] =>
    isObject(inner)
      ? [
          {
            value: create({
              apiVersion: "hypershift.openshift.io/v1beta1",
              kind,
              metadata: create({ name: own, namespace }),
              spec: inner,
            }),
            path,
            application,
          },
        ]
      : [];
  const pools = listOf(spec["nodePools"]);
  return [
    ...object("HostedCluster", name, spec["hostedClusterSpec"], ["spec"]),
    ...pools.flatMap((pool, index) => {
      const own = isObject(pool) && typeof pool["name"] === "string" ? pool["name"] : "";
      return object("NodePool", own, isObject(pool) ? pool["spec"] : undefined, ["spec", "nodePools", index]);
    }),
  ];
}
