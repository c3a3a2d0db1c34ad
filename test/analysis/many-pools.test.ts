import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { PoolChanges } from "../../src/analysis/changes/addresses.ts";
import { analyze } from "../../src/index.ts";
import { PathIndex } from "../../src/rules/path-index.ts";
import { sideOf } from "../side.ts";

const shoot = (count: number, architecture: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: Shoot
metadata: {name: large, namespace: garden-x}
spec:
  kubernetes: {version: 1.33.0}
  provider:
    type: aws
    workers:
${Array.from({ length: count }, (_, index) => `    - {name: w${index}, minimum: 1, maximum: 2, machine: {type: m5.large, architecture: ${architecture}}}\n`).join("")}`;
const side = (text: string) => sideOf({ "shoot.yaml": text });

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

const profile = (memory: string): string => `apiVersion: core.gardener.cloud/v1beta1
kind: CloudProfile
metadata: {name: aws}
spec:
  type: aws
  machineTypes:
${Array.from({ length: 300 }, (_, index) => `  - {name: m${index}, cpu: "2", gpu: "0", memory: ${memory}}\n`).join("")}`;

test("the places of a shared object are looked up once for all pools of all clusters", () => {
  const lookups = (clusters: number): number => {
    const counted = [
      mock.method(PathIndex.prototype, "touching"),
      mock.method(PathIndex.prototype, "covering"),
      mock.method(PoolChanges.prototype, "at"),
    ];
    const shoots = Array.from({ length: clusters }, (_, index) =>
      shoot(2, "amd64")
        .replace("name: large", `name: shoot-${index}`)
        .replace("spec:\n", "spec:\n  cloudProfile: {name: aws}\n"),
    );
    const all = (memory: string) => side([profile(memory), ...shoots].join("\n---\n"));
    try {
      const report = analyze(all("4Gi"), all("8Gi"));
      assert.equal(report.pools.length, 2 * clusters);
      assert.ok(report.pools.every(({ checked }) => checked.some(({ object }) => object === "CloudProfile aws")));
      return counted.reduce((sum, method) => sum + method.mock.callCount(), 0);
    } finally {
      mock.restoreAll();
    }
  };
  const of10 = lookups(10);
  assert.ok(of10 >= 600, String(of10));
  assert.ok(lookups(20) < of10 + 300);
});
