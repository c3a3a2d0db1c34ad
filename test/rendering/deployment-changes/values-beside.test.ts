import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { codesOf, reportOf } from "../comparison.ts";
import { chart } from "../pool-chart.ts";

const set = (valueFiles: string): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: all, namespace: argocd}
spec:
  goTemplate: true
  generators:
    - matrix:
        generators:
          - clusters: {}
          - git: {repoURL: https://example.com/fleet.git, revision: HEAD, directories: [{path: charts/*}]}
  template:
    metadata: {name: '{{.path.basename}}'}
    spec:
      destination: {server: '{{.server}}'}
      source: {repoURL: https://example.com/fleet.git, path: '{{.path.path}}', helm: {valueFiles: [${valueFiles}]}}
`;
const base = (valueFiles: string) => ({
  ...chart,
  "apps/set.yaml": set(valueFiles),
  "charts/grafana/Chart.yaml": "apiVersion: v2\nname: grafana\nversion: 0.1.0\n",
  "charts/grafana/values.yaml": "image: a\n",
  "charts/grafana/templates/a.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.image }}}\n",
  "charts/common.yaml": "image: a\n",
});

describe("a set of charts for clusters that are not in the repository", () => {
  const answer = async (context: TestContext, valueFiles: string, file: string) => {
    const report = await reportOf(context, base(valueFiles), { [file]: "image: b\ncores: 8\n" });
    return [report.verdict, report.complete, ...codesOf(report)];
  };

  it("takes the values beside a chart for that chart alone", async (context) => {
    assert.deepEqual(await answer(context, "values.yaml", "charts/grafana/values.yaml"), ["none", true]);
    const pools = await answer(context, "values.yaml", "charts/pools/values.yaml");
    assert.deepEqual(pools.slice(0, 2), ["unknown", false]);
  });

  it("takes other values for any of them", async (context) => {
    for (const [given, file] of [
      ["../common.yaml", "charts/common.yaml"],
      ["/charts/common.yaml", "charts/common.yaml"],
      ["'{{.name}}.yaml'", "charts/grafana/values.yaml"],
    ] as const)
      assert.deepEqual((await answer(context, given, file)).slice(0, 2), ["unknown", false], given);
  });
});
