import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { shoot } from "../shoots.ts";

type Files = Readonly<Record<string, string>>;

const profile = (bundle: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: CloudProfile
metadata: { name: clouds }
spec: { type: aws, caBundle: ${bundle} }
`;
const child = `apiVersion: core.gardener.cloud/v1beta1
kind: NamespacedCloudProfile
metadata: { name: child, namespace: garden-a }
spec: { parent: { kind: CloudProfile, name: clouds } }
`;
const shootOf = (name: string, kind = "CloudProfile"): string =>
  shoot("one", ["a"]).replace("cloudProfile:\n    name: aws", `cloudProfile: { kind: ${kind}, name: ${name} }`);
const listing = (file: string): string => `resources: [${file}]\n`;
const flux = (name: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  path: ./${name}
  prune: true
  targetNamespace: garden-a
  sourceRef: { kind: GitRepository, name: fleet }
`;
const application = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shoots, namespace: argocd }
spec:
  destination: { namespace: garden-a, name: garden }
  source: { repoURL: https://example.com/fleet, path: shoots, targetRevision: main, helm: { values: "profile: clouds" } }
`;
const profiles = "profiles/profile.yaml";
const ways: Readonly<Record<string, Files>> = {
  "stands alone": {},
  "a kustomization builds": { "profiles/kustomization.yaml": listing("profile.yaml") },
  "Flux applies to a namespace": {
    "profiles/kustomization.yaml": listing("profile.yaml"),
    "flux.yaml": flux("profiles"),
  },
};
const users: Readonly<Record<string, Files>> = {
  "stand alone": { "shoots/shoot.yaml": shootOf("clouds") },
  "a kustomization builds": {
    "shoots/kustomization.yaml": listing("shoot.yaml"),
    "shoots/shoot.yaml": shootOf("clouds"),
  },
  "a kustomization names their profile in": {
    "shoots/kustomization.yaml": `${listing("shoot.yaml")}patches:\n- target: { kind: Shoot }\n  patch: "- {op: replace, path: /spec/cloudProfile/name, value: clouds}"\n`,
    "shoots/shoot.yaml": shootOf("none"),
  },
  "Flux applies": {
    "shoots/kustomization.yaml": listing("shoot.yaml"),
    "shoots/shoot.yaml": shootOf("clouds"),
    "applied.yaml": flux("shoots"),
  },
  "a chart makes": {
    "shoots/Chart.yaml": "apiVersion: v2\nname: shoots\nversion: 0.1.0\n",
    "shoots/values.yaml": "profile: none\n",
    "shoots/templates/shoot.yaml": shootOf("{{ .Values.profile }}"),
    "application.yaml": application,
  },
  "name a profile between, in a third kustomization,": {
    "children/kustomization.yaml": listing("child.yaml"),
    "children/child.yaml": child,
    "shoots/kustomization.yaml": listing("shoot.yaml"),
    "shoots/shoot.yaml": shootOf("child", "NamespacedCloudProfile"),
  },
};

for (const [way, own] of Object.entries(ways))
  for (const [user, files] of Object.entries(users))
    test(`a changed profile that ${way} reaches Shoots that ${user}`, withTools, async (context) => {
      const base = { [profiles]: profile("a"), ...own, ...files };
      const report = await reportOf(context, base, { [profiles]: profile("b") });
      assert.deepEqual(
        effectsOf(report).map((one) => one.replace(/^\S+ /, "")),
        ["one/a inplace"],
      );
      assert.equal(report.complete, true);
    });

test("a changed profile has nothing rendered that does not name it", withTools, async (context) => {
  const files = { ...users["a kustomization builds"], "shoots/shoot.yaml": shootOf("other") };
  const report = await reportOf(context, { [profiles]: profile("a"), ...files }, { [profiles]: profile("b") });
  assert.deepEqual([effectsOf(report), report.renderers, report.complete], [[], undefined, true]);
});

test(
  "what only pools of another system name has no Shoots rendered that hold its name as a word",
  withTools,
  async (context) => {
    const settings = (value: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: clouds, namespace: garden-a }\ndata: { config: ${value} }\n`;
    const files = { ...users["a kustomization builds"], "settings.yaml": settings("a") };
    const report = await reportOf(context, files, { "settings.yaml": settings("b") });
    assert.deepEqual([effectsOf(report), report.renderers, report.complete], [[], undefined, true]);
  },
);

test("more users of what changed than are rendered are named, not passed over", async (context) => {
  const many = Object.fromEntries(
    Array.from({ length: 1001 }, (_, index) => [
      [`shoots/${index}/kustomization.yaml`, listing("shoot.yaml")],
      [`shoots/${index}/shoot.yaml`, shootOf("clouds")],
    ]).flat() as [string, string][],
  );
  const report = await reportOf(context, { [profiles]: profile("a"), ...many }, { [profiles]: profile("b") });
  assert.deepEqual([effectsOf(report), report.complete, codesOf(report)], [[], false, ["unrendered"]]);
  assert.match(report.diagnostics[0]?.message ?? "", /^1001 kustomizations and charts .* more than the 1000 /);
});
