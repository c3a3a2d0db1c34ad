import assert from "node:assert/strict";
import { test } from "node:test";
import { effectsOf, reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

type Files = Readonly<Record<string, string>>;

/** How an object gets to the cluster: files that stay, and those in which its value stands. */
type Way = (
  folder: string,
  object: (value: string) => string,
) => { readonly same: Files; readonly of: (value: string) => Files };

const listing = "resources: [object.yaml]\n";
const application = (folder: string, helm = ""): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${folder}, namespace: argocd }
spec:
  destination: { namespace: clusters, name: management }
  source: { repoURL: https://example.com/fleet, path: ${folder}, targetRevision: main${helm} }
`;
const flux = (folder: string, value: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${folder}, namespace: flux-system }
spec:
  path: ./${folder}
  prune: true
  sourceRef: { kind: GitRepository, name: fleet }
  postBuild: { substitute: { VALUE: "${value}" } }
`;
const ways: Readonly<Record<string, Way>> = {
  "a file": (folder, object) => ({ same: {}, of: (value) => ({ [`${folder}/object.yaml`]: object(value) }) }),
  "a kustomization": (folder, object) => ({
    same: { [`${folder}/kustomization.yaml`]: listing },
    of: (value) => ({ [`${folder}/object.yaml`]: object(value) }),
  }),
  "a replacement": (folder, object) => ({
    same: {
      [`${folder}/kustomization.yaml`]: `${listing}transformers: [set.yaml]\n`,
      [`${folder}/object.yaml`]: object("VALUE"),
    },
    of: (value) => ({
      [`${folder}/set.yaml`]: `apiVersion: builtin
kind: PatchTransformer
metadata: { name: set }
target: { name: ${object("").includes("name: one") ? "one" : "bundle"} }
patch: |-
  - { op: replace, path: ${object("").includes("kind: ConfigMap") ? "/data/ca-bundle.crt" : "/spec/additionalTrustBundle/name"}, value: ${value} }
`,
    }),
  }),
  "a variable of Flux": (folder, object) => ({
    same: { [`${folder}/object.yaml`]: object("${VALUE}") },
    of: (value) => ({ [`flux/${folder}.yaml`]: flux(folder, value) }),
  }),
  "a value of a chart": (folder, object) => ({
    same: {
      [`${folder}/Chart.yaml`]: `apiVersion: v2\nname: ${folder}\nversion: 0.1.0\n`,
      [`${folder}/templates/object.yaml`]: object("{{ .Values.value }}"),
    },
    of: (value) => ({ [`apps/${folder}.yaml`]: application(folder, `, helm: { values: "value: ${value}" }`) }),
  }),
};
const asBefore = (way: string, folder: string, text: string): Files => {
  const { same, of } = ways[way]!(folder, () => text);
  return { ...same, ...of("as-before") };
};

const cluster = (bundle: string): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: HostedCluster
metadata: { name: one, namespace: clusters }
spec:
  additionalTrustBundle:
    name: ${bundle}
  release: { image: "quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64" }
  platform: { type: KubeVirt }
`;
const bundle = (certificates: string): string => `apiVersion: v1
kind: ConfigMap
metadata: { name: bundle, namespace: clusters }
data:
  ca-bundle.crt: ${certificates}
`;
const holders = ["a file", "a kustomization", "a value of a chart"];

for (const [way, wayOf] of Object.entries(ways))
  for (const holder of holders) {
    test(`a cluster that changes by ${way} reaches pools of ${holder}`, withTools, async (context) => {
      const { same, of } = wayOf("used", cluster);
      const pools = asBefore(holder, "pools", nodePool("one", "one"));
      const report = await reportOf(context, { ...pools, ...same, ...of("old") }, of("new"));
      assert.deepEqual([effectsOf(report).map(withoutApplication), report.complete], [["one/one replace"], true]);
    });

    for (const between of ["a file", "a kustomization"])
      test(
        `a ConfigMap that changes by ${way} reaches pools of ${holder} through a cluster of ${between}`,
        withTools,
        async (context) => {
          const { same, of } = wayOf("used", bundle);
          const pools = asBefore(holder, "pools", nodePool("one", "one"));
          const base = { ...pools, ...asBefore(between, "cluster", cluster("bundle")), ...same, ...of("old") };
          const report = await reportOf(context, base, of("new"));
          assert.deepEqual(
            [effectsOf(report).map(withoutApplication), report.complete],
            [["one/one new-nodes-only"], true],
          );
        },
      );
  }

function withoutApplication(effect: string): string {
  return effect.replace(/^\S+ /, "");
}
