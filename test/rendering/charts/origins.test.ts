import assert from "node:assert/strict";
import { test } from "node:test";
import { reportOf, withTools } from "../comparison.ts";
import { chart } from "../pool-chart.ts";

type Files = Readonly<Record<string, string>>;

const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);

const pools = (a: number, b: number): string => `cluster: c
pools:
# the first
- name: a
  replicas: 2
  cores: ${a}
- name: b
  replicas: 2
  cores: ${b}
`;
const release = (a: number, b: number): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: other, namespace: clusters }
spec: { values: { cores: ${b} } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: prod, namespace: clusters }
spec:
  chart:
    spec:
      chart: ./charts/pools
      reconcileStrategy: Revision
      sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  values:
${indented(pools(a, b), "    ")}`;
const configMap = (b: number): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: set, namespace: clusters }\ndata:\n  values.yaml: |\n${indented(pools(4, b), "    ")}`;
const application = (helm: string): string => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: prod, namespace: argocd }
spec:
  destination: { namespace: clusters, name: management }
  source:
    repoURL: https://example.com/fleet
    path: charts/pools
    targetRevision: main
    helm:
${indented(helm, "      ")}`;
const byFile = application("valueFiles: [../../env/prod.yaml]\n");
const template = "charts/pools/templates/pools.yaml";
const set = (isGo: boolean): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: fleet, namespace: argocd }
spec:
  goTemplate: ${isGo}
  generators:
    - matrix:
        generators:
          - git: { repoURL: https://example.com/fleet, revision: main, files: [{ path: "env/*.yaml" }] }
          - list: { elements: [{ tier: one }] }
  template:
    metadata: { name: '${isGo ? "{{ .path.filename }}" : "{{ path.filename }}"}' }
    spec:
      destination: { namespace: clusters, name: management }
      source:
        repoURL: https://example.com/fleet
        path: charts/pools
        targetRevision: main
        helm:
          parameters:
            - { name: cluster, value: '${isGo ? "{{ .cluster }}" : "{{cluster}}"}' }
            - { name: "pools[0].name", value: b }
            - { name: "pools[0].replicas", value: "2" }
            - { name: "pools[0].cores", value: '${isGo ? "{{ .size.cores }}" : "{{size.cores}}"}' }
`;
const sized = (cluster: string, cores: number): string => `cluster: ${cluster}\nsize:\n  cores: ${cores}\n`;
const released = {
  ...chart,
  [template]: chart[template].replace("4.18.1", '{{ $.Values.version | default "4.18.1" }}'),
  "app.yaml": byFile,
};

const many = (letter: string): string =>
  JSON.stringify(Array.from({ length: 1000 }, (_, index) => `${letter}-${index}`));

const cases: readonly (readonly [what: string, base: Files, head: Files, file: string, line: string])[] = [
  [
    "the value of a HelmRelease, not of another one in its file",
    { "releases.yaml": release(4, 8) },
    { "releases.yaml": release(4, 16) },
    "releases.yaml",
    "      cores: 16",
  ],
  [
    "the value of a ConfigMap that a HelmRelease names",
    {
      "releases.yaml": release(4, 8).replace(/ {2}values:[^]*/, "  valuesFrom: [{ kind: ConfigMap, name: set }]\n"),
      "set.yaml": configMap(8),
    },
    { "set.yaml": configMap(16) },
    "set.yaml",
    "      cores: 16",
  ],
  [
    "the value of the pool, where others get the same",
    { "app.yaml": byFile, "env/prod.yaml": pools(4, 8) },
    { "env/prod.yaml": pools(16, 16).replace("# the first", "# one\n# more") },
    "env/prod.yaml",
    "  cores: 16",
  ],
  [
    "the value of a text in an Application",
    { "app.yaml": application(`values: |\n${indented(pools(4, 8), "  ")}`) },
    { "app.yaml": application(`values: |\n${indented(pools(4, 16), "  ")}`) },
    "app.yaml",
    "          cores: 16",
  ],
  [
    "a parameter of an Application",
    {
      "app.yaml": application(
        `parameters:\n- { name: "pools[1].cores", value: "8" }\nvalueFiles: [../../env/prod.yaml]\n`,
      ),
      "env/prod.yaml": pools(4, 8),
    },
    {
      "app.yaml": application(
        `parameters:\n- { name: "pools[1].cores", value: "16" }\nvalueFiles: [../../env/prod.yaml]\n`,
      ),
    },
    "app.yaml",
    '      - { name: "pools[1].cores", value: "16" }',
  ],
  [
    "the part of a text",
    { ...released, "env/prod.yaml": `${pools(4, 8)}version: "4.18.1"\nzone: 4\n` },
    { "env/prod.yaml": `${pools(4, 8)}version: "4.18.2"\nzone: 18\n` },
    "env/prod.yaml",
    'version: "4.18.2"',
  ],
  ...[false, true].map(
    (isGo) =>
      [
        `the parameter of an ApplicationSet${isGo ? " with Go templates" : ""} in the file of the cluster`,
        { "set.yaml": set(isGo), "env/a.yaml": sized("a", 8), "env/c.yaml": sized("c", 8) },
        { "env/a.yaml": sized("a", 16), "env/c.yaml": sized("c", 16).replace("size", "# larger\nsize") },
        "env/c.yaml",
        "  cores: 16",
      ] as const,
  ),
  [
    "the first line that changes, where so many values change that some are parts of any text",
    { ...released, "env/prod.yaml": `${pools(4, 8)}many: ${many("a")}\nversion: "4.18.1"\n` },
    { "env/prod.yaml": `${pools(4, 8)}many: ${many("b")}\nversion: "4.18.2"\n` },
    "env/prod.yaml",
    `many: ${many("b")}`,
  ],
  [
    "the only line that changes, in a template",
    { "app.yaml": byFile, "env/prod.yaml": pools(4, 8) },
    { [template]: chart[template].replace("8Gi", "{{ mul 4 4 }}Gi") },
    template,
    "        memory: {{ mul 4 4 }}Gi",
  ],
  [
    "the chart where several files change and none has the value",
    { "app.yaml": byFile, "env/prod.yaml": pools(4, 8) },
    {
      [template]: chart[template].replace("8Gi", "{{ mul .cores 4 }}Gi"),
      "env/prod.yaml": `${pools(4, 8)}zone: 3\n`,
    },
    "charts/pools/Chart.yaml",
    "apiVersion: v2",
  ],
];

for (const [what, base, head, file, line] of cases)
  test(`a cause in a chart points to ${what}`, withTools, async (context) => {
    const before: Files = { ...chart, ...base };
    const report = await reportOf(context, before, head);
    const cause = report.pools.find(
      ({ cluster, pool, effect }) => cluster === "c" && pool === "b" && effect === "replace",
    )?.causes[0];
    assert.notEqual(cause, undefined);
    const after = { ...before, ...head };
    const lines = (after[cause?.file ?? ""] ?? "").split("\n");
    assert.deepEqual([cause?.file, lines[(cause?.line ?? 0) - 1]], [file, line]);
    if (after["env/prod.yaml"]?.includes("# more") === true) assert.equal(lines[(cause?.line ?? 0) - 3], "- name: b");
  });
