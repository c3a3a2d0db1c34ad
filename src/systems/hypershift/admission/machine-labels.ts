import type { Check, Finding, Scope } from "../../../rules/functions.ts";
import { machineManagement } from "../machine-management.ts";
import { objectOf } from "../values.ts";

/** np/nodepool_controller.go labelManagedPrefix: on a Machine each label has it before its own key. */
const managed = "managed.hypershift.openshift.io.";

/**
 * np/capi.go propagateLabelsAndTaintsToMachines writes `nodeLabels` to the Machines of a Replace pool before anything else of its
 * MachineDeployment. The CRD takes any text, but the API server refuses labels of a Machine that are none.
 */
export const machineLabelProblems = (scope: Scope): string[] =>
  machineManagement(scope) === "Replace" ? unfitLabels(scope) : [];

/**
 * Those of an InPlace pool are in the template of its MachineSet, which makes no Machine and changes none from then on; in place
 * its nodes are updated all the same (kubernetes-sigs/cluster-api@e7383cd0a4
 * internal/controllers/machineset/machineset_controller.go syncMachines).
 */
export const setLabelProblems = (scope: Scope): string[] =>
  machineManagement(scope) === "InPlace" ? unfitLabels(scope) : [];

export const setLabelsRefused: Check = ({ head }) =>
  head === undefined ? [] : setLabelProblems(head).map((because): Finding => ({ because }));

/** kubernetes/apimachinery pkg/util/validation IsQualifiedName, IsValidLabelValue. */
const unfitLabels = (scope: Scope): string[] =>
  Object.entries(objectOf(scope.get("$pool/spec/nodeLabels")) ?? {}).flatMap(([key, value]) => {
    const named = `nodeLabels ${JSON.stringify(key.slice(0, 80))}`;
    if (!isKey(`${managed}${key}`))
      return [
        `${named} cannot be a label of a Machine, where ${managed} stands before it and a name has 63 characters at most`,
      ];
    return typeof value !== "string" || value === "" || isName(value)
      ? []
      : [`${named} has a value that no label can have: ${JSON.stringify(value.slice(0, 80))}`];
  });

function isKey(key: string): boolean {
  const [prefix = "", name, ...more] = key.split("/");
  if (name === undefined) return isName(prefix);
  return more.length === 0 && prefix.length <= 253 && prefix.split(".").every(isDomainPart) && isName(name);
}

const isDomainPart = (text: string): boolean =>
  /^[-a-z0-9]+$/.test(text) && !text.startsWith("-") && !text.endsWith("-");

const isName = (text: string): boolean =>
  text.length <= 63 && /^[-A-Za-z0-9_.]+$/.test(text) && /^[A-Za-z0-9]/.test(text) && /[A-Za-z0-9]$/.test(text);
