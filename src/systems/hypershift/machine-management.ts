import type { Json } from "../../manifests/manifest.ts";
import type { Derived, Scope } from "../../rules/functions.ts";

/**
 * Who changes the machines of a pool: `Replace`, `InPlace`, or `Unmanaged` where no Cluster API objects exist
 * (hypershift-operator/controllers/nodepool/nodepool_controller.go isAutomatedMachineManagement).
 */
export const machineManagement: Derived = (scope) => {
  const platform = scope.get("$pool/spec/platform/type");
  const userProvisioned = scope.get("$pool/spec/platform/ibmcloud/providerType") === "UPI";
  if (platform === "None" || userProvisioned) return "Unmanaged";
  return scope.get("$pool/spec/management/upgradeType") ?? "Replace";
};

/** How nodes of a pool move: a section that its upgrade type does not read says nothing, though the API fills in a default. */
export const rollout: Derived = (scope) => {
  const management = machineManagement(scope);
  const replace = scope.get("$pool/spec/management/replace/strategy") ?? "RollingUpdate";
  if (management === "InPlace") return { strategy: "InPlace", unavailable: inPlaceUnavailable(scope) };
  if (management !== "Replace") return { strategy: "Unmanaged" };
  if (replace === "OnDelete") return { strategy: replace };
  const surge = scope.get("$pool/spec/management/replace/rollingUpdate/maxSurge") ?? 1;
  const unavailable = scope.get("$pool/spec/management/replace/rollingUpdate/maxUnavailable") ?? 0;
  // kubernetes-sigs/cluster-api mdutil ResolveFenceposts
  return { strategy: replace, surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
};

/** np/capi.go getInPlaceMaxUnavailable: a percentage of `replicas`, which an autoscaled pool has not; none at all is one. */
function inPlaceUnavailable(scope: Scope): Json {
  const given = scope.get("$pool/spec/management/inPlace/maxUnavailable") ?? 1;
  const isOfNone = typeof given === "string" && given.endsWith("%") && scope.get("$pool/spec/replicas") === undefined;
  return given === 0 || isOfNone ? 1 : given;
}
