import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { analyze, type PoolReport } from "../../src/index.ts";
import { root } from "../built-program.ts";
import { sideOf } from "../side.ts";

const nodePool = (spec: string, cores: number): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: {name: a, namespace: clusters}
spec:
  clusterName: c
  platform: {type: KubeVirt, kubevirt: {compute: {cores: ${cores}, memory: 8Gi}}}
  release: {image: quay.io/openshift-release-dev/ocp-release:4.18.1-x86_64}
${spec}`;

const side = (text: string) => sideOf({ "a.yaml": text });
function nodesOf(base: string, head: string): Record<string, PoolReport["nodes"]> {
  return Object.fromEntries(analyze(side(base), side(head)).pools.map(({ pool, nodes }) => [pool, nodes]));
}
const ofNodePool = (spec: string) => nodesOf(nodePool(spec, 2), nodePool(spec, 4))["a"];

describe("number and pace of a pool's nodes", () => {
  it("are those of the head of a Shoot's pool", () => {
    const example = (name: string): string => readFileSync(join(root, `examples/gardener.${name}.yaml`), "utf8");
    assert.deepEqual(nodesOf(example("base"), example("head")), {
      batch: { minimum: 0, maximum: 20, surge: "5", unavailable: "0", strategy: "AutoRollingUpdate" },
      general: { minimum: 6, maximum: 16, surge: "2", unavailable: "0", strategy: "AutoRollingUpdate", zones: 2 },
      ledger: { minimum: 3, maximum: 3, surge: "1", unavailable: "0", strategy: "AutoRollingUpdate", zones: 2 },
    });
  });

  it("are those of the base where all of the change is refused", () => {
    const example = readFileSync(join(root, "examples/gardener.base.yaml"), "utf8");
    const kept = nodesOf(example, example.replace("maximum: 20", "maximun: 20"))["batch"];
    assert.deepEqual([kept?.minimum, kept?.maximum], [0, 20]);
    const ledger = nodesOf(example, example.replace(/maximum: 3\b/, "maximum: -1"))["ledger"];
    assert.deepEqual([ledger?.minimum, ledger?.maximum], [3, 3]);
  });

  it("are the replicas of a NodePool, or its bounds where it scales by itself", () => {
    const strategy = "  management: {upgradeType: Replace, replace: {strategy: OnDelete}}\n";
    assert.deepEqual(ofNodePool(`${strategy}  replicas: 3\n`), {
      minimum: 3,
      maximum: 3,
      surge: null,
      unavailable: null,
      strategy: "OnDelete",
    });
    const scaled = ofNodePool(`${strategy}  autoScaling: {min: 2, max: 5}\n`);
    assert.deepEqual([scaled?.minimum, scaled?.maximum], [2, 5]);
  });

  it("are not told where no number stands", () => {
    const odd = ofNodePool('  management: {upgradeType: Replace}\n  replicas: "3"\n');
    assert.deepEqual([odd?.minimum, odd?.maximum], [null, null]);
  });
});
