import assert from "node:assert/strict";
import { test } from "node:test";
import { effectsOf, reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

const listing = (file: string): string => `resources: [${file}]\n`;
const cluster = (name: string, bundle: string): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata:
  name: ${name}
  namespace: clusters
spec:
  additionalTrustBundle: {name: ${bundle}}
  release:
    image: quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64
  platform: {type: KubeVirt}
`;
const machineConfig = (argument: string): string => `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: arguments
  labels: {machineconfiguration.openshift.io/role: worker}
spec:
  kernelArguments: [${argument}]
`;
const configured = (name: string): string => nodePool("one", "one", `  config: [{name: ${name}}]\n`);
const chart = (folder: string): Record<string, string> => ({
  [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder.replaceAll("/", "-")}\nversion: 1.0.0\n`,
});
const application = (name: string, path: string, helm: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  source: {repoURL: https://example.com/fleet.git, path: ${path}, helm: ${helm}}
`;

const apart = {
  "one/cluster/kustomization.yaml": listing("cluster.yaml"),
  "one/cluster/cluster.yaml": cluster("one", "old"),
  "one/pools/kustomization.yaml": listing("pool.yaml"),
  "one/pools/pool.yaml": nodePool("one", "one"),
};

test("the pools of a cluster count that another kustomization builds", withTools, async (context) => {
  const report = await reportOf(context, apart, { "one/cluster/cluster.yaml": cluster("one", "new") });
  assert.deepEqual(effectsOf(report), ["one/pools one/one replace"]);
  assert.equal(report.complete, true);
});

test("so they do where no kustomization builds the cluster", withTools, async (context) => {
  const { "one/cluster/kustomization.yaml": _, ...plain } = apart;
  const report = await reportOf(context, plain, { "one/cluster/cluster.yaml": cluster("one", "new") });
  assert.deepEqual(effectsOf(report), ["one/pools one/one replace"]);
});

test("of clusters that are called alike a pool belongs to the nearest", withTools, async (context) => {
  const other = Object.entries(apart).map(([path, text]) => [path.replace("one/", "two/"), text] as const);
  const both = { ...apart, ...Object.fromEntries(other) };
  const report = await reportOf(context, both, { "one/cluster/cluster.yaml": cluster("one", "new") });
  assert.deepEqual(effectsOf(report), ["one/pools one/one replace"]);
});

const generated = {
  "settings/base/kustomization.yaml":
    "configMapGenerator: [{name: tuned, namespace: clusters, files: [config=machine.txt]}]\ngeneratorOptions: {disableNameSuffixHash: true}\n",
  "settings/base/machine.txt": machineConfig("a"),
  "settings/dev/kustomization.yaml": "resources: [../base]\nnamePrefix: dev-\n",
};

test("a ConfigMap that one kustomization generates reaches pools of another", withTools, async (context) => {
  const base = {
    ...generated,
    "pools/kustomization.yaml": listing("pool.yaml"),
    "pools/pool.yaml": configured("dev-tuned"),
  };
  const report = await reportOf(context, base, { "settings/base/machine.txt": machineConfig("b") });
  assert.deepEqual(effectsOf(report), ["pools one/one replace"]);
});

test("and pools that no kustomization builds, but none that do not name it", withTools, async (context) => {
  const base = { ...generated, "pools/pool.yaml": configured("dev-tuned"), "others/pool.yaml": nodePool("two", "two") };
  const report = await reportOf(context, base, { "settings/base/machine.txt": machineConfig("b") });
  assert.deepEqual(effectsOf(report), ["- one/one replace"]);
  const unused = { ...generated, "pools/pool.yaml": configured("other") };
  const nothing = await reportOf(context, unused, { "settings/base/machine.txt": machineConfig("b") });
  assert.deepEqual([effectsOf(nothing), nothing.renderers], [[], undefined]);
});

test("a ConfigMap of a chart reaches pools beside it", withTools, async (context) => {
  const base = {
    ...chart("charts/settings"),
    "charts/settings/values.yaml": "argument: a\n",
    "charts/settings/templates/map.yaml": `apiVersion: v1
kind: ConfigMap
metadata: {name: tuned, namespace: clusters}
data:
  config: |
    ${machineConfig("{{ .Values.argument }}").trimEnd().replaceAll("\n", "\n    ")}
`,
    "applications/settings.yaml": application("settings", "charts/settings", "{}"),
    "pools/pool.yaml": configured("tuned"),
  };
  const report = await reportOf(context, base, { "charts/settings/values.yaml": "argument: b\n" });
  assert.deepEqual(effectsOf(report), ["- one/one replace"]);
});

test("the pools of a chart count whose cluster stands elsewhere", withTools, async (context) => {
  const base = {
    "cluster.yaml": cluster("one", "old"),
    ...chart("charts/pools"),
    "charts/pools/templates/pool.yaml": nodePool("{{ .Values.cluster }}", "{{ .Values.cluster }}-a"),
    "applications/pools.yaml": application("pools", "charts/pools", "{values: 'cluster: one'}"),
  };
  const report = await reportOf(context, base, { "cluster.yaml": cluster("one", "new") });
  assert.deepEqual(effectsOf(report), ["charts/pools one/one-a replace"]);
});

test(
  "an overlay that goes leaves nothing of the base behind, which another one still builds",
  withTools,
  async (context) => {
    const overlay = (name: string): Record<string, string> => ({
      [`overlays/${name}/kustomization.yaml`]: `resources: [../../base]\nnamePrefix: ${name}-\npatches: [path: pool.yaml]\n`,
      [`overlays/${name}/pool.yaml`]:
        "apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: {name: one, namespace: clusters}\nspec: {replicas: 3}\n",
    });
    const base = {
      "base/kustomization.yaml": listing("pool.yaml"),
      "base/pool.yaml": nodePool("one", "one"),
      ...overlay("dev"),
      ...overlay("prod"),
    };
    const gone = { "overlays/dev/kustomization.yaml": null, "overlays/dev/pool.yaml": null };
    assert.deepEqual(effectsOf(await reportOf(context, base, gone)), ["overlays/dev one/dev-one delete"]);
  },
);
