import assert from "node:assert/strict";
import { test } from "node:test";
import { reportOf, withTools } from "../comparison.ts";
import { chart } from "../pool-chart.ts";
import { nodePool } from "../shoots.ts";

const flux = (name: string, path: string, more = "prune: true"): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {path: ${path}, sourceRef: {kind: GitRepository, name: fleet}, ${more}}\n`;
const application = (name: string, path: string, metadata = ""): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd${metadata}}\nspec: {source: {repoURL: https://example.com/fleet.git, path: ${path}}, destination: {server: https://kubernetes.default.svc}}\n`;
const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: pools, namespace: clusters}\nspec: {chart: {spec: {chart: charts/pools, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: fleet}}}, values: ${JSON.stringify({ cluster: "c", pools: [{ name: "a", replicas: 2 }] })}}\n`;
const finalizer = ", finalizers: [resources-finalizer.argocd.argoproj.io]";
const pool = nodePool("c", "workers");
const clusters = {
  "clusters/a/sync.yaml": flux("flux-system", "./clusters/a"),
  "clusters/b/sync.yaml": flux("flux-system", "./clusters/b"),
};
const overlay = "resources: [../base]\n";
const shared = { "base/kustomization.yaml": "resources: [pool.yaml]\n", "base/pool.yaml": pool };
const moved = (object: string) => ({ "clusters/a/pools.yaml": null, "clusters/b/pools.yaml": object });

for (const [what, base, change, expected] of [
  [
    "moves to the folder of another cluster",
    { ...clusters, "clusters/a/pools.yaml": flux("pools", "./pools"), "pools/pool.yaml": pool },
    moved(flux("pools", "./pools")),
    /^the Kustomization "flux-system\/pools" moves from "clusters\/a" to "clusters\/b"/,
  ],
  [
    "moves there, and changes what it deploys",
    { ...clusters, "clusters/a/pools.yaml": flux("pools", "./pools", "namePrefix: x-"), "pools/pool.yaml": pool },
    moved(flux("pools", "./pools", "namePrefix: x-")),
    /^the Kustomization "flux-system\/pools" moves from "clusters\/a" to "clusters\/b"/,
  ],
  [
    "moves there, and deploys no pools",
    { ...clusters, "clusters/a/pools.yaml": flux("pools", "./pools"), "pools/o.yaml": "kind: Other\n" },
    moved(flux("pools", "./pools")),
    undefined,
  ],
  [
    "moves inside the folder of its cluster",
    { ...clusters, "clusters/a/pools.yaml": flux("pools", "./pools"), "pools/pool.yaml": pool },
    { "clusters/a/pools.yaml": null, "clusters/a/deep/pools.yaml": flux("pools", "./pools") },
    undefined,
  ],
  [
    "is a HelmRelease and moves there",
    { ...chart, ...clusters, "clusters/a/pools.yaml": release },
    moved(release),
    /^the HelmRelease "clusters\/pools" moves from "clusters\/a" to "clusters\/b"/,
  ],
  [
    "moves to the folder of another cluster, whose kustomization lists it",
    {
      ...clusters,
      "clusters/a/pools.yaml": flux("pools", "./pools"),
      "pools/pool.yaml": pool,
      "clusters/a/kustomization.yaml": "resources: [sync.yaml, pools.yaml]\n",
      "clusters/b/kustomization.yaml": "resources: [sync.yaml]\n",
    },
    {
      ...moved(flux("pools", "./pools")),
      "clusters/a/kustomization.yaml": "resources: [sync.yaml]\n",
      "clusters/b/kustomization.yaml": "resources: [sync.yaml, pools.yaml]\n",
    },
    /^the Kustomization "flux-system\/pools" moves from "clusters\/a" to "clusters\/b"/,
  ],
  [
    "moves out of the folder of its cluster",
    { ...clusters, "clusters/a/pools.yaml": flux("pools", "./pools"), "pools/pool.yaml": pool },
    { "clusters/a/pools.yaml": null, "attic/pools.yaml": flux("pools", "./pools") },
    /^the Kustomization "flux-system\/pools" moves from "clusters\/a" to "attic", where what applied it does not look/,
  ],
  [
    "moves into the folder of a cluster",
    { ...clusters, "attic/pools.yaml": flux("pools", "./pools"), "pools/pool.yaml": pool },
    { "attic/pools.yaml": null, "clusters/a/pools.yaml": flux("pools", "./pools") },
    /^the Kustomization "flux-system\/pools" moves from "attic" to "clusters\/a", where another object applies it/,
  ],
  [
    "is a HelmRelease and moves out of the folder of its cluster",
    { ...chart, ...clusters, "clusters/a/pools.yaml": release },
    { "clusters/a/pools.yaml": null, "attic/pools.yaml": release },
    /^the HelmRelease "clusters\/pools" moves from "clusters\/a" to "attic", where what applied it does not look/,
  ],
  [
    "moves out of the folder of its cluster, whose kustomization lists it there",
    {
      ...clusters,
      "clusters/a/pools.yaml": flux("pools", "./pools"),
      "pools/pool.yaml": pool,
      "clusters/a/kustomization.yaml": "resources: [sync.yaml, pools.yaml]\n",
      "shared/kustomization.yaml": "resources: [o.yaml]\n",
      "shared/o.yaml": "kind: Other\n",
    },
    {
      "clusters/a/pools.yaml": null,
      "shared/pools.yaml": flux("pools", "./pools"),
      "shared/kustomization.yaml": "resources: [o.yaml, pools.yaml]\n",
      "clusters/a/kustomization.yaml": "resources: [sync.yaml, ../../shared]\n",
    },
    undefined,
  ],
  [
    "goes with its folder, whose pools another one has",
    { "d/old.yaml": flux("old", "./old"), "old/pool.yaml": pool },
    { "d/old.yaml": null, "old/pool.yaml": null, "d/new.yaml": flux("new", "./new"), "new/pool.yaml": pool },
    /^the Kustomization "flux-system\/old" goes with its folder, and "new\/pool.yaml" has the same objects: the first/,
  ],
  [
    "goes with its overlay of a base, of which another one has another overlay",
    { ...shared, "d/old.yaml": flux("old", "./old"), "old/kustomization.yaml": overlay },
    {
      "d/old.yaml": null,
      "old/kustomization.yaml": null,
      "d/new.yaml": flux("new", "./new"),
      "new/kustomization.yaml": overlay,
    },
    /^the Kustomization "flux-system\/old" goes with its folder, and "base\/pool.yaml" has the same objects: the first/,
  ],
  [
    "goes, while its overlay of a base stays",
    { ...shared, "d/old.yaml": flux("old", "./old"), "old/kustomization.yaml": overlay },
    { "d/old.yaml": null },
    /^the Kustomization "flux-system\/old" is gone, and what it makes of "old" is not rendered here/,
  ],
  [
    "comes with its overlay of a base",
    { ...shared, "d/old.yaml": flux("old", "./old"), "old/kustomization.yaml": overlay },
    { "d/new.yaml": flux("new", "./new"), "new/kustomization.yaml": `${overlay}namespace: other\n` },
    undefined,
  ],
  [
    "goes with its folder, and leaves what it deployed",
    { "d/old.yaml": flux("old", "./old", "prune: false"), "old/pool.yaml": pool },
    { "d/old.yaml": null, "old/pool.yaml": null, "d/new.yaml": flux("new", "./new"), "new/pool.yaml": pool },
    undefined,
  ],
  [
    "of Argo CD goes with its folder, and deletes what it deployed",
    { "d/old.yaml": application("old", "old", finalizer), "old/pool.yaml": pool },
    { "d/old.yaml": null, "old/pool.yaml": null, "d/new.yaml": application("new", "new"), "new/pool.yaml": pool },
    /^the Application "argocd\/old" goes with its folder, and "new\/pool.yaml" has the same objects: the first/,
  ],
  [
    "of Argo CD goes with its folder, and leaves what it deployed",
    { "d/old.yaml": application("old", "old"), "old/pool.yaml": pool },
    { "d/old.yaml": null, "old/pool.yaml": null, "d/new.yaml": application("new", "new"), "new/pool.yaml": pool },
    undefined,
  ],
] as const)
  test(`an object of a GitOps tool that ${what}`, withTools, async (context) => {
    const { complete, diagnostics } = await reportOf(context, base, change);
    assert.equal(complete, expected === undefined);
    if (expected !== undefined)
      assert.ok(
        diagnostics.some(({ message }) => expected.test(message)),
        JSON.stringify(diagnostics),
      );
  });
