import { groupOf } from "./identity.ts";
import { isList, listOf } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Delivery, Json, JsonObject, ValuePath } from "./manifest.ts";
import { textUnder, valueUnder } from "./read-value.ts";

/** What a kind that carries manifests does with one of them, where it does not simply apply it. */
type Reader = (around: readonly JsonObject[], object: JsonObject) => Delivery | undefined;

const isWord = (value: Json | undefined, ...words: readonly string[]): boolean =>
  typeof value === "string" && words.includes(value.toLowerCase());

const groupIn = (object: JsonObject): string => groupOf(textUnder(object, "apiVersion") ?? "");
const kindIn = (object: JsonObject): string => textUnder(object, "kind") ?? "";

const isPolicyKind = (value: JsonObject, kind: string): boolean =>
  kindIn(value) === kind && groupIn(value) === "policy.open-cluster-management.io";

/**
 * A policy that informs only reports, whatever it asks for; its parent's word counts before its own. One of which nothing is
 * said here may be given its action elsewhere.
 * open-cluster-management-io/config-policy-controller@ecf24b4086 controllers/configurationpolicy_controller.go,
 * open-cluster-management-io/governance-policy-framework-addon@322d55c6ab controllers/templatesync/template_sync.go
 * overrideRemediationAction
 */
const policy: Reader = (around) => {
  const parent = around.find((value) => isPolicyKind(value, "Policy"));
  const own = around.find((value) => isPolicyKind(value, "ConfigurationPolicy"));
  if (own === undefined) return undefined;
  if (valueUnder(parent, "spec", "disabled") === true) return { does: "nothing", because: "its Policy is disabled" };
  const asked = valueUnder(own, "spec", "remediationAction");
  const above = valueUnder(parent, "spec", "remediationAction") ?? "";
  const action = isWord(asked, "informonly") || above === "" ? asked : above;
  if (isWord(action, "inform", "informonly"))
    return { does: "nothing", because: "the remediationAction of its policy is inform" };
  const template = around.findLast((value) => Object.hasOwn(value, "objectDefinition"));
  if (isWord(template?.["complianceType"], "mustnothave"))
    return { does: "delete", because: "its policy says mustnothave" };
  return undefined;
};

/** The strategy that a ManifestWork names for the object: open-cluster-management-io/api@1845fd8032 work/v1/types.go UpdateStrategy. */
const work: Reader = (around, object) => {
  const configs = around.flatMap((value) => listOf(value["manifestConfigs"])).filter(isObject);
  const { metadata } = object;
  const wanted = {
    group: groupIn(object),
    resource: `${kindIn(object).toLowerCase()}s`,
    namespace: valueUnder(metadata, "namespace") ?? "",
    name: valueUnder(metadata, "name"),
  };
  const own = configs.find(({ resourceIdentifier: named }) =>
    Object.entries(wanted).every(([key, value]) => (valueUnder(named, key) ?? "") === value),
  );
  const type = valueUnder(own, "updateStrategy", "type");
  if (type === "ReadOnly") return { does: "nothing", because: "its ManifestWork only reads it (ReadOnly)" };
  return type === "CreateOnly"
    ? { does: "create", because: "its ManifestWork only creates it (CreateOnly)" }
    : undefined;
};

/** openshift/hive@c02e51732c apis/hive/v1/syncset_types.go SyncSetApplyBehavior */
const syncSet: Reader = ([root]) =>
  root !== undefined &&
  groupIn(root) === "hive.openshift.io" &&
  valueUnder(root, "spec", "applyBehavior") === "CreateOnly"
    ? {
        does: "create",
        because: `its ${kindIn(root)} only creates it (applyBehavior: CreateOnly)`,
      }
    : undefined;

/**
 * What an Object of Crossplane may do; without a word of it, everything.
 * crossplane-contrib/provider-kubernetes@350ef9acf9 apis/cluster/object/v1alpha1/conversion.go
 */
const crossplane: Reader = ([root]) => {
  if (root === undefined || !/^kubernetes\.(?:m\.)?crossplane\.io$/.test(groupIn(root))) return undefined;
  const observed: Delivery = { does: "nothing", because: "its Object of Crossplane does not update it" };
  const policies = valueUnder(root, "spec", "managementPolicies");
  if (!isList(policies) || policies.length === 0)
    return isWord(valueUnder(root, "spec", "managementPolicy"), "observe", "observedelete") ? observed : undefined;
  if (policies.some((one) => isWord(one, "*", "update"))) return undefined;
  return policies.some((one) => isWord(one, "create")) ? { ...observed, does: "create" } : observed;
};

/** What becomes of an object inside another; undefined where it is applied as it stands there. */
export function deliveryOf(wrapper: Json, path: ValuePath, object: JsonObject): Delivery | undefined {
  const around: JsonObject[] = [];
  let value: Json | undefined = wrapper;
  for (const key of path) {
    if (isObject(value)) around.push(value);
    value = isList(value) ? value[Number(key)] : isObject(value) ? value[String(key)] : undefined;
  }
  return policy(around, object) ?? work(around, object) ?? syncSet(around, object) ?? crossplane(around, object);
}
