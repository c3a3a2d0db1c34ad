import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChartRelease } from "../../../src/rendering/charts/chart-release.ts";
import { deployedCharts } from "../../../src/rendering/charts/deployed-charts.ts";
import { mostFiles } from "../../../src/rendering/deployers/bounds.ts";
import { notKustomized } from "../../../src/rendering/deployers/kustomized-deployers.ts";
import type { FileTree } from "../../../src/rendering/trees/file-tree.ts";

type Files = Readonly<Record<string, string>>;

const treeOf = (files: Files): FileTree => ({
  entries: new Map(Object.keys(files).map((path) => [path, { isLink: false }])),
  read: async (paths) =>
    await Promise.resolve(
      new Map(paths.flatMap((path) => (files[path] === undefined ? [] : [[path, Buffer.from(files[path])]]))),
    ),
});
const repository: Files = {
  "charts/a/Chart.yaml": "name: a\n",
  "charts/a/values-prod.yaml": "a: 1\n",
  "envs/prod.yaml": "a: 1\n",
};
/** What is found of the chart where these files are beside it and one of its values changes. */
const found = async (files: Files, before: Files = {}) => {
  const head = { ...repository, ...files };
  const changed = new Set(["envs/prod.yaml", ...Object.keys(before)]);
  return await deployedCharts(
    { base: treeOf({ ...head, ...before }), head: treeOf(head), changed },
    ["charts/a"],
    notKustomized,
  );
};
const releasesOf = async (files: Files): Promise<ChartRelease[]> =>
  (await found(files)).releases.flatMap(({ releases }) => releases.head ?? []);
const reasonsOf = async (files: Files): Promise<string[]> =>
  (await found(files)).undecided.map(({ because }) => because);

const application = (spec: string, name = "prod"): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec: {${spec}}\n`;
const source = (helm: string, rest = ""): string => application(`source: {path: charts/a, helm: {${helm}}${rest}}`);
const valuesOf = async (helm: string): Promise<unknown> =>
  (await releasesOf({ "app.yaml": source(helm) })).map(({ values }) => values);

test("files of values are found from the chart, the root, and another source of the same repository", async () => {
  assert.deepEqual(await valuesOf("valueFiles: [values-prod.yaml, ../../envs/prod.yaml, values-prod.yaml]"), [
    [{ file: "charts/a/values-prod.yaml" }, { file: "envs/prod.yaml" }],
  ]);
  assert.deepEqual(await valuesOf("valueFiles: [/envs/prod.yaml]"), [[{ file: "envs/prod.yaml" }]]);
  assert.deepEqual(await valuesOf("valueFiles: [values-dev.yaml, values-prod.yaml], ignoreMissingValueFiles: true"), [
    [{ file: "charts/a/values-prod.yaml" }],
  ]);
  const sources = (url: string) =>
    application(
      `sources: [{repoURL: r, path: ./charts/a, helm: {valueFiles: [$v/envs/prod.yaml]}}, {repoURL: ${url}, ref: v}]`,
    );
  const [release] = await releasesOf({ "app.yaml": sources("r") });
  assert.deepEqual(release?.values, [{ file: "envs/prod.yaml" }]);
  assert.deepEqual(await releasesOf({ "app.yaml": sources("s") }), []);
  assert.match((await reasonsOf({ "app.yaml": sources("s") }))[0] ?? "", /"\$v\/envs\/prod\.yaml" is not taken from/);
});

test("release, namespace and versions are those of the Application", async () => {
  const spec =
    "destination: {namespace: clusters}, source: {path: charts/a, helm: {kubeVersion: 1.34, apiVersions: [a/v1]}}";
  const { releases } = await found({ "app.yaml": application(spec.replace("1.34", '"1.34"')) });
  const release = {
    chart: "charts/a",
    values: [],
    release: "prod",
    namespace: "clusters",
    deploysTo: "clusters",
    kubeVersion: "1.34",
    apiVersions: ["a/v1"],
  };
  const maker = { title: 'the Application "argocd/prod"', file: "app.yaml", parameterFiles: [], prunes: false };
  assert.deepEqual(releases, [
    {
      label: "prod",
      by: 'the Application "argocd/prod" (app.yaml)',
      releases: { base: release, head: release },
      makers: { base: maker, head: maker },
    },
  ]);
  const two = { "a.yaml": source("releaseName: one"), "b.yaml": source("releaseName: two") };
  assert.deepEqual(
    (await found(two)).releases.map(({ label, releases: { head } }) => [label, head?.release]),
    [
      ["argocd/prod in a.yaml", "one"],
      ["argocd/prod in b.yaml", "two"],
    ],
  );
});

test("values that stand in an Application come after the files, parameters with what belongs to them", async () => {
  const [release] = await releasesOf({
    "app.yaml": source(
      "valueFiles: [values-prod.yaml], valuesObject: {a: 9007199254740993, b: null}, values: 'a: 2', parameters: [{name: a.b, value: 'x,y'}, {name: c, value: '{x,y}', forceString: true}], fileParameters: [{name: d, path: /envs/prod.yaml}]",
    ),
  });
  assert.deepEqual(release?.values, [
    { file: "charts/a/values-prod.yaml" },
    { text: '{"a":9007199254740992,"b":null}\n' },
  ]);
  assert.deepEqual(release?.parameters, [
    { flag: "--set", name: "a.b", value: String.raw`x\,y` },
    { flag: "--set-string", name: "c", value: "{x,y}" },
    { flag: "--set-file", name: "d", value: "envs/prod.yaml" },
  ]);
});

test("what is not known of one release is said of it alone", async () => {
  const plain = { "app.yaml": source("valueFiles: [values-prod.yaml]") };
  const other = (text: string): Files => ({ ...plain, "other.yaml": text.replace("name: prod", "name: other") });
  assert.equal((await releasesOf(plain)).length, 1);
  for (const [helm, because] of [
    ["valueFiles: [nowhere.yaml]", /values file "charts\/a\/nowhere\.yaml" does not exist/],
    ["valueFiles: [https://example.com/values.yaml]", /is not taken from this repository/],
    ["valueFiles: ['../../envs/*.yaml']", /is not taken from this repository/],
    ["valueFiles: [../../../outside.yaml]", /is not taken from this repository/],
    ["releaseName: --post-renderer", /"--post-renderer" is not a valid release name/],
    ["namespace: -n", /"-n" is not a valid namespace/],
    ["kubeVersion: --set", /"--set" is not a Kubernetes version/],
    ["apiVersions: [--set]", /API versions/],
    ["parameters: [{name: a, value: $ARGOCD_APP_NAME}]", /parameter "a"/],
    ["parameters: [{name: 'a=b,c', value: d}]", /parameter "a=b,c"/],
    ["fileParameters: [{name: 'a=/etc/passwd,b', path: /envs/prod.yaml}]", /parameter "a=\/etc\/passwd,b"/],
    ["fileParameters: [{name: a, path: '/envs/prod.yaml,b=/etc/passwd'}]", /parameter "a"/],
  ] as const) {
    const { releases, undecided } = await found(other(source(helm)));
    assert.deepEqual(
      releases.map(({ label }) => label),
      ["prod"],
    );
    assert.match(undecided[0]?.because ?? "", because);
  }
  assert.match((await reasonsOf(other(source("", ", plugin: {name: a}"))))[0] ?? "", /sets "plugin"/);
  const set = (path: string): string =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: s}\nspec: {generators: [{clusters: {}}], template: {spec: {source: {path: '${path}'}}}}\n`;
  assert.match(
    (await reasonsOf(other(set("charts/{{name}}"))))[0] ?? "",
    /takes parameters from "clusters", which is not in the/,
  );
  assert.deepEqual(await reasonsOf(other(set("apps/{{name}}"))), []);
});

test("a change of how a chart is deployed is two releases of one name, and of where from it is unknown", async () => {
  const [one, two] = [source("valueFiles: [values-prod.yaml]"), source("releaseName: two")];
  const { releases } = await found({ "app.yaml": one }, { "app.yaml": two });
  assert.deepEqual(
    releases.map(({ releases: { base, head } }) => [base?.release, head?.release]),
    [["two", "prod"]],
  );
  const moved = await found({ "app.yaml": one }, { "app.yaml": source("", ", targetRevision: v2") });
  assert.deepEqual(moved.releases, []);
  assert.match(moved.undecided[0]?.because ?? "", /takes the chart from another place than before/);
});

test("nobody looks for Applications where neither a chart, values nor an Application change", async () => {
  const tree = treeOf({ ...repository, "app.yaml": source("") });
  const change = { base: tree, head: tree, changed: new Set(["README.md"]) };
  assert.deepEqual(await deployedCharts(change, ["charts/a"], notKustomized), {
    releases: [],
    undecided: [],
    followed: [],
  });
});

test("what names a chart and cannot be read may deploy it too", async () => {
  const files = { "a.yaml": source(""), "apps/templates/b.yaml": `${source("")}  {{- if .Values.b }}\n` };
  const { releases, undecided } = await found(files);
  assert.equal(releases.length, 1);
  assert.deepEqual(
    undecided.map(({ because }) => because),
    ["apps/templates/b.yaml names it and cannot be read"],
  );
});

test("among too many files it is said that nobody looked for what deploys a chart", async () => {
  const app = { "app.yaml": source("valueFiles: [values-prod.yaml]") };
  const others = (count: number): Files =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`other/${at}.yaml`, "a: argoproj.io"]));
  assert.deepEqual(await reasonsOf({ ...app, ...others(mostFiles - 1) }), []);
  const tooMany = await found({ ...app, ...others(mostFiles) });
  assert.deepEqual(tooMany.releases, []);
  assert.deepEqual(
    tooMany.undecided.map(({ chart, because, isVague }) => ({ chart, because, isVague })),
    [
      {
        chart: "charts/a",
        because: "what deploys it is not searched for where more than 5000 files mention Argo CD or Flux",
        isVague: true,
      },
    ],
  );
});

test("an Application may be JSON", async () => {
  const text = JSON.stringify({
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "prod", namespace: "argocd" },
    spec: { source: { path: "charts/a", helm: { valueFiles: ["values-prod.yaml"] } } },
  });
  const [release] = await releasesOf({ "app.json": text });
  assert.deepEqual(release?.values, [{ file: "charts/a/values-prod.yaml" }]);
});

test("the files of a release that is not known may change it", async () => {
  const sourcesOf = async (helm: string): Promise<string[][]> =>
    (await found({ "app.yaml": source(helm) })).undecided.map(({ sources }) => [...sources]);
  const changed = [["envs/prod.yaml"]];
  assert.deepEqual(await sourcesOf("plugin: a, valueFiles: [../../envs/prod.yaml]"), changed);
  assert.deepEqual(await sourcesOf("valueFiles: ['/envs/*.yaml']"), changed);
  assert.deepEqual(await sourcesOf("plugin: a, fileParameters: [{name: a, path: /envs/prod.yaml}]"), changed);
  assert.deepEqual(await sourcesOf("plugin: a, valueFiles: [values-prod.yaml]"), [[]]);
});
