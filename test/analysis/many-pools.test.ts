import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { analyze } from "../../src/index.ts";

const shoot = (count: number, architecture: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: large, namespace: garden-x}
spec:
  kubernetes: {version: 1.33.0}
  provider:
    type: aws
    workers:
${Array.from({ length: count }, (_, index) => `    - {name: w${index}, minimum: 1, maximum: 2, machine: {type: m5.large, architecture: ${architecture}}}\n`).join("")}`;
const side = (text: string) => ({
  label: "side",
  files: [{ path: "shoot.yaml", bytes: new TextEncoder().encode(text) }],
});

test("refusals of an object are gathered once for all its pools, not once for each", () => {
  const written = (count: number): number => {
    const stringify = mock.method(JSON, "stringify");
    try {
      const report = analyze(side(shoot(count, "amd64")), side(shoot(count, "arm64")));
      assert.deepEqual(report.counts, { rejected: count });
      assert.ok(report.pools.every(({ causes }) => causes.length === 50));
      return stringify.mock.callCount();
    } finally {
      stringify.mock.restore();
    }
  };
  // All pools together find the square of their number.
  assert.ok(written(240) < 3 * written(120));
});
