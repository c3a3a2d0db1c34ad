import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { reportOf, withTools } from "./comparison.ts";
import { nodePool } from "./shoots.ts";

const kubelet = (pods: number): string => `apiVersion: machineconfiguration.openshift.io/v1
kind: KubeletConfig
metadata: {name: k}
spec:
  kubeletConfig: {maxPods: ${pods}}
`;
const kustomization = (entry: string): string =>
  `resources: [pool.yaml]
generatorOptions: {disableNameSuffixHash: true}
configMapGenerator:
- {name: other, files: [other.yaml]}
- name: other-one
  namespace: clusters
${entry}`;
const files = {
  "c/pool.yaml": nodePool("c", "a", "  config: [{name: x-other-one}]\n"),
  "c/other.yaml": kubelet(1),
  "c/k.yaml": kubelet(100),
};
const prefixed = (entry: string): string => `${kustomization(entry)}namePrefix: x-\n`;
const literal = (pods: number): string =>
  `  literals:\n  - a=b\n  - |\n    config=${kubelet(pods).trim().replaceAll("\n", "\n    ")}\n`;
type Files = Readonly<Record<string, string>>;

async function places(context: TestContext, base: Files, change: Files): Promise<string[]> {
  const { pools } = await reportOf(context, { ...files, ...base }, change);
  return pools.flatMap(({ causes }) => causes.map(({ file, line, path }) => `${path} ${file}:${line}`));
}

describe("a generated ConfigMap", withTools, () => {
  const entries: Record<string, readonly [base: Files, change: Files, place: string]> = {
    "the line of its file": [
      { "c/kustomization.yaml": prefixed("  files: [config=k.yaml]\n") },
      { "c/k.yaml": kubelet(200) },
      "c/k.yaml:5",
    ],
    "the line of one of its files": [
      { "c/kustomization.yaml": prefixed("  files: [other.yaml, config=k.yaml]\n") },
      { "c/k.yaml": `${kubelet(100)}---\n${kubelet(100).replace("name: k", "name: l")}` },
      "c/k.yaml:6",
    ],
    "another file": [
      { "c/kustomization.yaml": prefixed("  files: [config=k.yaml]\n") },
      { "c/kustomization.yaml": prefixed("  files: [config=l.yaml]\n"), "c/l.yaml": kubelet(200) },
      "c/kustomization.yaml:7",
    ],
    "its literal": [
      { "c/kustomization.yaml": prefixed(literal(100)) },
      { "c/kustomization.yaml": prefixed(literal(200)) },
      "c/kustomization.yaml:10",
    ],
    "the file of a base into which an overlay merges": [
      {
        "c/kustomization.yaml": kustomization("  files: [config=k.yaml]\n"),
        "o/kustomization.yaml":
          "resources: [../c]\nnamePrefix: x-\ngeneratorOptions: {disableNameSuffixHash: true}\nconfigMapGenerator:\n- {name: other-one, namespace: clusters, behavior: merge, literals: [a=b]}\n",
      },
      { "c/k.yaml": kubelet(200) },
      "c/k.yaml:5",
    ],
  };
  for (const [what, [base, change, place]] of Object.entries(entries))
    it(`is found in ${what}`, async (context) => {
      assert.deepEqual(await places(context, base, change), [`/data ${place}`]);
    });
});
