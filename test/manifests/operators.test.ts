import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { sideOf } from "../side.ts";

const said = ({ verdict, complete, diagnostics }: Report): unknown[] => [
  verdict,
  complete,
  ...diagnostics.map(({ code, file, line }) => [code, file, line]),
];
const compared = (
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
): { readonly said: unknown[]; readonly messages: readonly string[] } => {
  const report = analyze(sideOf(base), sideOf(head));
  return { said: said(report), messages: report.diagnostics.map(({ message }) => message) };
};
const nothing = ["none", true];

/** As `hypershift install render` writes it. */
const deployment = ({
  image = "quay.io/hypershift/hypershift-operator:1",
  overrides = "quay.io/a=m.io/a",
  variable = "m.io/haproxy@sha256:1",
  replicas = 1,
} = {}): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: operator
  namespace: hypershift
spec:
  replicas: ${replicas}
  template:
    spec:
      containers:
        - name: operator
          image: ${image}
          command: [/usr/bin/hypershift-operator]
          args:
            - run
            - --registry-overrides=${overrides}
          env:
            - { name: IMAGE_SHARED_INGRESS_HAPROXY, value: "${variable}" }
            - { name: MONITORING_DASHBOARDS, value: "${replicas}" }
`;
const job = (overrides: string): string => `apiVersion: batch/v1
kind: Job
metadata: { name: install }
spec:
  template:
    spec:
      containers:
        - name: install
          image: m.io/hypershift:1
          command: [/bin/sh, -c]
          args:
            - |
              hypershift install --registry-overrides "${overrides}" \\
                --platform-monitoring=None
`;

describe("operators whose settings reach nodes", () => {
  it("says of other settings that no manifest of a cluster shows what they do", () => {
    const base = deployment();
    const told = ["unknown", false];
    for (const [changed, line, name] of [
      [{ image: "quay.io/hypershift/hypershift-operator:2" }, 12, "image"],
      [{ overrides: "quay.io/a=m.io/b" }, 16, "--registry-overrides"],
      [{ variable: "m.io/haproxy@sha256:2" }, 18, "IMAGE_SHARED_INGRESS_HAPROXY"],
    ] as const) {
      const found = compared({ "operator.yaml": base }, { "operator.yaml": deployment(changed) });
      assert.deepEqual(found.said, [...told, ["unrendered", "operator.yaml", line]]);
      assert.match(
        found.messages[0] ?? "",
        new RegExp(`^the operator of HyperShift gets other settings here \\(${name}\\)`),
      );
    }
  });

  it("reads the script of an installer, and settings in an object of their own", () => {
    const installed = compared({ "job.yaml": job("a=b") }, { "job.yaml": job("a=b,c=d") });
    assert.deepEqual(installed.said, ["unknown", false, ["unrendered", "job.yaml", 13]]);
    const flags = `apiVersion: v1
kind: ConfigMap
metadata: { name: hypershift-operator-install-flags, namespace: local-cluster }
data: { installFlagsToAdd: --registry-overrides a=b }
`;
    assert.deepEqual(compared({}, { "flags.yaml": flags }).said, ["unknown", false, ["unrendered", "flags.yaml", 4]]);
    assert.deepEqual(compared({ "flags.yaml": flags }, {}).said, ["unknown", false, ["unrendered", "flags.yaml", 4]]);
  });

  it("does not take a text that cannot be read for one without settings", () => {
    const unfilled = deployment({ overrides: "{{ .Values.overrides }}" }).replace(
      "replicas: 1",
      "{{- if .Values.replicas }}",
    );
    const found = compared({ "o.yaml": deployment() }, { "o.yaml": unfilled });
    assert.deepEqual(found.said, ["unknown", false, ["unrendered", "o.yaml", 1]]);
    assert.match(found.messages[0] ?? "", /may get other settings from this text, which is not a manifest yet/);
    assert.deepEqual(compared({ "o.yaml": unfilled }, { "o.yaml": unfilled }).said, nothing);
  });

  it("takes of settings that cannot be read only those beside the name of the operator", () => {
    const settings = (digest: string, other: string, ofStage: string) => `# hypershift-operator and others
region: {{ .ctx.region }}
gateway:
  image: { digest: ${other} }
hypershift:
  image:
    repository: acm/hypershift-operator
    digest: ${digest}
stages:
  dev:
    HyperShift:
      image:
        digest: ${ofStage}
    gateway: { digest: ${other} }
`;
    const said = (after: string) => compared({ "o.yaml": settings("a", "a", "a") }, { "o.yaml": after }).said;
    const unread = (line: number) => ["unknown", false, ["unrendered", "o.yaml", line]];
    assert.deepEqual(said(settings("a", "b", "a")), nothing);
    assert.deepEqual(said(settings("b", "a", "a")), unread(8));
    assert.deepEqual(said(settings("a", "a", "b")), unread(13));
    assert.deepEqual(said(settings("a", "a", "a").replace("gateway:", "kind: x\ngateway:")), unread(1));
  });

  it("finds an operator that moved to another file", () => {
    const moved = compared(
      { "a/operator.yaml": deployment() },
      { "b/operator.yaml": deployment({ overrides: "x=y" }) },
    );
    assert.deepEqual(moved.said, ["unknown", false, ["unrendered", "b/operator.yaml", 16]]);
  });

  it("takes no other document for what an operator was before", () => {
    const other = (name: string) => `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\n---\n`;
    const [before, after] = [deployment(), deployment({ replicas: 2 })];
    assert.deepEqual(compared({ "o.yaml": before }, { "o.yaml": `${other("a")}${after}` }).said, nothing);
    assert.deepEqual(
      compared({ "o.yaml": `${other("a")}${before}` }, { "o.yaml": `${after}---\n${other("b")}` }).said,
      nothing,
    );
  });

  it("keeps quiet of other settings, of the same ones written otherwise, and of an operator that comes or goes", () => {
    const base = { "operator.yaml": deployment() };
    assert.deepEqual(compared(base, { "operator.yaml": deployment({ replicas: 2 }) }).said, nothing);
    const twoArguments = deployment().replace("--registry-overrides=", "--registry-overrides\n            - ");
    assert.deepEqual(compared(base, { "operator.yaml": twoArguments }).said, nothing);
    assert.deepEqual(compared({}, base).said, nothing);
    assert.deepEqual(compared(base, {}).said, nothing);
  });

  it("keeps quiet of other programs with such a setting", () => {
    const other = (overrides: string) => deployment({ overrides }).replaceAll("hypershift-operator", "other-operator");
    assert.deepEqual(compared({ "o.yaml": other("a=b") }, { "o.yaml": other("a=c") }).said, nothing);
    const watching = (image: string) =>
      other("a=b")
        .replace("- run", "- --namespace=hypershift-operator")
        .replace(/image: .*/, `image: ${image}`);
    assert.deepEqual(compared({ "o.yaml": watching("a") }, { "o.yaml": watching("b") }).said, nothing);
  });
});
