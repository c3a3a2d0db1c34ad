import assert from "node:assert/strict";
import { test } from "node:test";
import { effectsOf, reportOf, withTools } from "../comparison.ts";
import { chart, template, values } from "../pool-chart.ts";

const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: motd }\ndata: { text: hello }\n";
const files = (given: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  ...chart,
  "charts/pools/templates/motd.yaml": map,
  "charts/pools/ci/test-values.yaml": given,
  ...more,
});
const labelled = template.replace(
  "  replicas:",
  "  {{- if $.Values.labels }}\n  nodeLabels: {{ toJson $.Values.labels }}\n  {{- end }}\n  replicas:",
);

test(
  "a template of pools of which the values for tests make none leaves their pools unknown",
  withTools,
  async (context) => {
    const base = files("cluster: c\n");
    const report = await reportOf(context, base, { "charts/pools/templates/pools.yaml": labelled });
    assert.deepEqual(
      report.diagnostics.map(({ severity, code }) => `${severity} ${code}`),
      ["warning rendered-with-ci-values"],
    );
    assert.match(
      report.diagnostics[0]?.message ?? "",
      /ci\/test-values\.yaml, .* make no pools at all, .* of charts\/pools\/templates\/pools\.yaml does is unknown/,
    );
    assert.deepEqual([report.verdict, report.complete], ["unknown", false]);
    for (const input of ["values.yaml", "templates/_names.tpl"]) {
      const taken = await reportOf(context, base, { [`charts/pools/${input}`]: "# cores: 6\ncores: 6\npools: []\n" });
      assert.deepEqual([input, taken.verdict, taken.complete], [input, "unknown", false]);
    }
    const other = await reportOf(context, base, { "charts/pools/templates/motd.yaml": map.replace("hello", "hi") });
    assert.deepEqual(
      [other.verdict, other.complete, other.diagnostics.map(({ severity }) => severity)],
      ["none", true, ["notice"]],
    );
  },
);

test("a change of a template that the values for tests do not show is said", withTools, async (context) => {
  const base = files(values(8));
  const hidden = await reportOf(context, base, { "charts/pools/templates/pools.yaml": labelled });
  assert.deepEqual([hidden.verdict, hidden.complete, hidden.diagnostics.length], ["none", true, 1]);
  assert.match(
    hidden.diagnostics[0]?.message ?? "",
    /same pools on both sides, though charts\/pools\/templates\/pools\.yaml changed: .* name the real ones in render\.charts/,
  );
  assert.equal(hidden.diagnostics[0]?.severity, "warning");
});

test("one of several values for tests that shows the change is enough", withTools, async (context) => {
  const base = files(values(8), { "charts/pools/ci/labels-values.yaml": `${values(8, "d")}labels: { a: b }\n` });
  const shown = await reportOf(context, base, { "charts/pools/templates/pools.yaml": labelled });
  assert.deepEqual(effectsOf(shown), [
    "charts/pools (ci/labels-values.yaml) d/a new-nodes-only",
    "charts/pools (ci/labels-values.yaml) d/b new-nodes-only",
  ]);
  assert.deepEqual(
    shown.diagnostics.map(({ severity, code }) => `${severity} ${code}`),
    ["notice rendered-with-ci-values"],
  );
  assert.match(shown.diagnostics[0]?.message ?? "", /labels-values\.yaml, charts\/pools\/ci\/test-values\.yaml/);
});
