import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze, type Side, type SourceFile } from "../../src/index.ts";

const nodePool = `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: a, namespace: clusters}
spec:
  clusterName: c
  replicas: 2
  config: [{name: settings}]
  management: {upgradeType: Replace}
  platform: {type: KubeVirt, kubevirt: {compute: {cores: 2, memory: 8Gi}}}
  release: {image: quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64}
`;
const settings = (pods: number): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: clusters}
data:
  config: |
    apiVersion: machineconfiguration.openshift.io/v1
    kind: KubeletConfig
    metadata: {name: pods}
    spec: {kubeletConfig: {maxPods: ${pods}}}
`;
const file = (application: string | undefined, text: string, path: string): SourceFile => ({
  path: `${application ?? "plain"}/${path}`,
  bytes: new TextEncoder().encode(text),
  ...(application === undefined ? {} : { application }),
});
const side = (...files: readonly SourceFile[]): Side => ({ label: "side", files });
/** The effects on pool `a` of one application, as the ConfigMap of another one changes. */
const effects = (
  pool: string | undefined,
  changed: string | undefined,
  others: readonly (string | undefined)[],
): (readonly [string | undefined, string])[] => {
  const rest = [
    file(pool, nodePool, "pool.yaml"),
    ...others.map((application) => file(application, settings(100), "settings.yaml")),
  ];
  const base = side(...rest, file(changed, settings(100), "settings.yaml"));
  const head = side(...rest, file(changed, settings(200), "settings.yaml"));
  return analyze(base, head).pools.map(({ application, effect }) => [application, effect] as const);
};

test("the only object of a name is meant wherever it is", () => {
  assert.deepEqual(effects(undefined, "apps/a", []), [[undefined, "replace"]]);
  assert.deepEqual(effects("apps/a", undefined, []), [["apps/a", "replace"]]);
  assert.deepEqual(effects("apps/a", "b", []), [["apps/a", "replace"]]);
});

test("of several objects of a name the own one is meant, else the one that is nearest", () => {
  assert.deepEqual(effects("apps/a", "apps/a", ["apps/b"]), [["apps/a", "replace"]]);
  assert.deepEqual(effects("apps/a", "apps/b", ["apps/a"]), []);
  assert.deepEqual(effects("dev/pools", "dev/cluster", ["prod/cluster"]), [["dev/pools", "replace"]]);
  assert.deepEqual(effects("dev/pools", "prod/cluster", ["dev/cluster"]), []);
});
