import { interestIn } from "../../src/manifests/interest.ts";

/** Kinds as the rule tables name them. */
export const interest = interestIn([
  { group: "core.gardener.cloud", kind: "Shoot", role: "judged" },
  { group: "hypershift.openshift.io", kind: "NodePool", role: "judged" },
  { group: "hypershift.openshift.io", kind: "HostedCluster", role: "judged" },
  { group: "", kind: "ConfigMap", role: "reference", users: ["NodePool", "HostedCluster"] },
  {
    group: "cluster.x-k8s.io",
    kind: "MachineDeployment",
    role: "unsupported",
    message: "judge the Shoot or NodePool it is made from",
  },
  { group: "garden.sapcloud.io", kind: "Shoot", role: "unsupported" },
  { group: "karpenter.sh", kind: "NodePool", role: "ignored" },
]);

/** A file of one side, from its text. */
export function file(path: string, text: string): { path: string; bytes: Uint8Array } {
  return { path, bytes: new TextEncoder().encode(text) };
}
