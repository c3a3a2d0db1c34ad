import assert from "node:assert/strict";
import { test } from "node:test";
import { reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

const files = {
  "clusters/prod/kustomization.yaml": "resources: [a.yaml, b.yaml]\n",
  "clusters/prod/a.yaml": nodePool("c", "a"),
  "clusters/prod/b.yaml": nodePool("c", "b"),
};
const removal = { "clusters/prod/kustomization.yaml": "resources: [a.yaml]\n", "clusters/prod/b.yaml": null };
const argo = (automated: string, path: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: prod, namespace: argocd}
spec:
  source: {repoURL: https://example.com/x.git, path: ${path}}
  syncPolicy: {automated: ${automated}}
`;
const flux = (prune: boolean): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: prod, namespace: flux-system}
spec: {path: ./clusters/prod, prune: ${prune}, interval: 1m}
`;
const applicationSet = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all}
spec:
  generators: [{git: {repoURL: https://example.com/x.git, directories: [{path: "clusters/*"}]}}]
  template:
    spec: {source: {path: "{{path}}"}, syncPolicy: {automated: {prune: true}}}
`;

for (const [what, deployer, expected] of [
  ["no GitOps tool in the repository", undefined, /deleted if your GitOps tool prunes/],
  [
    "Argo CD with prune",
    argo("{prune: true}", "clusters/prod"),
    /deleted: Argo CD Application prod \(apps\/prod\.yaml\) prunes/,
  ],
  [
    "Argo CD without prune",
    argo("{}", "clusters/prod"),
    /Argo CD Application prod \(apps\/prod\.yaml\) does not prune, so it stays/,
  ],
  ["an Application of another folder", argo("{prune: true}", "clusters/dev"), /deleted if your GitOps tool prunes/],
  ["Flux with prune", flux(true), /deleted: Flux Kustomization prod/],
  ["Flux without prune", flux(false), /Flux Kustomization prod \(apps\/prod\.yaml\) does not prune/],
  ["an ApplicationSet over folders", applicationSet, /deleted: Argo CD ApplicationSet all .* prunes/],
] as const)
  test(`a removed manifest, with ${what}`, withTools, async (context) => {
    const report = await reportOf(
      context,
      { ...files, ...(deployer === undefined ? {} : { "apps/prod.yaml": deployer }) },
      removal,
    );
    assert.deepEqual(
      report.pools.map(({ pool, effect }) => [pool, effect]),
      [["b", "delete"]],
    );
    assert.match(report.pools[0]?.causes[0]?.because ?? "", expected);
  });

test(
  "an Application that goes takes its objects along by its finalizer, not by its policy",
  withTools,
  async (context) => {
    const finalized = argo("{}", "clusters/prod").replace(
      "namespace: argocd",
      "namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io]",
    );
    const gone = Object.fromEntries([...Object.keys(files), "apps/prod.yaml"].map((path) => [path, null]));
    for (const [application, expected] of [
      [finalized, /deleted: Argo CD Application prod/],
      [argo("{prune: true}", "clusters/prod"), /does not prune, so it stays/],
    ] as const) {
      const report = await reportOf(context, { ...files, "apps/prod.yaml": application, "README.md": "x" }, gone);
      assert.deepEqual(
        report.pools.map(({ pool, effect }) => [pool, effect]),
        [
          ["a", "delete"],
          ["b", "delete"],
        ],
      );
      for (const { causes } of report.pools) assert.match(causes[0]?.because ?? "", expected);
    }
  },
);
