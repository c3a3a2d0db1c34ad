import { listOf } from "../../../manifests/json-list.ts";
import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Derived, Scope } from "../../../rules/functions.ts";
import { read, textOf } from "./json.ts";
import { nodeTemplateProblems } from "./node-template.ts";
import { newProblems, type Problem } from "./problems.ts";

const config = "$pool/providerConfig";

/** Go sorts strings by their bytes; code units agree with that except beyond the basic plane, which labels do not reach. */
const sorted = (texts: readonly string[]): readonly string[] | undefined =>
  texts.length === 0 ? undefined : texts.toSorted();

/** `name=value` of the machine labels that ask for a rollout, as OpenStack and STACKIT hash them. */
export const rollingMachineLabels: Derived = (scope) =>
  sorted(
    listOf(scope.get(`${config}/machineLabels`)).flatMap((label) =>
      read(label, "triggerRollingOnUpdate") === true
        ? [`${textOf(read(label, "name"))}=${textOf(read(label, "value"))}`]
        : [],
    ),
  );

/** Additional security groups without their order. */
export const additionalSecurityGroups: Derived = (scope) =>
  sorted(listOf(scope.get(`${config}/additionalSecurityGroups`)).map(textOf));

/** ValidateWorkerConfig of provider-openstack, without what the shape already says. */
function openstackProblems(scope: Scope): readonly Problem[] {
  const value = scope.get(config);
  if (value === undefined) return [];
  const problems: Problem[] = [...nodeTemplateProblems(config, value)];
  // Without a version it is decoded into the internal type, which knows none of the fields by these names.
  const said = Object.keys(isObject(value) ? value : {}).some((key) => key !== "kind" && key !== "apiVersion");
  if (said && textOf(read(value, "apiVersion")) === "")
    problems.push({ path: `${config}/apiVersion`, message: "must be set where other fields are" });
  const policy = read(value, "serverGroup", "policy");
  const path = `${config}/serverGroup/policy`;
  if (read(value, "serverGroup") !== undefined && (policy ?? "") === "")
    problems.push({ path, message: "must not be empty" });
  if (policy === "affinity" && listOf(scope.get("$pool/zones")).length > 1)
    problems.push({ path, message: "affinity is not allowed for a pool with several zones" });
  return [...problems, ...labelProblems(scope, value), ...groupProblems(value)];
}

function labelProblems(scope: Scope, value: Json): readonly Problem[] {
  const seen = new Set<string>();
  const poolLabels = scope.get("$pool/labels");
  return listOf(read(value, "machineLabels")).flatMap((label, index) => {
    const name = textOf(read(label, "name"));
    const path = `${config}/machineLabels/${index}/name`;
    if (seen.has(name)) return [{ path, message: `label "${name}" appears twice` }];
    seen.add(name);
    return read(poolLabels, name) === undefined ? [] : [{ path, message: `"${name}" is already a label of the pool` }];
  });
}

function groupProblems(value: Json): readonly Problem[] {
  const groups = listOf(read(value, "additionalSecurityGroups"));
  return groups.flatMap((group, index) => {
    const path = `${config}/additionalSecurityGroups/${index}`;
    if (textOf(group) === "") return [{ path, message: "must not be empty" }];
    return groups.indexOf(group) < index ? [{ path, message: "the security group appears twice" }] : [];
  });
}

/** What provider-openstack refuses in the WorkerConfig of a pool. */
export const openstackWorkerConfig = newProblems(openstackProblems);
