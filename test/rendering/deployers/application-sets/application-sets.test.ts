import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "../../comparison.ts";
import { chart, newDefault, values } from "../../pool-chart.ts";

interface Given {
  readonly generators: string;
  readonly name: string;
  readonly helm: string;
  readonly isGo?: boolean;
  readonly more?: string;
}

const set = ({ generators, name, helm, isGo = false, more = "" }: Given): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: clusters, namespace: argocd }
spec:
  goTemplate: ${isGo}
${more}  generators: [${generators}]
  template:
    metadata: { name: "${name}" }
    spec:
      destination: { namespace: clusters, name: in-cluster }
      source: { repoURL: https://git.example.com/fleet.git, path: charts/pools, helm: ${helm} }
`;
const git = (what: string): string => `{ git: { repoURL: https://git.example.com/fleet, revision: main, ${what} } }`;

test("of a list the cluster is judged whose file of values changes", withTools, async (context) => {
  for (const isGo of [false, true]) {
    const field = (name: string): string => (isGo ? `{{ .${name} }}` : `{{${name}}}`);
    const files = {
      ...chart,
      "envs/one.yaml": values(8, "one"),
      "envs/two.yaml": values(8, "two"),
      "sets/clusters.yaml": set({
        isGo,
        generators: "{ list: { elements: [{ name: one }, { name: two }] } }",
        name: `${field("name")}-pools`,
        helm: `{ valueFiles: ["../../envs/${field("name")}.yaml"] }`,
      }),
    };
    const report = await reportOf(context, files, { "envs/two.yaml": values(16, "two") });
    assert.deepEqual(effectsOf(report), ["charts/pools (two-pools) two/b replace"]);
    assert.deepEqual([report.complete, codesOf(report)], [true, ["rendered-as-deployed"]]);
    assert.match(
      report.diagnostics[0]?.message ?? "",
      /as the Application "two-pools" of the ApplicationSet "argocd\/clusters" \(sets\/clusters\.yaml\) deploys it$/,
    );
    const all = await reportOf(context, files, newDefault);
    assert.deepEqual(effectsOf(all), [
      "charts/pools (one-pools) one/a replace",
      "charts/pools (two-pools) two/a replace",
    ]);
  }
});

test("a cluster that joins a list comes, one that leaves it goes", withTools, async (context) => {
  const list = (...names: readonly string[]): string =>
    set({
      generators: `{ list: { elements: [${names.map((name) => `{ name: ${name} }`).join(", ")}] } }`,
      name: "{{name}}",
      helm: '{ values: "cluster: {{name}}\\npools: [{name: {{name}}-a, replicas: 1}]" }',
    });
  const report = await reportOf(
    context,
    { ...chart, "set.yaml": list("one", "two") },
    { "set.yaml": list("two", "three") },
  );
  assert.deepEqual(effectsOf(report), [
    "charts/pools (one) one/one-a delete",
    "charts/pools (three) three/three-a create",
  ]);
  assert.equal(report.complete, true);
  const kept = (text: string): string =>
    text.replace("goTemplate:", "syncPolicy: {preserveResourcesOnDeletion: true}\n  goTemplate:");
  const left = await reportOf(
    context,
    { ...chart, "set.yaml": kept(list("one", "two")) },
    { "set.yaml": kept(list("two", "three")) },
  );
  assert.deepEqual([left.complete, codesOf(left).includes("unrendered")], [false, true]);
});

test("files of parameters make one release each", withTools, async (context) => {
  const config = (name: string, cores: number, more = ""): string =>
    `name: ${name}\nsize: { cores: ${cores} }\n${more}`;
  for (const isGo of [false, true]) {
    const open = isGo ? "{{." : "{{";
    const files = {
      ...chart,
      "clusters/one/config.yaml": config("one", 8),
      "clusters/two/config.yaml": config("two", 8),
      "clusters/old/config.yaml": config("old", 8),
      "sets/clusters.yaml": set({
        isGo,
        generators: git("files: [{ path: clusters/**/config.yaml }, { path: clusters/old/*, exclude: true }]"),
        name: `${open}path.basename}}-${open}name}}`,
        helm: `{ valuesObject: { cluster: "${open}name}}", cores: "${open}size.cores}}", pools: [{ name: a, replicas: 1 }] } }`,
      }),
    };
    const one = await reportOf(context, files, { "clusters/one/config.yaml": config("one", 9) });
    assert.deepEqual(effectsOf(one), ["charts/pools (one-one) one/a replace"]);
    assert.equal(one.complete, true);
    const unused = await reportOf(context, files, { "clusters/one/config.yaml": config("one", 8, "owner: team\n") });
    assert.deepEqual([effectsOf(unused), unused.complete, codesOf(unused)], [[], true, []]);
    const comes = await reportOf(context, files, { "clusters/three/config.yaml": config("three", 8) });
    assert.deepEqual([effectsOf(comes), comes.complete], [["charts/pools (three-three) three/a create"], true]);
    const goes = await reportOf(context, files, { "clusters/two/config.yaml": null });
    assert.deepEqual([effectsOf(goes), goes.complete], [["charts/pools (two-two) two/a delete"], true]);
  }
});

test("folders are releases, and their segments are values", withTools, async (context) => {
  const files = {
    ...chart,
    "clusters/eu/one/values.yaml": values(8, "one"),
    "clusters/us/two/values.yaml": values(8, "two"),
    "clusters/us/two/more/values.yaml": values(8, "none"),
    "sets/clusters.yaml": set({
      isGo: true,
      generators: git("directories: [{ path: 'clusters/*/*' }]"),
      name: "{{ index .path.segments 1 }}-{{ .path.basenameNormalized }}",
      helm: "{ valueFiles: ['/{{ .path.path }}/values.yaml'] }",
    }),
  };
  const report = await reportOf(context, files, { "clusters/us/two/values.yaml": values(16, "two") });
  assert.deepEqual([effectsOf(report), report.complete], [["charts/pools (us-two) two/b replace"], true]);
});

test("a matrix and a merge put generators together", withTools, async (context) => {
  const list = (...elements: readonly string[]): string => `{ list: { elements: [${elements.join(", ")}] } }`;
  const matrix = set({
    generators: `{ matrix: { generators: [${list("{ env: dev }", "{ env: prod }")}, ${git("files: [{ path: 'clusters/{{env}}/*.yaml' }]")}] } }`,
    name: "{{env}}-{{name}}",
    helm: '{ values: "cluster: {{name}}\\ncores: {{cores}}\\npools: [{name: a, replicas: 1}]" }',
  });
  const files = {
    ...chart,
    "clusters/dev/one.yaml": "name: one\ncores: 2\n",
    "clusters/prod/two.yaml": "name: two\ncores: 2\n",
    "set.yaml": matrix,
  };
  const byMatrix = await reportOf(context, files, { "clusters/prod/two.yaml": "name: two\ncores: 3\n" });
  assert.deepEqual([effectsOf(byMatrix), byMatrix.complete], [["charts/pools (prod-two) two/a replace"], true]);
  const merge = (cores: number): string =>
    set({
      generators: `{ merge: { mergeKeys: [name], generators: [${list("{ name: one, cores: '2' }", "{ name: two, cores: '2' }")}, ${list(`{ name: two, cores: '${cores}' }`)}] } }`,
      name: "{{name}}",
      helm: '{ values: "cluster: {{name}}\\ncores: {{cores}}\\npools: [{name: a, replicas: 1}]" }',
    });
  const byMerge = await reportOf(context, { ...chart, "set.yaml": merge(4) }, { "set.yaml": merge(5) });
  assert.deepEqual([effectsOf(byMerge), byMerge.complete], [["charts/pools (two) two/a replace"], true]);
});

test("what a set takes from elsewhere, or says in more than names, is not known", async (context) => {
  const list = "{ list: { elements: [{ name: one }] } }";
  const helm = "{ valueFiles: ['../../envs/{{ .name }}.yaml'] }";
  const name = "{{ .name }}";
  for (const [given, because] of [
    [
      { generators: "{ clusters: {} }", name, helm },
      /takes parameters from "clusters", which is not in the repository/,
    ],
    [{ generators: "{ pullRequest: { github: {} } }", name, helm }, /takes parameters from "pullRequest"/],
    [{ generators: list, name: "{{ .name | sha1sum }}", helm }, /the function "sha1sum", which is not supported/],
    [{ generators: list, name: "{{ template .name }}", helm }, /a template that is not supported, "template \.name"/],
    [{ generators: list, name: "{{ .other }}", helm }, /uses "\.other", which its parameters do not give/],
    [{ generators: list, name, helm, more: "  templatePatch: '- a'\n" }, /has a templatePatch that is not a mapping/],
    [{ generators: list, name, helm, more: "  templatePatch: '$patch: replace'\n" }, /a templatePatch that says how/],
    [
      { generators: git("files: [{ path: c.json }]").replace("fleet", "other"), name, helm },
      /takes its parameters from another repository/,
    ],
    [
      { generators: list, name, helm, more: "  syncPolicy: { applicationsSync: create-only }\n" },
      /leaves existing Applications as they are/,
    ],
  ] as const) {
    const files = { ...chart, "envs/one.yaml": values(8), "set.yaml": set({ ...given, isGo: true }) };
    const report = await reportOf(context, files, newDefault);
    assert.deepEqual([report.verdict, report.complete, codesOf(report)], ["unknown", false, ["chart-without-values"]]);
    assert.match(report.diagnostics[0]?.message ?? "", because);
  }
});

test("a templatePatch is laid over the template", withTools, async (context) => {
  const patch = (cores: number): string => `  templatePatch: |
    spec:
      source:
        helm:
          {{- if .cores }}
          valuesObject: { cluster: "{{ .name }}", cores: {{ .cores }}, pools: [{ name: a, replicas: ${cores} }] }
          {{- end }}
`;
  const given = (replicas: number): string =>
    set({
      isGo: true,
      generators: "{ list: { elements: [{ name: one, cores: 8 }, { name: two }] } }",
      name: "{{ .name }}",
      helm: `{ valuesObject: { cluster: "{{ .name }}", cores: "4", pools: [{ name: b, replicas: 1 }] } }`,
      more: patch(replicas),
    });
  const report = await reportOf(context, { ...chart, "set.yaml": given(1) }, { "set.yaml": given(2) });
  assert.deepEqual([effectsOf(report), report.complete], [["charts/pools (one) one/a scale"], true]);
});

test("what a set made before does not go where it is not known what it makes now", withTools, async (context) => {
  const config = (name: string): string => `${name}: one\ncores: 8\n`;
  const files = {
    ...chart,
    "clusters/one.yaml": config("name"),
    "set.yaml": set({
      isGo: true,
      generators: git("files: [{ path: clusters/*.yaml }]"),
      name: "{{ .name }}",
      helm: `{ valuesObject: { cluster: one, cores: "{{ .cores }}", pools: [{ name: a, replicas: 1 }] } }`,
    }),
  };
  const report = await reportOf(context, files, { "clusters/one.yaml": config("title") });
  assert.deepEqual([effectsOf(report), report.complete], [[], false]);
});

test("a list may stand in a text that the other generator of a matrix fills in", withTools, async (context) => {
  const files = {
    ...chart,
    "clusters/one.yaml": "name: one\npools: [{ pool: a, cores: 4 }, { pool: b, cores: 4 }]\n",
    "clusters/two.yaml": "name: two\n",
    "set.yaml": set({
      isGo: true,
      generators: `{ matrix: { generators: [${git("files: [{ path: clusters/*.yaml }]")}, { list: { elementsYaml: "{{ .pools | toJson }}" } }] } }`,
      name: "{{ .name }}-{{ .pool }}",
      helm: `{ valuesObject: { cluster: "{{ .name }}", cores: "{{ .cores }}", pools: [{ name: "{{ .pool }}", replicas: 1 }] } }`,
    }),
  };
  const report = await reportOf(context, files, {
    "clusters/one.yaml": "name: one\npools: [{ pool: a, cores: 4 }, { pool: b, cores: 8 }]\n",
  });
  assert.deepEqual([effectsOf(report), report.complete], [["charts/pools (one-b) one/b replace"], true]);
});
