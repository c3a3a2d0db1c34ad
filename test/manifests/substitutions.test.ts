import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze } from "../../src/index.ts";
import { nodePool, shoot } from "../rendering/shoots.ts";
import { sideOf } from "../side.ts";

type Files = Readonly<Record<string, string>>;
const side = (files: Files) => sideOf(files, "x");

const settings = (data: string, kind = "ConfigMap", field = "data"): string =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: cluster-settings, namespace: flux-system}\n${field}: {${data}}\n`;

/** What is said of the files that stand still when the settings change, with the message up to its advice. */
function said(still: string, before: string, after: string) {
  const { verdict, diagnostics } = analyze(
    side({ "fleet/one.yaml": still, "settings.yaml": before }),
    side({ "fleet/one.yaml": still, "settings.yaml": after }),
  );
  return [
    verdict,
    ...diagnostics.map(({ code, file, line, message }) => `${code} ${file}:${line} ${message.split(/:|, and/)[0]}`),
  ];
}

const templated = (mark: string): string => shoot("one", ["a"]).replace("1.33.2", () => mark);
const oldVersion = settings("VERSION: 1.33.2, other: a");
const newVersion = settings("VERSION: 1.34.1, other: a");

describe("settings that Flux fills in", () => {
  it("reach unchanged manifests with a variable of their name", () => {
    for (const mark of ["${VERSION}", '"${VERSION:=1.33.2}"', "${VERSION/a/b}", "${VERSION^^}"])
      assert.deepEqual(
        said(templated(mark), oldVersion, newVersion),
        [
          "unknown",
          'unrendered fleet/one.yaml:15 ${VERSION} is used here, which the changed ConfigMap "flux-system/cluster-settings" may set',
        ],
        mark,
      );
  });

  it("do not matter in an object that has nothing that pools and clusters read", () => {
    const map = (key: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata:\n  ${key}: |\n    token: \${VERSION}\n`;
    assert.deepEqual(said(map("app-config.yaml"), oldVersion, newVersion), ["none"]);
    assert.equal(said(map("config"), oldVersion, newVersion)[0], "unknown");
  });

  it("also when they stand in a Secret, and where they come or go", () => {
    const secret = (version: string): string => settings(`VERSION: ${version}`, "Secret", "stringData");
    const found = said(templated("${VERSION}"), secret("1.33.2"), secret("1.34.1"));
    assert.match(found[1] ?? "", /changed Secret "flux-system\/cluster-settings" may set$/);
    assert.doesNotMatch(found.join(""), /1\.3[34]/);
    assert.equal(said(templated("${VERSION}"), "a: 1\n", newVersion)[0], "unknown");
    assert.equal(said(templated("${VERSION}"), oldVersion, "a: 1\n")[0], "unknown");
    const sealed = (version: string): string =>
      `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\nspec: {encryptedData: {VERSION: ${version}}}\n`;
    assert.match(said(templated("${VERSION}"), sealed("A="), sealed("B="))[1] ?? "", /changed Secret "s" may set$/);
  });

  it("also when an ExternalSecret fetches them, under the name of its target", () => {
    const external = (version: string): string =>
      `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: e}\nspec: {target: {name: t}, data: [{secretKey: VERSION, remoteRef: {key: a, version: "${version}"}}]}\n`;
    const found = said(templated("${VERSION}"), external("1"), external("2"));
    assert.match(found[1] ?? "", /changed Secret "t" may set$/);
    assert.deepEqual(said(templated("${OTHER}"), external("1"), external("2")), ["none"]);
  });

  it("reach what pools refer to", () => {
    const config = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kubelet, namespace: clusters}\ndata: {config: "\${VERSION}"}\n`;
    const pool = nodePool("c", "workers", "  config: [{name: kubelet}]\n");
    assert.equal(said(`${config}---\n${pool}`, oldVersion, newVersion)[0], "unknown");
  });

  it("leave alone what they do not name", () => {
    for (const mark of ["$${VERSION}", "${VERSIONS}", "${OTHER}", "1.33.2"])
      assert.deepEqual(said(templated(mark), oldVersion, newVersion), ["none"], mark);
    assert.deepEqual(said(templated("${VERSION}"), oldVersion, settings("VERSION: 1.33.2, other: b")), ["none"]);
    assert.deepEqual(said("kind: Deployment\na: ${VERSION}\n", oldVersion, newVersion), ["none"]);
  });
});

describe("values of a HelmRelease", () => {
  const release = (name: string, from: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: flux-system}\nspec:\n  valuesFrom:\n  - {${from}}\n`;
  it("reach the pools that its chart makes", () => {
    assert.deepEqual(said(release("shoots", "kind: ConfigMap, name: cluster-settings"), oldVersion, newVersion), [
      "unknown",
      'unrendered fleet/one.yaml:1 the HelmRelease "shoots" takes values from the changed ConfigMap "flux-system/cluster-settings"',
    ]);
  });

  it("reach them from what is fetched as a whole, too", () => {
    const external = (key: string): string =>
      `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: cluster-settings}\nspec: {dataFrom: [{extract: {key: ${key}}}]}\n`;
    const still = release("shoots", "kind: Secret, name: cluster-settings");
    assert.equal(said(still, external("a"), external("b"))[0], "unknown");
  });

  it("reach no others", () => {
    for (const still of [
      release("monitoring", "kind: ConfigMap, name: cluster-settings"),
      release("shoots", "kind: Secret, name: cluster-settings"),
      release("shoots", "kind: ConfigMap, name: other"),
      release("shoots", "kind: ConfigMap, name: cluster-settings").replace("flux-system", "elsewhere"),
    ])
      assert.deepEqual(said(still, oldVersion, newVersion), ["none"], still);
  });
});
