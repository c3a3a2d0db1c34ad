import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { nodePool } from "../shoots.ts";

const chart = {
  "charts/pools/Chart.yaml": "apiVersion: v2\nname: pools\nversion: 1.0.0\n",
  "charts/pools/values.yaml": "cores: 4\n",
  "charts/pools/templates/pool.yaml": nodePool("one", "a", "", 0).replace("cores: 0", "cores: {{ .Values.cores }}"),
};
const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
const files = {
  ...chart,
  "more/a.yaml": namespace,
  "less/a.yaml": namespace,
  "pools/b.yaml": nodePool("two", "b"),
  "fleet/kustomization.yaml": "resources: [c.yaml]\n",
  "fleet/c.yaml": nodePool("three", "c"),
  "inner/deep.yaml":
    "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: deep}\nspec: {source: {repoURL: https://example.com/a, path: deep}}\n",
  "deep/d.yaml": nodePool("four", "d"),
};
/** An Application of the chart and of other sources. */
const application = (cores: number, ...others: readonly string[]): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: all, namespace: argocd}
spec:
  destination: {namespace: clusters}
  sources:
  - {repoURL: https://example.com/a, path: charts/pools, helm: {valuesObject: {cores: ${cores}}}}
${others.map((one) => `  - {repoURL: https://example.com/a, ${one}}\n`).join("")}`;

const replaced = ["charts/pools one/a replace"];
const deployed = "rendered-as-deployed";
type Files = Readonly<Record<string, string>>;

async function answer(context: TestContext, before: string, after: string, change: Files = {}): Promise<unknown[]> {
  const base = { ...files, "apps/all.yaml": before };
  const report = await reportOf(context, base, { ...change, "apps/all.yaml": after });
  return [effectsOf(report), codesOf(report), report.complete];
}

describe("an Application of a chart and of other sources", withTools, () => {
  for (const other of ["path: more", "path: pools", "chart: redis, targetRevision: 1.2.3", "ref: values"])
    it(`is judged by the chart while the others stay: ${other}`, async (context) => {
      const seen = await answer(context, application(4, other), application(8, other));
      assert.deepEqual(seen, [replaced, [deployed], true]);
    });

  it("is judged by all that change", async (context) => {
    const options = (prefix: string): string => `path: fleet, kustomize: {namePrefix: ${prefix}-}`;
    const [before, after] = [application(4, options("x"), "path: more"), application(8, options("y"), "path: more")];
    const effects = ["charts/pools one/a replace", "fleet three/x-c delete", "fleet three/y-c create"];
    assert.deepEqual(await answer(context, before, after), [effects, [deployed], true]);
  });

  it("is no matter of pools where only what holds none changes", async (context) => {
    assert.deepEqual(await answer(context, application(4, "path: more"), application(4, "path: less")), [[], [], true]);
    assert.deepEqual(await answer(context, application(4, "path: more"), application(4)), [[], [], true]);
  });

  const unknown: Record<string, readonly [before: string, after: string]> = {
    "a folder with pools comes": [application(4), application(4, "path: pools")],
    "a folder that deploys others comes": [application(4), application(4, "path: inner")],
    "a chart from elsewhere changes": [
      application(4, "chart: redis, targetRevision: 1"),
      application(4, "chart: redis, targetRevision: 2"),
    ],
  };
  for (const [what, [before, after]] of Object.entries(unknown))
    it(`is not known where ${what}`, async (context) => {
      const [, codes, isComplete] = await answer(context, before, after);
      assert.deepEqual([codes, isComplete], [["unrendered"], false]);
    });

  it("deletes what it deployed as it is when it begins to change it", async (context) => {
    const change = { "pools/kustomization.yaml": "resources: [b.yaml]\n" };
    const seen = await answer(
      context,
      application(4, "path: pools"),
      application(4, "path: pools, kustomize: {namePrefix: x-}"),
      change,
    );
    assert.deepEqual(seen, [["- two/b delete", "pools two/x-b create"], [], true]);
  });
});
