import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../comparison.ts";
import { chart, values } from "../pool-chart.ts";
import { nodePool, shoot } from "../shoots.ts";

type Files = Readonly<Record<string, string | null>>;

const set = (names: readonly string[], more = "", server = "here"): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shoots, namespace: argocd}\nspec:\n  generators: [{list: {elements: [${names.map((name) => `{name: ${name}}`).join(", ")}]}}]\n  template:\n    metadata: {name: "{{name}}"}\n    spec: {source: {path: "shoots/{{name}}"${more}}, destination: {server: ${server}}}\n`;
const files = {
  "sets/one.yaml": set(["a"]),
  "shoots/a/one.yaml": shoot("a", ["w"]),
};

async function answer(context: TestContext, base: Files, change: Files): Promise<unknown[]> {
  const report = await reportOf(context, base, change);
  return [effectsOf(report), codesOf(report)];
}

test("a cluster that an ApplicationSet gets together with its folder is judged by the folder", async (context) => {
  const change = { "sets/one.yaml": set(["a", "b"]), "shoots/b/one.yaml": shoot("b", ["w"]) };
  assert.deepEqual(await answer(context, files, change), [["- b/w create"], []]);
  const whole = Object.fromEntries(Object.entries(change).map(([path, text]) => [path, text]));
  const gone = { "sets/one.yaml": set(["a"]), "shoots/b/one.yaml": null };
  assert.deepEqual(await answer(context, { ...files, ...whole }, gone), [["- b/w delete"], []]);
});

test("one whose folder was there already, or that goes elsewhere, is named", async (context) => {
  const both = { ...files, "shoots/b/one.yaml": shoot("b", ["w"]) };
  const report = await reportOf(context, both, { "sets/one.yaml": set(["a", "b"]) });
  assert.deepEqual(
    report.diagnostics.map(({ message }) => message.slice(0, message.indexOf(","))),
    ['the Application "b" of the ApplicationSet "argocd/shoots" is new'],
  );
  assert.equal(report.complete, false);
  assert.deepEqual(await answer(context, files, { "sets/one.yaml": set(["a"], "", "there") }), [[], ["unrendered"]]);
  assert.deepEqual(await answer(context, files, { "sets/one.yaml": set(["a"], ", plugin: {}") }), [[], ["unrendered"]]);
});

test(
  "one more Application of the same folder in another namespace is not lost beside charts",
  withTools,
  async (context) => {
    const of = (...paths: readonly string[]): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shoots, namespace: argocd}\nspec:\n  generators: [{list: {elements: [${paths.map((path, at) => `{path: ${path}, name: n${at}}`).join(", ")}]}}]\n  template:\n    metadata: {name: "{{name}}"}\n    spec: {source: {repoURL: r, path: "{{path}}"}, destination: {server: here, namespace: "{{name}}"}}\n`;
    const base = {
      ...chart,
      "charts/pools/values.yaml": values(4),
      "pools/b.yaml": nodePool("two", "b").replace("  namespace: clusters\n", ""),
    };
    const report = await reportOf(
      context,
      { ...base, "set.yaml": of("charts/pools", "pools") },
      { "set.yaml": of("charts/pools", "pools", "pools") },
    );
    assert.deepEqual([codesOf(report), report.complete], [["unrendered"], false]);
  },
);

test(
  "one more file of parameters that deploys a folder once more is named, whatever its options are",
  withTools,
  async (context) => {
    const of = (options: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shoots, namespace: argocd}\nspec:\n  generators: [{git: {repoURL: r, revision: HEAD, files: [{path: "parameters/*.yaml"}]}}]\n  template:\n    metadata: {name: "{{name}}"}\n    spec: {source: {repoURL: r, path: pools, ${options}}, destination: {server: here, namespace: "{{name}}"}}\n`;
    const pools = { "pools/b.yaml": nodePool("two", "b"), "pools/kustomization.yaml": "resources: [b.yaml]\n" };
    const base = { ...pools, "parameters/one.yaml": "name: one\n" };
    for (const options of ["kustomize: {}", "directory: {recurse: true}", "plugin: {name: x}", "kustomize: {foo: x}"]) {
      const change = { "parameters/two.yaml": "name: two\n" };
      const report = await reportOf(context, { ...base, "set.yaml": of(options) }, change);
      assert.deepEqual([options, [...new Set(codesOf(report))], report.complete], [options, ["unrendered"], false]);
    }
  },
);

test("of many Applications of a set the first is named", async (context) => {
  const names = ["a", "b", "c", "d", "e"];
  const folders = Object.fromEntries(names.map((name) => [`shoots/${name}/one.yaml`, shoot(name, ["w"])]));
  const before = { ...folders, "sets/one.yaml": set(names) };
  const report = await reportOf(context, before, { "sets/one.yaml": set(names, "", "there") });
  assert.deepEqual(
    report.diagnostics.map(({ message }) => message.slice(0, message.indexOf(":"))),
    [
      'the Application "a" of the ApplicationSet "argocd/shoots" changed, and what it makes of "shoots/a" (and that of 4 more Applications of this set) is not rendered here',
    ],
  );
});
