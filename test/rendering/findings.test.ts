import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf, effectsOf, reportOf, withTools } from "./comparison.ts";
import { nodePool } from "./shoots.ts";

const machineConfig = (text: string): string => `apiVersion: machineconfiguration.openshift.io/v1
kind: MachineConfig
metadata:
  name: 99-worker
spec:
  config:
    ignition: {version: 3.2.0}
    storage:
      files:
        - path: /etc/motd
          mode: 420
          contents: {source: "data:,${text}"}
`;
const kustomization = (rest: string): string => `namespace: clusters
resources: [pool.yaml]
configMapGenerator:
  - name: my-mc
    files: [config=machine-config.yaml]
${rest}`;
const files = (rest: string): Record<string, string> => ({
  "kustomization.yaml": kustomization(rest),
  "pool.yaml": nodePool("c", "a", "  config:\n    - name: my-mc\n"),
  "machine-config.yaml": machineConfig("hello"),
});
const nameReference = {
  "references.yaml":
    "nameReference:\n  - kind: ConfigMap\n    fieldSpecs:\n      - {kind: NodePool, path: spec/config/name}\n",
};

test("with nameReference the content is compared under its old and its new name", withTools, async (context) => {
  const base = { ...files("configurations: [references.yaml]\n"), ...nameReference };
  const report = await reportOf(context, base, { "machine-config.yaml": machineConfig("goodbye") });
  assert.deepEqual(effectsOf(report), [". c/a replace"]);
  assert.deepEqual(codesOf(report), []);
});

test("a generated name that changes with the same content rolls nothing", withTools, async (context) => {
  const base = { ...files("configurations: [references.yaml]\n"), ...nameReference };
  const report = await reportOf(context, base, {
    "kustomization.yaml": kustomization("configurations: [references.yaml]\n").replace(
      "name: my-mc\n",
      "name: renamed\n",
    ),
    "pool.yaml": nodePool("c", "a", "  config:\n    - name: renamed\n"),
  });
  assert.deepEqual(effectsOf(report), [". c/a none"]);
});

test(
  "without nameReference the reference points to nothing, and the finding says what is missing",
  withTools,
  async (context) => {
    const report = await reportOf(context, files(""), { "machine-config.yaml": machineConfig("goodbye") });
    const found = report.diagnostics.find(({ code }) => code === "missing-name-reference");
    assert.equal(found?.file, "kustomization.yaml");
    assert.match(
      found.message,
      /NodePool "?a"? names the ConfigMap "?my-mc"? in spec\.config, but kustomize calls it "?my-mc-[0-9a-z]{10}/,
    );
    assert.match(found.message, /nameReference.*path: spec\/config\/name/);
  },
);
