import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze, type Side, type SourceFile } from "../../src/index.ts";

const nodePool = (name: string, cores: number): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: ${name}, namespace: clusters}
spec:
  clusterName: c
  replicas: 2
  management: {upgradeType: Replace}
  platform: {type: KubeVirt, kubevirt: {compute: {cores: ${cores}, memory: 8Gi}}}
  release: {image: quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64}
`;
const file = (application: string | undefined, text: string): SourceFile => ({
  path: `${application ?? "plain"}/manifests.yaml`,
  bytes: new TextEncoder().encode(text),
  ...(application === undefined ? {} : { application }),
});
const side = (...files: readonly SourceFile[]): Side => ({ label: "side", files });
const seen = (base: Side, head: Side): (readonly [string | undefined, string, string])[] =>
  analyze(base, head).pools.map(({ application, pool, effect }) => [application, pool, effect] as const);

test("two applications with an object of one name are two objects", () => {
  const base = side(file("dev", nodePool("a", 2)), file("prod", nodePool("a", 2)));
  const head = side(file("dev", nodePool("a", 4)), file("prod", nodePool("a", 2)));
  assert.deepEqual(seen(base, head), [["dev", "a", "replace"]]);
  assert.deepEqual(analyze(base, head).diagnostics, []);
});

test("an application that is renamed keeps its objects", () => {
  const before = side(file("overlays/dev", nodePool("a", 2)), file("overlays/prod", nodePool("a", 4)));
  const moved = side(file("clusters/prod", nodePool("a", 4)), file("clusters/dev", nodePool("a", 2)));
  assert.deepEqual(analyze(before, moved).objects, []);
  const changed = side(file("clusters/prod", nodePool("a", 4)), file("clusters/dev", nodePool("a", 3)));
  assert.deepEqual(seen(before, changed), [["clusters/dev", "a", "replace"]]);
});

test("what is left of an application that is gone goes where most of its objects went", () => {
  const pools = (...names: string[]): string => names.map((name) => nodePool(name, 2)).join("---\n");
  const before = side(file("old", pools("a", "b", "c", "gone")));
  const after = side(file("apart", pools("a")), file("new", pools("b", "c")));
  assert.deepEqual(seen(before, after), [["new", "gone", "delete"]]);
});

test("plain manifests that become a kustomization are no change", () => {
  const plain = side(file(undefined, nodePool("a", 2)));
  const rendered = side(file("overlays/prod", nodePool("a", 2)));
  assert.deepEqual(analyze(plain, rendered).objects, []);
  assert.deepEqual(analyze(rendered, plain).objects, []);
});

test("between two applications that stay, an object leaves one and comes to the other", () => {
  const base = side(file("dev", nodePool("a", 2)), file("prod", nodePool("b", 2)));
  const head = side(file("dev", nodePool("b", 2)), file("prod", nodePool("a", 2)));
  assert.deepEqual(
    seen(base, head),
    [
      ["dev", "a", "delete"],
      ["prod", "a", "create"],
      ["prod", "b", "delete"],
      ["dev", "b", "create"],
    ].toSorted((x, y) => (`${x[1]}${x[0]}` < `${y[1]}${y[0]}` ? -1 : 1)),
  );
});

test("an application that could not be rendered has unknown pools and no changed objects", () => {
  const undecided = [
    { application: "prod", code: "not-rendered", because: "it broke", file: "prod/kustomization.yaml" },
  ];
  const rendering = { renderers: [{ name: "kustomize", version: "v5.7.1" }], undecided };
  const report = analyze(side(), side(file("prod", nodePool("a", 2))), { rendering });
  assert.deepEqual(
    report.pools.map(({ effect, causes }) => [effect, causes[0]?.because]),
    [["unknown", "it broke"]],
  );
  assert.deepEqual([report.objects, report.complete, report.verdict], [[], false, "unknown"]);
  assert.deepEqual(report.renderers, rendering.renderers);
  assert.equal(analyze(side(), side(), { rendering }).verdict, "unknown");
});
