import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { reportOf } from "../comparison.ts";
import { chartYaml, template } from "../pool-chart.ts";

const service = `apiVersion: v1
kind: Service
metadata:
  name: {{ include "pools.name" . }}
  annotations:
    checksum: {{ include (print $.Template.BasePath "/rules.yaml") . | sha256sum }}
spec:
  type: {{ .Values.service }} # must be set
  roleRef:
    kind: {{ .Values.role | default "Role" }}
`;
const rules = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: rules }\n";
const helpers = `{{/* Names */}}
{{- define "pools.name" -}}
{{ .Chart.Name }}
{{- end }}
{{- define "pools.image" -}}
{{- if .Values.image }}{{ .Values.image }}{{ else }}quay.io/a:4.18.1-x86_64{{ end }}
{{- end }}
`;
/** A chart of node pools and other things, of which nothing says with which values it is rendered. */
const chart = {
  "Chart.yaml": chartYaml,
  "values.yaml": "# Pools\ncores: 4\npools: []\nservice: ClusterIP\n",
  "templates/_helpers.tpl": helpers,
  "templates/pools.yaml": template.replace(/image: .*/, 'image: {{ include "pools.image" . }}'),
  "templates/rules.yaml": rules,
  "templates/service.yaml": service,
};
type Files = Readonly<Record<string, string | null>>;

async function told(context: TestContext, change: Files, base: Files = {}): Promise<string> {
  const inFolder = (files: Files): Files =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`charts/pools/${path}`, text]));
  const report = await reportOf(context, inFolder({ ...chart, ...base }), inFolder(change));
  return `${report.verdict} ${report.complete} ${report.diagnostics.map(({ code }) => code).join()}`;
}

/** A value of the chart in one of its files, as it is and as the change makes it. */
const edited = (file: keyof typeof chart, from: string | RegExp, to: string): Files => {
  const text = chart[file].replace(from, to);
  assert.notEqual(text, chart[file]);
  return { [file]: text };
};

describe("a chart without known values", () => {
  const without: Record<string, Files> = {
    "a template of something else": edited("templates/service.yaml", "spec:", "spec:\n  clusterIP: None"),
    "a template that another one takes a checksum of": edited("templates/rules.yaml", "rules }", "rule }"),
    "a helper that no template of pools includes": edited("templates/_helpers.tpl", ".Chart.Name", ".Release.Name"),
    "a comment in its values": edited("values.yaml", "# Pools", "# The pools"),
    "a comment in a template": edited("templates/_helpers.tpl", "Names", "The names"),
    "a value that no template of pools takes in": edited("values.yaml", "ClusterIP", "NodePort"),
    "its version": edited("Chart.yaml", "0.1.0", "0.2.0"),
    "the name of a template": {
      "templates/pools.yaml": null,
      "templates/node-pools.yaml": chart["templates/pools.yaml"],
    },
  };
  for (const [what, change] of Object.entries(without))
    it(`is not reported for ${what}`, async (context) => {
      assert.equal(await told(context, change), "none true ");
    });

  const reported: Record<string, Files> = {
    "a template of pools": edited("templates/pools.yaml", "8Gi", "16Gi"),
    "a helper that it includes": edited("templates/_helpers.tpl", "4.18.1", "4.18.2"),
    "a value that it takes in": edited("values.yaml", "cores: 4", "cores: 8"),
    "a value of a helper": { "values.yaml": `${chart["values.yaml"]}image: quay.io/a:4.18.2-x86_64\n` },
    "a map, which pools may name": {
      "templates/config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: config }\n",
    },
    "a list that may hold anything": { "templates/more.yaml": "{{ toYaml .Values.more }}\n" },
    "objects of a kind that values say": {
      "templates/more.yaml": "apiVersion: {{ .Values.api }}\nkind: {{ .Values.kind }}\n",
    },
    "a work that carries manifests": {
      "templates/work.yaml":
        "apiVersion: work.open-cluster-management.io/v1\nkind: ManifestWork\nspec: {{ toYaml .Values.spec }}\n",
    },
    "a template that sets values": { "templates/more.yaml": `{{- $_ := set .Values "cores" 8 }}\n${rules}` },
    "a template that cannot be read": { "templates/more.yaml": "{{ if }" },
  };
  for (const [what, change] of Object.entries(reported))
    it(`is reported for ${what}`, async (context) => {
      assert.equal(await told(context, change), "unknown false chart-without-values");
    });

  const where: Record<string, { readonly base: Files; readonly change: Files }> = {
    "a value that a text of the values may take in": {
      base: edited("templates/pools.yaml", "8Gi", "{{ tpl .Values.memory . }}"),
      change: edited("values.yaml", "ClusterIP", "NodePort"),
    },
    "a value where all are handed on": {
      base: edited("templates/pools.yaml", "8Gi", '{{ get .Values "memory" }}'),
      change: edited("values.yaml", "ClusterIP", "NodePort"),
    },
    "its version where pools show it": {
      base: edited("templates/pools.yaml", "8Gi", "{{ .Chart.Version }}Gi"),
      change: edited("Chart.yaml", "0.1.0", "0.2.0"),
    },
    "a file that pools read": {
      base: { ...edited("templates/pools.yaml", "8Gi", '{{ .Files.Get "memory" }}'), memory: "8Gi\n" },
      change: { memory: "16Gi\n" },
    },
    "a helper of a library": {
      base: { "Chart.yaml": `${chartYaml}type: library\n` },
      change: edited("templates/_helpers.tpl", ".Chart.Name", ".Release.Name"),
    },
    "a helper of a chart with parts": {
      base: {
        "charts/part/Chart.yaml": chartYaml,
        "charts/part/templates/pools.yaml": template.replace("8Gi", '{{ include "pools.name" . }}'),
      },
      change: edited("templates/_helpers.tpl", ".Chart.Name", ".Release.Name"),
    },
    "a helper of what another chart is made of": {
      base: { "../all/Chart.yaml": `${chartYaml}dependencies: [{name: pools, repository: "file://../pools"}]\n` },
      change: edited("templates/_helpers.tpl", ".Chart.Name", ".Release.Name"),
    },
  };
  for (const [what, { base, change }] of Object.entries(where))
    it(`is reported for ${what}`, async (context) => {
      assert.match(await told(context, change, base), /^unknown false chart-without-values/);
    });
});
