import assert from "node:assert/strict";
import { test } from "node:test";
import { reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

const flux = (name: string, path: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { path: ${path}, interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: flux-system } }
`;
const argo = (name: string, path: string, more = ""): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example.com/fleet, path: ${path}${more} }
  destination: { server: https://kubernetes.default.svc, namespace: clusters }
`;
const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: teams, namespace: argocd }
spec:
  generators:
    - git: { repoURL: https://git.example.com/fleet, revision: HEAD, directories: [{ path: teams/* }] }
  template:
    metadata: { name: "{{path.basename}}" }
    spec:
      source: { repoURL: https://git.example.com/fleet, path: "{{path}}" }
      destination: { server: https://kubernetes.default.svc, namespace: clusters }
`;
const recurse = ", directory: { recurse: true }";
const pool = nodePool("c", "workers");
const other = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: x }\n`;
const two = {
  "flux/a.yaml": flux("a", "./a"),
  "flux/b.yaml": flux("b", "./b"),
  "a/other.yaml": other("a"),
  "b/other.yaml": other("b"),
};
const elsewhere = ["a workers delete", "b workers create"];
const nothing: string[] = [];

for (const [what, base, head, expected] of [
  [
    "between the folders of two Kustomizations",
    { ...two, "a/pool.yaml": pool },
    { "a/pool.yaml": null, "b/pool.yaml": pool },
    elsewhere,
  ],
  [
    "into a file of the other folder",
    { ...two, "a/pool.yaml": pool },
    { "a/pool.yaml": null, "b/other.yaml": `${other("b")}---\n${pool}` },
    elsewhere,
  ],
  [
    "between the folders of two Applications",
    {
      "apps/a.yaml": argo("a", "a", recurse),
      "apps/b.yaml": argo("b", "b", recurse),
      "a/sub/pool.yaml": pool,
      "b/other.yaml": other("b"),
    },
    { "a/sub/pool.yaml": null, "b/pool.yaml": pool },
    elsewhere,
  ],
  [
    "into a folder that only the outer Application does not take",
    {
      "apps/a.yaml": argo("a", "b"),
      "apps/b.yaml": argo("b", "b/sub"),
      "b/pool.yaml": pool,
      "b/sub/o.yaml": other("b"),
    },
    { "b/pool.yaml": null, "b/sub/pool.yaml": pool },
    ["b workers delete", "b/sub workers create"],
  ],
  [
    "from a folder with a kustomization to one without",
    { ...two, "a/kustomization.yaml": "resources: [other.yaml, pool.yaml]\n", "a/pool.yaml": pool },
    { "a/kustomization.yaml": "resources: [other.yaml]\n", "a/pool.yaml": null, "b/pool.yaml": pool },
    elsewhere,
  ],
  [
    "into a folder that gets a kustomization along with it",
    { ...two, "a/pool.yaml": pool },
    { "a/pool.yaml": null, "b/pool.yaml": pool, "b/kustomization.yaml": "resources: [other.yaml, pool.yaml]\n" },
    elsewhere,
  ],
  [
    "into a new folder, of which an ApplicationSet makes an Application of its own",
    { "set.yaml": set, "teams/a/pool.yaml": pool, "teams/a/other.yaml": other("a") },
    { "teams/a/pool.yaml": null, "teams/b/pool.yaml": pool },
    ["teams/a workers delete", "teams/b workers create"],
  ],
  [
    "inside the folder of one Kustomization",
    { ...two, "a/pool.yaml": pool },
    { "a/pool.yaml": null, "a/deep/pool.yaml": pool },
    nothing,
  ],
  [
    "between folders that one Kustomization deploys both",
    { ...two, "flux/all.yaml": flux("all", "./"), "a/pool.yaml": pool },
    { "a/pool.yaml": null, "b/pool.yaml": pool },
    nothing,
  ],
  [
    "with the folder, which its Kustomization names by its new name",
    { "flux/a.yaml": flux("a", "./a"), "a/pool.yaml": pool },
    { "flux/a.yaml": flux("a", "./b"), "a/pool.yaml": null, "b/pool.yaml": pool },
    nothing,
  ],
  [
    "from a folder that nothing known deploys",
    { ...two, "c/pool.yaml": pool },
    { "c/pool.yaml": null, "b/pool.yaml": pool },
    nothing,
  ],
] as const)
  test(`a pool that moves ${what}`, withTools, async (context) => {
    const report = await reportOf(context, base, head);
    const seen = report.pools.map(({ application, pool: name, effect }) => `${application ?? "-"} ${name} ${effect}`);
    assert.deepEqual(seen.toSorted(), expected);
  });

test("a pool that leaves a folder is deleted by what deploys that folder", withTools, async (context) => {
  const report = await reportOf(context, { ...two, "a/pool.yaml": pool }, { "a/pool.yaml": null, "b/pool.yaml": pool });
  const because = report.pools.find(({ effect }) => effect === "delete")?.causes[0]?.because;
  assert.match(because ?? "", /deleted: Flux Kustomization a \(flux\/a\.yaml\) prunes/);
  assert.equal(report.complete, true);
});
