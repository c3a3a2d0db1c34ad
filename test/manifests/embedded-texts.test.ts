import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { analyze, type Report } from "../../src/index.ts";
import { sideOf } from "../side.ts";

const report = (base: string, head: string, path = "a.yaml"): Report =>
  analyze(sideOf(base === "" ? {} : { [path]: base }), sideOf(head === "" ? {} : { [path]: head }));
const said = ({ verdict, complete, diagnostics }: Report): unknown[] => [
  verdict,
  complete,
  ...diagnostics.map(({ code, line }) => `${code} ${line ?? ""}`),
];
const quiet = ["none", true];
const indented = (text: string, by: number): string => text.replaceAll(/^(?=.)/gm, " ".repeat(by));

const pool = (cores: number): string =>
  `apiVersion: hypershift.openshift.io/v1beta1\nkind: NodePool\nmetadata: { name: "\${NAME}" }\nspec: { cores: ${cores} }\n`;
const container = (script: string, more = ""): string =>
  `containers:\n  - name: a\n    image: quay.io/cli:1\n${more}    command: [sh, -c]\n    args:\n      - |\n${indented(script, 8)}`;
const job = (script: string, more = ""): string =>
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec:\n  template:\n    spec:\n${indented(container(script, more), 6)}`;
const heredoc = (cores: number): string => `# one\ncat <<YAML | oc apply -f -\n${pool(cores)}YAML\n`;

describe("texts in manifests that make pools", () => {
  it("says of a changed script of a Job that what it makes is not among the files", () => {
    assert.deepEqual(said(report(job(heredoc(2)), job(heredoc(4)))), ["unknown", false, "unrendered 14"]);
    assert.deepEqual(said(report("", job(heredoc(4)))), ["unknown", false, "unrendered 14"]);
    assert.match(report(job(heredoc(2)), job(heredoc(4))).diagnostics[0]?.message ?? "", /^a text in this Job changed/);
    const named = (name: string): string => job(heredoc(2), `    env: [{ name: NAME, value: ${name} }]\n`);
    assert.deepEqual(said(report(named("a"), named("b"))).slice(0, 2), ["unknown", false]);
  });

  it("keeps quiet of its image, of comments, of a Job that goes, and of other scripts", () => {
    const before = job(heredoc(2));
    for (const after of [
      before.replace("cli:1", "cli:2"),
      before.replace("# one", "# two"),
      before.replace("name: a }", "name: b }"),
      "",
    ]) {
      assert.notEqual(after, before);
      assert.deepEqual(said(report(before, after)), quiet);
    }
    const karpenter = (cores: number) => heredoc(cores).replace("hypershift.openshift.io/v1beta1", "karpenter.sh/v1");
    assert.deepEqual(said(report(job(karpenter(2)), job(karpenter(4)))), quiet);
  });

  it("knows commands that change pools or clusters from those that read them or name files", () => {
    const changing = [
      'oc patch nodepool a --type merge -p \'{"spec":{"replicas":SIZE}}\'',
      "kubectl -n garden-a annotate --overwrite shoots/a gardener.cloud/operation=SIZE",
      "kubectl scale nodepools.hypershift.openshift.io/a \\\n  --replicas SIZE",
      "hypershift create cluster aws --name a --node-pool-replicas SIZE",
      "hcp create nodepool kubevirt --cluster-name a --memory SIZE",
    ];
    const others = [
      "oc get nodepool a -o SIZE",
      "kubectl apply -f shoot.yaml --timeout SIZE",
      "ls /shoots SIZE | oc apply",
    ];
    for (const [commands, expected] of [[changing, false] as const, [others, true] as const])
      for (const command of commands) {
        const [before, after] = ["2", "4"].map((size) => job(`${command.replace("SIZE", size)}\n`));
        assert.equal(report(before ?? "", after ?? "").complete, expected, command);
      }
    const list = (size: number): string =>
      job("x\n").replace(
        /command:[^]*/,
        `command:\n          - oc\n          - scale\n          - nodepool/a\n          - --replicas=${size}\n`,
      );
    assert.equal(report(list(2), list(4)).complete, false);
  });

  it("says the same of templates that somebody fills in, and of those that go", () => {
    const raw = (cores: number): string =>
      `apiVersion: policy.open-cluster-management.io/v1\nkind: ConfigurationPolicy\nmetadata: { name: p }\nspec:\n  object-templates-raw: |\n    {{- range a }}\n${indented(pool(cores), 4)}    {{- end }}\n`;
    const template = (cores: number, more = ""): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: t }\ndata:\n  NodePool: |\n${indented(pool(cores), 4)}${more}`;
    assert.deepEqual(said(report(raw(2), raw(4))), ["unknown", false, "unrendered 6"]);
    assert.deepEqual(said(report(raw(2), "")), ["unknown", false, "unrendered 1"]);
    assert.deepEqual(said(report(template(2), template(4))), ["unknown", false, "unrendered 6"]);
    assert.deepEqual(said(report(template(2), template(2, "  other: text\n"))), quiet);
  });

  it("leaves what kubectl keeps of an object alone", () => {
    const kept = (cores: number): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: t\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n${indented(pool(cores), 6)}data: {}\n`;
    assert.deepEqual(said(report(kept(2), kept(4))), quiet);
  });

  it("says of what names a pool in order to change it that nobody knows what it does", () => {
    const scaler = (size: number, label = "a", version = "hypershift.openshift.io/v1beta1"): string =>
      `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: s, labels: { a: ${label} } }\nspec:\n  minReplicaCount: ${size}\n  scaleTargetRef: { apiVersion: ${version}, kind: NodePool, name: a }\n`;
    assert.deepEqual(said(report(scaler(2), scaler(4))), ["unknown", false, "unrendered 1"]);
    assert.match(report(scaler(2), scaler(4)).diagnostics[0]?.message ?? "", /does to the NodePool that it names/);
    assert.deepEqual(said(report(scaler(2), scaler(2, "b"))), quiet);
    assert.deepEqual(said(report(scaler(2, "a", "karpenter.sh/v1"), scaler(4, "a", "karpenter.sh/v1"))), quiet);
    const owned = (data: string): string =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n  ownerReferences: [{ apiVersion: hypershift.openshift.io/v1beta1, kind: NodePool, name: a }]\nspec: { type: ${data} }\n`;
    assert.deepEqual(said(report(owned("a"), owned("b"))), quiet);
  });
});
