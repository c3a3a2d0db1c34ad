import assert from "node:assert/strict";
import { test } from "node:test";
import { analyze, type Side } from "../../src/index.ts";
import { sideOf } from "../side.ts";

const nodePool = (
  name: string,
  namespace: string | undefined,
  cores = 2,
): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: ${name}${namespace === undefined ? "" : `, namespace: ${namespace}`}}
spec:
  clusterName: c
  replicas: 2
  management: {upgradeType: Replace}
  platform: {type: KubeVirt, kubevirt: {compute: {cores: ${cores}, memory: 8Gi}}}
  release: {image: quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64}
`;
const side = (...manifests: readonly string[]) => sideOf({ "pools.yaml": manifests.join("---\n") });
const seen = (base: Side, head: Side): string[] =>
  analyze(base, head).pools.map(({ namespace, pool, effects }) => `${namespace}/${pool} ${effects.join("+")}`);

test("a namespace that is written down, or left out, makes no other object by itself", () => {
  const [bare, named] = [side(nodePool("a", undefined)), side(nodePool("a", "clusters"))];
  assert.deepEqual(seen(bare, named), ["clusters/a unknown"]);
  assert.deepEqual(
    analyze(named, bare).pools.map(({ effect }) => effect),
    ["unknown"],
  );
  assert.deepEqual(seen(bare, side(nodePool("a", "clusters", 4))), ["clusters/a replace+unknown"]);
  assert.deepEqual(seen(bare, side(nodePool("a", '""'))), []);
});

test("two namespaces that are named are two objects", () => {
  assert.deepEqual(seen(side(nodePool("a", "clusters")), side(nodePool("a", "others"))), [
    "clusters/a delete",
    "others/a create",
  ]);
});

test("where one name stands in several namespaces, nothing says which of them was meant", () => {
  const two = side(nodePool("a", "clusters"), nodePool("a", "others"));
  const bare = side(nodePool("a", undefined));
  assert.deepEqual([...analyze(bare, two).pools, ...analyze(two, bare).pools].map(({ effect }) => effect).toSorted(), [
    "create",
    "create",
    "create",
    "delete",
    "delete",
    "delete",
  ]);
  // One of them is there on both sides: what is left is another object.
  assert.deepEqual(seen(two, side(nodePool("a", "clusters"), nodePool("b", undefined))), [
    "/b create",
    "others/a delete",
  ]);
});
