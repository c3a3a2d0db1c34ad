import { shoot } from "./shoots.ts";

export const base = {
  "base/kustomization.yaml": "resources: [shoot.yaml]\n",
  "base/shoot.yaml": shoot("one", ["a", "b"]),
};
export const overlay = (name: string, rest: string): Record<string, string> => ({
  [`overlays/${name}/kustomization.yaml`]: `namespace: garden-${name}\nresources: [../../base]\n${rest}`,
});
export const byIndex = (index: number, type: string): string => `- op: replace
  path: /spec/provider/workers/${index}/machine/type
  value: ${type}
`;
export const three = {
  ...base,
  ...overlay("dev", "patches: [{path: machine.yaml, target: {kind: Shoot}}]\n"),
  "overlays/dev/machine.yaml": byIndex(0, "m5.xlarge"),
  ...overlay("stage", "components: [../../components/large]\n"),
  ...overlay("prod", ""),
  "components/large/kustomization.yaml":
    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: machine.yaml, target: {kind: Shoot}}]\n",
  "components/large/machine.yaml": byIndex(1, "m5.2xlarge"),
};
