import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readManifests } from "../../src/manifests/read.ts";
import { file, interest } from "./interest.ts";

const shoot = (name: string, more = "") =>
  `apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nmetadata:\n  name: ${name}\n  namespace: garden-a\nspec:\n  region: x\n${more}`;
const read = (text: string, path = "a.yaml") => readManifests([file(path, text)], interest);
const codes = (text: string) => read(text).diagnostics.map(({ code, line }) => `${code}:${line}`);

describe("readManifests", () => {
  it("keeps the objects of interest, with their place", () => {
    const { manifests, diagnostics } = read(`# comment\n---\n${shoot("a")}---\nkind: Deployment\n---\n${shoot("b")}`);
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(
      manifests.map(({ group, kind, namespace, name, position }) => [group, kind, namespace, name, position.line]),
      [
        ["core.gardener.cloud", "Shoot", "garden-a", "a", 3],
        ["core.gardener.cloud", "Shoot", "garden-a", "b", 13],
      ],
    );
    assert.deepEqual(manifests[1]!.locate(["spec", "region"]), { file: "a.yaml", line: 19, column: 11 });
    assert.deepEqual(manifests[1]!.locate(["spec", "nowhere", 3]), { file: "a.yaml", line: 19, column: 3 });
  });

  it("unwraps lists, typed ones too", () => {
    const indented = shoot("a").trimEnd().replaceAll("\n", "\n    ");
    const { manifests } = read(`apiVersion: v1\nkind: List\nitems:\n  - ${indented}\n`);
    assert.deepEqual(
      manifests.map(({ name, position }) => [name, position.line]),
      [["a", 4]],
    );
    assert.deepEqual(manifests[0]!.locate(["spec", "region"]).line, 10);
    const typed = read("apiVersion: core.gardener.cloud/v1beta1\nkind: ShootList\nitems:\n- metadata: {name: b}\n");
    assert.deepEqual(
      typed.manifests.map(({ kind, name, group }) => [kind, name, group]),
      [["Shoot", "b", "core.gardener.cloud"]],
    );
  });

  it("leaves namesakes aside", () => {
    assert.deepEqual(read("apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: a}\n"), {
      manifests: [],
      diagnostics: [],
    });
    assert.deepEqual(codes("apiVersion: garden.sapcloud.io/v1beta1\nkind: Shoot\nmetadata: {name: a}\n"), [
      "unsupported-api:1",
    ]);
  });

  it("loses only the broken document", () => {
    const { manifests, diagnostics } = read(`${shoot("a")}---\n${shoot("b", "  x: y: z\n")}---\n${shoot("c")}`);
    assert.deepEqual(
      manifests.map(({ name }) => name),
      ["a", "c"],
    );
    assert.deepEqual(
      diagnostics.map(({ code, line, incomplete }) => [code, line, incomplete]),
      [["unreadable", 16, true]],
    );
  });

  it("recognises templates", () => {
    assert.deepEqual(codes(shoot("{{ .Values.name }}")), ["template:4"]);
    assert.deepEqual(codes(shoot('"{{ .Values.name }}"')), ["template:4"]);
    assert.deepEqual(codes(shoot("${NAME}")), ["template:4"]);
    assert.deepEqual(codes(shoot("CLUSTER_NAME")), ["template:4"]);
    assert.deepEqual(codes(shoot("__NAME__")), ["template:4"]);
    assert.deepEqual(codes(shoot("a", "{{- if .x }}\n")), ["template:8"]);
    assert.deepEqual(codes('apiVersion: core.gardener.cloud/v1beta1\nkind: "{{ .kind }}"\nmetadata: {name: a}\n'), [
      "template:2",
    ]);
  });

  it("says where kubectl stops reading a document, and keeps what is above", () => {
    const { manifests, diagnostics } = read(`${shoot("a")}...\nkind: NodePool\n`);
    assert.deepEqual(
      manifests.map(({ name }) => name),
      ["a"],
    );
    assert.deepEqual(
      diagnostics.map(({ severity, code, line }) => [severity, code, line]),
      [["warning", "ignored-text", 8]],
    );
  });

  it("keeps quiet of templates that can hold nothing of interest", () => {
    assert.deepEqual(codes("apiVersion: apps/v1\nkind: Deployment\nspec: {about: Shoot, replicas: {{ .x }}}\n"), []);
    // The text names Shoots, so it is read; its root is not one of ours.
    const foreign = (kind: string) => `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: a}\nspec: {kind: Shoot}\n`;
    for (const kind of ['"{{ .kind }}"', "5"]) {
      assert.deepEqual(codes(foreign(kind)), [], kind);
      assert.equal(codes(foreign(kind).replace("apps/v1", "core.gardener.cloud/v1beta1")).length, 1, kind);
    }
  });

  it("says that a judged object which cannot be read hides pools, and that another does not", () => {
    const hides = (text: string) =>
      readManifests([file("a.yaml", text)], interest).diagnostics.map(({ incomplete, hidesPools, users }) => [
        incomplete,
        hidesPools,
        users,
      ]);
    assert.deepEqual(hides(shoot("CLUSTER_NAME")), [[true, true, undefined]]);
    assert.deepEqual(hides(shoot("a", "{{- if .x }}\n")), [[true, true, undefined]]);
    const users = ["NodePool", "HostedCluster"];
    assert.deepEqual(hides('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .x }}"}\n'), [
      [true, undefined, users],
    ]);
    assert.deepEqual(hides("apiVersion: v1\nkind: ConfigMap\ndata: {{- if .x }}\n"), [[true, undefined, users]]);
  });
});
