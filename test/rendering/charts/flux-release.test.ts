import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { JsonObject } from "../../../src/manifests/manifest.ts";
import { parseYaml } from "../../../src/manifests/yaml/yaml.ts";
import { fluxChart, fluxRelease } from "../../../src/rendering/charts/flux-release.ts";

const held: Readonly<Record<string, string>> = {
  truth: "True",
  nothing: "null",
  whole: "12",
  quoted: `"12"`,
  list: "{a,b}",
};
const repository = {
  has: (path: string) => path === "values/here.yaml",
  knows: (path: string) => path.startsWith("values/"),
};
const object = (spec: string, inner = ""): JsonObject =>
  parseYaml(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: prod, namespace: clusters}
spec: {${spec === "" ? "" : `${spec}, `}chart: {spec: {chart: ./charts/pools, sourceRef: {kind: GitRepository}${inner}}}}
`) as JsonObject;
const released = (spec: string, inner = "") => fluxRelease(object(spec, inner), "charts/pools", repository, () => held);

describe("a HelmRelease", () => {
  it("says what it cannot be rendered for", () => {
    for (const [spec, inner, because] of [
      ["releaseName: Prod", "", "its name is not a valid release name"],
      ["releaseName: prod, targetNamespace: a b", "", "its namespace is not valid"],
      ["", ", valuesFiles: [../values.yaml]", "one of its valuesFiles is outside the repository"],
      ["", ", valuesFiles: [other.yaml]", `its values file "other.yaml" does not exist`],
      ["valuesFrom: [{kind: Secret, name: s}]", "", `it takes values from the Secret "s"`],
      [
        "valuesFrom: [{kind: ConfigMap, name: s, valuesKey: other}]",
        "",
        `it takes values from the ConfigMap "s", which is not found in the repository`,
      ],
      [
        "valuesFrom: [{kind: ConfigMap, name: s, valuesKey: list, targetPath: a}]",
        "",
        `what it takes from the ConfigMap "s" is not a plain value`,
      ],
      [
        "valuesFrom: [{kind: ConfigMap, name: s, valuesKey: truth, targetPath: 'a[0]'}]",
        "",
        `what it takes from the ConfigMap "s" is not a plain value`,
      ],
    ] as const) {
      const found = released(spec, inner);
      assert.equal(found.ok ? "rendered" : found.because, because);
    }
  });

  it("takes single values as helm reads them", () => {
    for (const [key, literal, text] of [
      ["truth", false, '{"a":{"b":true}}'],
      ["nothing", false, '{"a":{"b":null}}'],
      ["whole", false, '{"a":{"b":12}}'],
      ["quoted", false, '{"a":{"b":"12"}}'],
      ["whole", true, '{"a":{"b":"12"}}'],
      ["list", true, '{"a":{"b":"{a,b}"}}'],
    ] as const) {
      const found = released(
        `valuesFrom: [{kind: ConfigMap, name: s, valuesKey: ${key}, targetPath: a.b, literal: ${literal}}]`,
      );
      assert.ok(found.ok, JSON.stringify(found));
      assert.deepEqual(found.release.values, [{ text: `${text}\n` }], key);
    }
  });

  it("passes over values files that may be missing", () => {
    const found = released("", ", valuesFiles: [values/here.yaml, values/gone.yaml], ignoreMissingValuesFiles: true");
    assert.deepEqual(found.ok && found.release.values, [{ file: "values/here.yaml" }]);
  });

  it("shortens a name that is too long for a release", () => {
    const found = released(`targetNamespace: ${"a".repeat(60)}`);
    assert.match((found.ok && found.release.release) || "", /^a{40}-[0-9a-f]{12}$/);
  });

  it("has a chart of the repository where it takes one from git", () => {
    assert.equal(fluxChart(object("")), "charts/pools");
    assert.equal(fluxChart({ ...object(""), apiVersion: "helm.cattle.io/v1" }), undefined);
  });
});
