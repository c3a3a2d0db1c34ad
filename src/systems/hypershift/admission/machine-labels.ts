import type { Scope } from "../../../rules/functions.ts";
import { objectOf } from "../values.ts";

/** np/nodepool_controller.go labelManagedPrefix: on a Machine each label has it before its own key. */
const managed = "managed.hypershift.openshift.io.";

/**
 * np/capi.go propagateLabelsAndTaintsToMachines writes `nodeLabels` to the Machines of a Replace pool before anything else of its
 * MachineDeployment. The CRD takes any text, but the API server refuses labels of a Machine that are none
 * (kubernetes/apimachinery pkg/util/validation IsQualifiedName, IsValidLabelValue).
 */
export function machineLabelProblems(scope: Scope): string[] {
  if (scope.get("$pool/spec/management/upgradeType") !== "Replace" || isUnmanaged(scope)) return [];
  return Object.entries(objectOf(scope.get("$pool/spec/nodeLabels")) ?? {}).flatMap(([key, value]) => {
    const named = `nodeLabels ${JSON.stringify(key.slice(0, 80))}`;
    if (!isKey(`${managed}${key}`))
      return [
        `${named} cannot be a label of a Machine, where ${managed} stands before it and a name has 63 characters at most`,
      ];
    return typeof value !== "string" || value === "" || isName(value)
      ? []
      : [`${named} has a value that no label can have: ${JSON.stringify(value.slice(0, 80))}`];
  });
}

const isUnmanaged = (scope: Scope): boolean => {
  const platform = scope.get("$pool/spec/platform/type");
  return platform === "None" || platform === "IBMCloud";
};

function isKey(key: string): boolean {
  const [prefix = "", name, ...more] = key.split("/");
  if (name === undefined) return isName(prefix);
  return more.length === 0 && prefix.length <= 253 && prefix.split(".").every(isDomainPart) && isName(name);
}

const isDomainPart = (text: string): boolean =>
  /^[-a-z0-9]+$/.test(text) && !text.startsWith("-") && !text.endsWith("-");

const isName = (text: string): boolean =>
  text.length <= 63 && /^[-A-Za-z0-9_.]+$/.test(text) && /^[A-Za-z0-9]/.test(text) && /[A-Za-z0-9]$/.test(text);
