import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isDefinition, isNamesake, mayHold, mayMake, mayMatter } from "../../src/manifests/may-matter.ts";
import { interest } from "./interest.ts";

describe("mayMatter", () => {
  it("parses what may hold an object of interest, however it is written", () => {
    for (const text of [
      "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\n",
      '{"apiVersion": "v1", "kind": "ConfigMap"}',
      'apiVersion: v1\nkind: "\\u0053hoot"\n',
      'kind: "Sho\\\n  ot"\napiVersion: core.gardener.cloud/v1beta1\n',
      "apiVersion: v1\nkind: !!binary U2hvb3Q=\n",
      "apiVersion: v1\nkind: List\nitems:\n- kind: Shoot\n",
      "apiVersion: core.gardener.cloud/v1beta1\nkind: ShootList\nitems: []\n",
      "kind: {{ .Values.kind }}\nmetadata: {}\n",
      "kind: &k Shoot\napiVersion: x/v1\n",
      "k\0i\0n\0d\0:\0 \0S\0h\0o\0o\0t\0",
      "kind: Role\napiVersion: v1\n'kind': Shoot\n",
      "kind: Role\n  Shoot\napiVersion: v1\n",
      "kind: Bundle\napiVersion: example.com/v1\nspec:\n- kind: Shoot\n",
      'kind: Bundle\napiVersion: example.com/v1\nspec: [{"kind": "NodePool"}]\n',
      "kind: Bundle\napiVersion: example.com/v1\nspec: [&k NodePool, {kind: *k}]\n",
      'kind: Bundle\napiVersion: example.com/v1\nspec: [NodePool, {kind: "Node\\\n  Pool"}]\n',
      'kind: Bundle\napiVersion: example.com/v1\nspec: [{"k\\x69nd": NodePool}]\n',
    ])
      assert.equal(mayMatter(text, interest), true, text);
  });

  it("passes over what surely holds none", () => {
    for (const text of [
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n",
      "# of the Shoot\n---\napiVersion: apps/v1\nkind: Deployment # not a Shoot\nmetadata:\n  name: Shoot\n",
      "apiVersion: karpenter.sh/v1\nkind: NodePool\n",
      "apiVersion: apps/v1\nkind: Deployment\nspec: {kind: ConfigMap, about: Shoot}\n",
      "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec:\n  names:\n    kind: NodePool\n",
      "a: b\n",
      "",
    ])
      assert.equal(mayMatter(text, interest), false, text);
  });
});

it("tells the definition of a kind from what only speaks of one, or holds more", () => {
  const definition =
    "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nspec: {names: {kind: Shoot}}\n";
  assert.equal(isDefinition(definition), true);
  for (const text of [
    definition.replace("apiextensions.k8s.io", "example.com"),
    `${definition}---\nkind: Shoot\n`,
    definition.replace("CustomResourceDefinition", "CustomResourceDefinitionList"),
    "kind: CustomResourceDefinition\n",
    "about: CustomResourceDefinition\n",
  ])
    assert.equal(isDefinition(text), false, text);
});

describe("mayHold", () => {
  const judged = [
    { group: "core.gardener.cloud", kind: "Shoot" },
    { group: "hypershift.openshift.io", kind: "HostedCluster" },
  ];

  it("holds what says its kind and version, lost its version, or hides them", () => {
    for (const text of [
      "apiVersion: core.gardener.cloud/v1beta1\nkind: Shoot\nspec: {{ x }}\n",
      "- apiVersion: v1\n  kind: List\n- {kind: Shoot, apiVersion: core.gardener.cloud/v1beta1}\n- {{ x }}\n",
      "apiVersion: {{ .Values.version }}\nkind: Shoot\n",
      "kind: Shoot\nspec: {{ x }}\n",
      "apiVersion: core.gardener.cloud/v1beta1\nkind: {{ .Values.kind }}\n",
      "a\0p\0i\0",
      "'apiVersion\n': core.gardener.cloud/v1beta1\nkind: Shoot\ndata:\n  apiVersion: v1\n",
      "apiVersion: core.gardener.cloud/v1beta1\nkind' Shoot\ndata: {kind: x}\n",
      "apiVersion: core.gardener.cloud/v1beta1\nkind: [Shoot\nmetadata: {name: a}\n",
      "apiVersion: core.gardener.cloud/v1beta1\nkind:\n  name: a\n- x\n",
    ])
      assert.equal(mayHold(text, judged), true, text);
  });

  it("does not hold what only speaks of a kind", () => {
    for (const text of [
      "resources:\n- group: hypershift.openshift.io\n  kind: HostedCluster\n  {{ x }}\n",
      "apiVersion: v1\nkind: ConfigMap\ndata: {of: {kind: Shoot}}\n",
      "apiVersion: hypershift.openshift.io/v1beta1\nkind: Other\nspec: {{ Shoot }}\n",
      "apiVersion: v1\nkind' Service\n",
    ])
      assert.equal(mayHold(text, judged), false, text);
  });
});

it("a kind of another group is a namesake, unless the document may hold one of ours beside it", () => {
  const rows = [{ group: "hypershift.openshift.io", kind: "NodePool" }];
  const other = "apiVersion: karpenter.sh/v1\nkind: NodePool\nmetadata: {name: a}\n";
  for (const text of [other, `{{- if .Values.on }}\n${other}{{- end }}\n`])
    assert.equal(isNamesake(text, rows), true, text);
  for (const text of [
    other.replace("karpenter.sh/v1", "hypershift.openshift.io/v1beta1"),
    other.replace("karpenter.sh/v1", "{{ .Values.api }}"),
    other.replace("kind: NodePool", "kind: EC2NodeClass"),
    `${other}spec: {inner: {apiVersion: hypershift.openshift.io/v1beta1, kind: NodePool}}\n`,
    `${other}spec: {inner: {kind: "{{ .Values.kind }}"}}\n`,
    "kind: NodePool\nmetadata: {name: a}\n",
  ])
    assert.equal(isNamesake(text, rows), false, text);
});

it("a kind that is only named to be watched makes nothing", () => {
  const watched =
    "resources:\n  - groupVersionKind:\n      group: a.example.com\n      version: v1\n      kind: Shoot\n";
  const kinds = new Set(["Shoot"]);
  for (const text of [watched, "resources: [{groupVersionKind: {group: a, version: v1, kind: Shoot}}]\n"])
    assert.equal(mayMake(text, kinds), false, text);
  for (const text of [`${watched}  - kind: Shoot\n`, "target: {group: a, version: v1, kind: Shoot}\n"])
    assert.equal(mayMake(text, kinds), true, text);
});
