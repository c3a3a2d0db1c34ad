import type { Json } from "../../../manifests/manifest.ts";
import type { Derived } from "../../../rules/functions.ts";
import { listOf, objectOf, textOf } from "../values.ts";

/** The label selector as it is written to the template: empty members are left out, the selector itself stays. */
export const agentLabelSelector: Derived = (scope) => {
  const selector = objectOf(scope.get("$pool/spec/platform/agent/agentLabelSelector"));
  if (selector === undefined) return undefined;
  const labels = objectOf(selector["matchLabels"]) ?? {};
  const expressions = listOf(selector["matchExpressions"]).map((entry): Json => {
    const item = objectOf(entry);
    const values = listOf(item?.["values"]);
    return {
      key: textOf(item?.["key"]) ?? "",
      operator: textOf(item?.["operator"]) ?? "",
      values: values.length === 0 ? null : values,
    };
  });
  return {
    matchLabels: Object.keys(labels).length === 0 ? null : labels,
    matchExpressions: expressions.length === 0 ? null : expressions,
  };
};
