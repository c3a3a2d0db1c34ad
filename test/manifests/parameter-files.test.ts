import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze } from "../../src/index.ts";
import { sideOf } from "../side.ts";

type Files = Readonly<Record<string, string>>;
const side = (files: Files) => sideOf(files, "x");

/** What is said when one file differs and the others stand still. */
function said(still: Files, path: string, before: string | undefined, after: string | undefined) {
  const withFile = (text: string | undefined): Files => (text === undefined ? still : { ...still, [path]: text });
  const report = analyze(side(withFile(before)), side(withFile(after)));
  return { verdict: report.verdict, diagnostics: report.diagnostics };
}

const applicationSet = (generators: string, source = "path: clusters/base"): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: hosted-clusters }
spec:
  generators: ${generators}
  template:
    spec:
      source:
        ${source}
`;
const files = (path: string): string => `[{ git: { files: [{ path: "${path}" }] } }]`;

describe("parameters of GitOps tools", () => {
  it("a changed file from which an ApplicationSet makes clusters is unknown", () => {
    const still = { "apps/set.yaml": applicationSet(files("configs/*.yaml")) };
    const found = said(still, "configs/a.yaml", "name: a\nreplicas: 2\n", "name: a\nreplicas: 3\n");
    assert.equal(found.verdict, "unknown");
    assert.deepEqual(
      found.diagnostics.map(({ code, file, line, message }) => [code, file, line, message.split(" that ")[0]]),
      [
        [
          "unrendered",
          "configs/a.yaml",
          1,
          'this file changed, and the ApplicationSet "hosted-clusters" in apps/set.yaml:1 makes manifests from it',
        ],
      ],
    );
  });

  it("so is one by which helmfile or Fleet deploys what its name speaks of", () => {
    for (const file of ["helmfile.yaml", "envs/helmfile.prod.yaml", "a/fleet.yaml"])
      for (const [chart, verdict] of [
        ["hypershift-pools", "unknown"],
        ["nginx", "none"],
      ] as const) {
        const files = (version: string) =>
          side({ [file]: `releases:\n- {chart: oci://x/${chart}, version: ${version}}\n` });
        assert.equal(analyze(files("1.0.0"), files("1.1.0")).verdict, verdict, file);
      }
  });

  it("so is one that comes or goes", () => {
    const still = { "apps/set.yaml": applicationSet(files("configs/**/config.json")) };
    assert.equal(said(still, "configs/x/config.json", undefined, '{"name": "a"}').verdict, "unknown");
    assert.equal(said(still, "configs/x/config.json", '{"name": "a"}', undefined).verdict, "unknown");
  });

  it("says nothing of other files, of comments, and of sets that make something else", () => {
    const still = { "apps/set.yaml": applicationSet(files("configs/*.yaml")) };
    assert.deepEqual(said(still, "other/a.yaml", "a: 1\n", "a: 2\n").diagnostics, []);
    assert.deepEqual(said(still, "configs/a.yaml", "a: 1\n", "a: 1 # one\n").diagnostics, []);
    const other = { "apps/set.yaml": still["apps/set.yaml"].replace("hosted-clusters", "monitoring") };
    assert.deepEqual(said(other, "configs/a.yaml", "a: 1\n", "a: 2\n").diagnostics, []);
  });

  it("finds files by the generators within others, and by value files as each tool names them", () => {
    const nested = `[{ matrix: { generators: [{ clusters: {} }, { git: { files: [{ path: "envs/{{name}}.yaml" }] } }] } }]`;
    const source = (valueFiles: string): string =>
      applicationSet("[]", `{ path: charts/cluster, helm: { valueFiles: ["${valueFiles}"] } }`);
    const application = (sources: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: node-pools }\nspec: { sources: ${sources} }\n`;
    const release = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shoots }\nspec: { chart: { spec: { valuesFiles: ["./envs/prod.yaml"] } } }\n`;
    for (const maker of [
      applicationSet(nested),
      source("../../envs/{{name}}.yaml"),
      source("/envs/prod.yaml"),
      application(`[{ chart: c, helm: { valueFiles: ["$values/envs/prod.yaml"] } }, { ref: values }]`),
      release,
    ])
      assert.equal(said({ "maker.yaml": maker }, "envs/prod.yaml", "a: 1\n", "a: 2\n").verdict, "unknown", maker);
    for (const maker of [source("envs/prod.yaml"), source("https://example.com/envs/prod.yaml"), source("{{path}}")])
      assert.equal(said({ "maker.yaml": maker }, "envs/prod.yaml", "a: 1\n", "a: 2\n").verdict, "none", maker);
  });

  it("takes a set that cannot be read for one that makes manifests of what it mentions", () => {
    const template = `{{- if .Values.fleet }}\n${applicationSet(files("configs/{{ .Values.stage }}/*.yaml")).replaceAll("\n", "\n{{- end }}\n")}`;
    const found = said({ "chart/set.yaml": template }, "configs/prod/a.yaml", "a: 1\n", "a: 2\n");
    assert.match(
      found.diagnostics[0]?.message ?? "",
      /what chart\/set\.yaml:1 deploys, which could not be read, makes/,
    );
    assert.deepEqual(said({ "chart/set.yaml": template }, "other/a.yaml", "a: 1\n", "a: 2\n").diagnostics, []);
    const other = template.replace("hosted-clusters", "monitoring");
    assert.deepEqual(said({ "chart/set.yaml": other }, "configs/prod/a.yaml", "a: 1\n", "a: 2\n").diagnostics, []);
  });

  it("takes no longer for paths of many braces", () => {
    const braces = "{".repeat(200_000);
    const still = {
      "set.yaml": applicationSet(files(`${braces}/*.yaml`)),
      "t.yaml": `kind: ApplicationSet argoproj.io shoot {{${braces}`,
    };
    assert.equal(said(still, "a/b.yaml", "a: 1\n", "a: 2\n").verdict, "none");
  });

  it("says nothing of schemas and API documents that describe pools", () => {
    const site = (page: string): string =>
      `site_name: docs\nemoji: !!python/name:a.b\nnav:\n- HostedCluster:\n  - ${page}\n`;
    assert.deepEqual(said({}, "docs/mkdocs.yml", site("a.md"), site("b.md")).diagnostics, []);
    for (const key of ["$schema", "openapi", "swagger", "site_name"]) {
      const document = (type: string): string => JSON.stringify({ [key]: "3", NodePool: { type } }, undefined, 2);
      assert.deepEqual(said({}, "api.json", document("object"), document("array")).diagnostics, []);
    }
  });

  it("looks at a path of many stars no longer than at any other", () => {
    const still = { "set.yaml": applicationSet(files(`${"*a".repeat(5000)}b`)) };
    assert.equal(said(still, `${"a".repeat(4000)}.yaml`, "a: 1\n", "a: 2\n").verdict, "none");
  });
});
