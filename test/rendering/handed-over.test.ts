import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { effectsOf, reportOf, withTools } from "./comparison.ts";
import { chart, values } from "./pool-chart.ts";
import { nodePool, shoot } from "./shoots.ts";

type Files = Readonly<Record<string, string>>;

const kustomization = (name: string, rest = "prune: true"): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: ${name}, namespace: flux-system}\nspec: {path: ./a, targetNamespace: garden-b, sourceRef: {kind: GitRepository, name: fleet}, ${rest}}\n`;
const release = (name: string, rest = "releaseName: pools"): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: clusters}\nspec: {${rest}, chart: {spec: {chart: charts/pools, reconcileStrategy: Revision, sourceRef: {kind: GitRepository, name: fleet}}}, values: ${JSON.stringify({ cluster: "c", pools: [{ name: "a", replicas: 2 }] })}}\n`;
const application = (name: string, rest = ""): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd, finalizers: [resources-finalizer.argocd.argoproj.io]}\nspec: {source: {repoURL: r, path: charts/pools, helm: {valueFiles: [../../prod.yaml]}}, destination: {namespace: clusters}${rest}}\n`;
const set = (name: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: ${name}, namespace: argocd}\nspec: {generators: [{list: {elements: [{name: x}]}}], template: {metadata: {name: "{{name}}"}, spec: {source: {repoURL: r, path: charts/pools, helm: {valueFiles: [../../prod.yaml]}}, destination: {namespace: clusters}}}}\n`;

const files = { ...chart, "prod.yaml": values(4), "a/one.yaml": shoot("one", ["w"]) };

/** What is said of the pools, and of which of them why, when one object makes place for another one. */
async function answer(context: TestContext, before: Files, after: Files): Promise<[string[], string[]]> {
  const gone = Object.fromEntries(Object.keys(before).map((path) => [path, null]));
  const report = await reportOf(context, { ...files, ...before }, { ...gone, ...after });
  const because = report.pools.flatMap(({ causes }) => causes.map((cause) => cause.because));
  return [effectsOf(report), [...new Set(because)].map((text) => text.slice(0, text.indexOf(":")))];
}

test("pools that go from one deploying object to another one are unknown", withTools, async (context) => {
  assert.deepEqual(await answer(context, { "d.yaml": kustomization("old") }, { "d.yaml": kustomization("new") }), [
    ["a (new) one/w unknown"],
    ['the Kustomization "flux-system/old" goes, and the Kustomization "flux-system/new" has the same objects'],
  ]);
  const both = ["charts/pools (new) c/a unknown"];
  assert.deepEqual((await answer(context, { "d.yaml": release("old") }, { "d.yaml": release("new") }))[0], both);
  assert.deepEqual((await answer(context, { "d.yaml": application("old") }, { "d.yaml": application("new") }))[0], [
    "charts/pools (new) c/a unknown",
    "charts/pools (new) c/b unknown",
  ]);
  assert.deepEqual(await answer(context, { "d.yaml": set("old") }, { "d.yaml": set("new") }), [
    ["charts/pools c/a unknown", "charts/pools c/b unknown"],
    [
      'the Application "x" of the ApplicationSet "argocd/old" goes, and the Application "x" of the ApplicationSet "argocd/new" has the same objects',
    ],
  ]);
});

test("what nobody takes over goes, and what stays with its object is compared", withTools, async (context) => {
  const [moved] = await answer(context, { "d.yaml": kustomization("old") }, { "e.yaml": kustomization("old") });
  assert.deepEqual(moved, []);
  const other = kustomization("new").replace("garden-b", "garden-c");
  const [effects] = await answer(context, { "d.yaml": kustomization("old") }, { "d.yaml": other });
  assert.deepEqual(effects, ["a (old) one/w delete", "a (new) one/w create"]);
  const two = { "a/two.yaml": nodePool("c", "two") };
  const [old, now] = [kustomization("old"), kustomization("new")];
  const partly = await answer(context, { ...two, "d.yaml": old }, { "d.yaml": now });
  const same = kustomization("old").replace(", namespace: flux-system", "");
  assert.deepEqual((await answer(context, { "d.yaml": same }, { "d.yaml": old }))[0], []);
  assert.deepEqual(partly[0], ["a (new) one/w unknown", "a (old) c/two delete"]);
});
