import assert from "node:assert/strict";
import { test } from "node:test";
import { effectsOf, reportOf, withTools } from "../comparison.ts";
import { chart } from "../pool-chart.ts";
import { nodePool } from "../shoots.ts";

const flux = (name: string, path: string, spec = ""): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ${path}, interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: flux-system }${spec} }
`;
const force = ", force: true";
const [before, after] = [nodePool("one", "a"), nodePool("two", "a")];
const said =
  /Flux then deletes the NodePool clusters\/a and creates it again, since the Kustomization "flux-system\/pools" \(flux\/pools\.yaml\) says force: true$/;

for (const [what, files, effect] of [
  ["forces", { "flux/pools.yaml": flux("pools", "./prod/pools", force) }, "delete"],
  ["forces a folder around it", { "flux/pools.yaml": flux("pools", "./prod", force) }, "delete"],
  ["forces the whole repository", { "flux/pools.yaml": flux("pools", "./", force) }, "delete"],
  ["does not force", { "flux/pools.yaml": flux("pools", "./prod/pools") }, "rejected"],
  [
    "forces, but is suspended",
    { "flux/pools.yaml": flux("pools", "./prod/pools", `${force}, suspend: true`) },
    "rejected",
  ],
  ["forces another folder", { "flux/pools.yaml": flux("pools", "./prod/poo", force) }, "rejected"],
  [
    "forces a folder around it, and a nearer one does not",
    { "flux/pools.yaml": flux("pools", "./prod", force), "flux/near.yaml": flux("near", "./prod/pools") },
    "rejected",
  ],
  [
    "fills in variables, and forces",
    { "flux/pools.yaml": flux("pools", "./prod/pools", `${force}, postBuild: { substitute: { A: b } }`) },
    "delete",
  ],
] as const)
  for (const [how, folder] of [
    ["as it is", {}],
    ["with a kustomization", { "prod/pools/kustomization.yaml": "resources: [a.yaml]\n" }],
  ] as const)
    test(`a refused pool, ${how}, whose Kustomization ${what}`, withTools, async (context) => {
      const base = { ...files, ...folder, "prod/pools/a.yaml": before };
      const report = await reportOf(context, base, { "prod/pools/a.yaml": after });
      assert.deepEqual([effectsOf(report).map((one) => one.split(" ").at(-1)), report.complete], [[effect], true]);
      if (effect === "delete") assert.match(report.pools[0]?.causes[0]?.because ?? "", said);
    });

test("a Kustomization that forces applies of a chart the release alone", withTools, async (context) => {
  const release = (cluster: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: pools, namespace: clusters }
spec:
  interval: 10m
  chart: { spec: { chart: ./charts/pools, reconcileStrategy: Revision, sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system } } }
  values: { cluster: ${cluster}, pools: [{ name: a, replicas: 2 }] }
`;
  const base = { ...chart, "flux/pools.yaml": flux("pools", "./", force), "releases/pools.yaml": release("one") };
  const report = await reportOf(context, base, { "releases/pools.yaml": release("two") });
  assert.deepEqual(effectsOf(report), ["charts/pools two/a rejected"]);
});
