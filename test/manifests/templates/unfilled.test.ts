import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze } from "../../../src/index.ts";
import { mayBecome, templateMark } from "../../../src/manifests/templates/template.ts";
import type { Report } from "../../../src/report/report.ts";
import { sideOf } from "../../side.ts";

const side = (files: Readonly<Record<string, string>>) => sideOf(files, "x");
const map = (max: number, name = "kubelet", key = "config", namespace = "clusters"): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\ndata:\n  ${key}: |\n    max: ${max}\n`;
const cluster = (channel: string, name = "prod", namespace = "clusters"): string =>
  `apiVersion: hypershift.openshift.io/v1beta1\nkind: HostedCluster\nmetadata:\n  name: ${name}\n  namespace: ${namespace}\nspec:\n  channel: ${channel}\n`;
interface Pool {
  readonly name?: string;
  readonly namespace?: string;
  readonly owner?: string;
  readonly spec?: string;
}
const pool = ({ name = "np", namespace = "clusters", owner = "other", spec = "" }: Pool): string =>
  `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata:\n  name: ${name}\n${namespace === "" ? "" : `  namespace: ${namespace}\n`}spec:\n  clusterName: ${owner}\n${spec}`;
const config = (name: string): string => `  config:\n  - name: ${name}\n`;

function change(before: string, after: string, unchanged: Readonly<Record<string, string>>): Report {
  return analyze(side({ "changed.yaml": before, ...unchanged }), side({ "changed.yaml": after, ...unchanged }));
}
const told = (report: Report): string[] => {
  assert.equal(report.complete, report.diagnostics.length === 0);
  return report.diagnostics.map(({ file, line, severity, code }) => `${file}:${line} ${severity} ${code}`);
};
const mapChanges = (...templates: readonly string[]): string[] =>
  told(change(map(1), map(2), { "t.yaml": templates.join("---\n") }));
const clusterChanges = (...templates: readonly string[]): string[] =>
  told(change(cluster("a"), cluster("b"), { "t.yaml": templates.join("---\n") }));

describe("an unchanged template that may use what changed", () => {
  it("is told of, with its place and what to do, and the report is not complete", () => {
    const report = change(map(1), map(2), { "t.yaml": pool({ spec: config('"{{ .Values.config }}"') }) });
    assert.equal(report.complete, false);
    assert.deepEqual(report.diagnostics, [
      {
        severity: "warning",
        code: "template",
        message:
          'this NodePool did not change, but is a template that may use the changed ConfigMap "clusters/kubelet": spec.config.0.name is "{{ .Values.config }}". Render it first and give the result',
        file: "t.yaml",
        line: 9,
      },
    ]);
  });

  for (const name of [
    "{{ .Values.config }}",
    "${CONFIG}",
    "{{ if .a }}b{{ else }}c{{ end }}",
    "<%= x %>",
    "$(CONFIG)",
    "((config))",
    "${{ values.config }}",
  ])
    it(`is told of when it marks names as ${name}`, () => {
      assert.deepEqual(mapChanges(pool({ spec: config(name) })), ["t.yaml:9 warning template"]);
    });

  for (const name of [
    "CLUSTER_NAME-kubelet",
    "__CLUSTER__",
    "CONFIG",
    "%CONFIG%",
    "<config>",
    "[config]",
    "@CONFIG@",
    "$CONFIG",
  ])
    it(`is told of when its names are placeholders as ${name}`, () => {
      const changed = name.endsWith("-kubelet") ? "prod-kubelet" : "kubelet";
      const files = {
        "t.yaml": pool({ spec: config(/^[%@[]/.test(name) ? `"${name}"` : name) }),
      };
      assert.equal(told(change(map(1, changed), map(2, changed), files)).length, 1);
    });

  it("is told of when a statement, or the template of another file, may write the name", () => {
    const ranged = "  config:\n  {{- range .Values.configs }}\n  - name: {{ . }}\n  {{- end }}\n";
    assert.deepEqual(mapChanges(pool({ name: "{{ .Values.name }}", spec: ranged })), ["t.yaml:10 warning template"]);
    const included = "  config:\n    {{- toYaml .Values.configs | nindent 4 }}\n";
    assert.deepEqual(mapChanges(pool({ spec: included })), ["t.yaml:9 warning template"]);
    assert.deepEqual(mapChanges(pool({ spec: '  {{- include "pool.config" . | nindent 2 }}\n' })), [
      "t.yaml:7 warning template",
    ]);
  });

  it("is told of when it is no YAML without its engine, unless its namespace is another", () => {
    const broken = "  config: [ {{ .Values.config }}\n";
    assert.deepEqual(mapChanges(pool({ spec: broken })), ["t.yaml:1 warning template"]);
    assert.deepEqual(mapChanges(pool({ namespace: "elsewhere", spec: broken })), []);
  });

  it("is told of when the pools of a changed cluster are meant, or the clusters that name a changed object", () => {
    assert.deepEqual(clusterChanges(pool({ owner: "{{ .Values.cluster }}" })), ["t.yaml:7 warning template"]);
    const bundle = `${cluster("a", "b")}  additionalTrustBundle:\n    name: \${BUNDLE}\n`;
    const files = { "t.yaml": bundle };
    const changed = (max: number) => map(max, "ca", "ca-bundle.crt");
    assert.deepEqual(told(change(changed(1), changed(2), files)), ["t.yaml:9 warning template"]);
  });

  it("is told of when its cluster is unchanged, but uses what changed", () => {
    const owner = `${cluster("a")}  additionalTrustBundle:\n    name: ca\n`;
    const files = { "c.yaml": owner, "t.yaml": pool({ owner: "${CLUSTER}" }) };
    assert.deepEqual(told(change(map(1, "ca", "ca-bundle.crt"), map(2, "ca", "ca-bundle.crt"), files)), [
      "t.yaml:7 warning template",
    ]);
  });

  it("is told of in lists and in wrappers", () => {
    const item = pool({ spec: config("${CONFIG}") })
      .replaceAll(/^/gm, "    ")
      .replace("    api", "  - api")
      .trimEnd();
    assert.equal(mapChanges(`apiVersion: v1\nkind: List\nitems:\n${item}\n`).length, 1);
    assert.equal(mapChanges(`apiVersion: template.openshift.io/v1\nkind: Template\nobjects:\n${item}\n`).length, 1);
  });

  it("that cannot be read but names it is an error", () => {
    assert.deepEqual(mapChanges(pool({ spec: `${config("kubelet")}  replicas: [\n` })), ["t.yaml:10 error unreadable"]);
    assert.deepEqual(mapChanges(pool({ name: "{{ .Values.name }}", spec: config("kubelet") })), [
      "t.yaml:4 error template",
    ]);
  });
});

describe("an unchanged template that cannot be meant", () => {
  it("has other kinds, namespaces, clusters or names, and nothing is said", () => {
    const open = config("{{ .Values.config }}");
    for (const [what, template] of Object.entries({
      namespace: pool({ namespace: "elsewhere", spec: open }),
      name: pool({ name: "{{ .Values.name }}", spec: config("other") }),
      "another part": pool({ name: "{{ .Values.name }}", spec: "  replicas: {{ .Values.replicas }}\n" }),
      group: pool({ spec: open }).replace("hypershift.openshift.io", "karpenter.sh"),
      kind: pool({ spec: open }).replace("NodePool", "Deployment"),
      comment: pool({ spec: "  # name: {{ .Values.config }}\n" }),
      labels: pool({ spec: "" }).replace("spec:", '  labels:\n    {{- include "labels" . | nindent 4 }}\nspec:'),
    }))
      assert.deepEqual(mapChanges(template), [], what);
    assert.deepEqual(clusterChanges(pool({ name: "{{ .Values.name }}", owner: "other" })), []);
    assert.deepEqual(clusterChanges(pool({ name: "{{ .Values.name }}", owner: "{{ .Values.env }}-test" })), []);
  });

  it("has branches that write one key twice, which counts where it names objects", () => {
    const branches = (one: string, other: string): string => `{% if a %}\n${one}{% else %}\n${other}{% endif %}\n`;
    const images = `  release:\n${branches("    image: {{ a }}\n", "    image: b\n")}`;
    assert.deepEqual(mapChanges(pool({ spec: `${images}${config("x-{{ name }}")}` })), []);
    assert.deepEqual(mapChanges(pool({ spec: `${images}${config("k{{ name }}")}` })), ["t.yaml:15 warning template"]);
    const names = branches(config("x-{{ name }}"), config("k{{ name }}"));
    assert.deepEqual(mapChanges(pool({ spec: names })), ["t.yaml:1 warning template"]);
  });

  it("names what a template beside it makes", () => {
    const skeleton = [
      cluster("a", "${{ values.name }}"),
      pool({ name: "${{ values.name }}", owner: "${{ values.name }}" }),
    ];
    assert.deepEqual(clusterChanges(...skeleton), []);
    const own = [map(1, "${{ values.name }}-config"), pool({ spec: config("${{ values.name }}-config") })];
    assert.deepEqual(told(change(map(1, "a-config"), map(2, "a-config"), { "t.yaml": own.join("---\n") })), []);
    const apart = { "x/t.yaml": own[0] ?? "", "y/t.yaml": own[1] ?? "" };
    assert.deepEqual(told(change(map(1, "a-config"), map(2, "a-config"), apart)), ["y/t.yaml:9 warning template"]);
  });

  it("is no concern of a change that does not reach it", () => {
    const files = {
      "t.yaml": pool({ name: "other", owner: "{{ .Values.cluster }}", spec: config("{{ .Values.config }}") }),
    };
    assert.deepEqual(told(change(map(1, "app", "settings"), map(2, "app", "settings"), files)), [], "no such content");
    const literal = { ...files, "c.yaml": cluster("a") };
    assert.deepEqual(
      told(change(pool({ owner: "prod" }), pool({ owner: "prod", spec: "  replicas: 2\n" }), literal)),
      [],
      "a pool beside it",
    );
  });
});

describe("marks of templates", () => {
  it("are found in a text full of their beginnings as soon as in any other", () => {
    for (const begin of ["{{", "${", "((", "{%", "$("]) assert.equal(templateMark(begin.repeat(200_000)), undefined);
  });

  it("stand for any name that holds what stands around them", () => {
    for (const [text, name, may] of [
      ["{{ a }}-x-{{ b }}", "1-x-2", true],
      ["{{ a }}-x-{{ b }}", "1-y-2", false],
      ["a{{ b }}a", "a", false],
      ["a{{ b }}a", "aa", true],
      ["${A:-${B}}", "any", true],
      ["literal", "literal", true],
      ["literal", "other", false],
    ] as const)
      assert.equal(mayBecome(text, name), may, `${text} ${name}`);
  });
});
