import type { Derived } from "../../rules/functions.ts";

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
