import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, shootWith } from "./example-shoot.ts";

describe("what users must be able to rely on", () => {
  it("a change of comments alone gives an empty report and exit 0", async (context) => {
    const head = `# Moved to another team.\n${baseShoot.replace("minimum: 6", "minimum: 6 # as before")}`;
    const cwd = folderWith(context, { "base.yaml": baseShoot, "head.yaml": head });
    const { code, stdout } = await willItRoll(["base.yaml", "head.yaml", "--format", "json", "--exit-code"], { cwd });
    const report = JSON.parse(stdout) as Report;
    assert.equal(code, 0);
    assert.equal(report.verdict, "none");
    assert.equal(report.complete, true);
    assert.deepEqual(
      report.pools.filter(({ effect }) => effect !== "none"),
      [],
    );
    assert.deepEqual(report.objects, []);
    assert.deepEqual(report.diagnostics, []);
  });

  it("an unreadable head gives exit 3, says where, and no verdict", async (context) => {
    const head = `${baseShoot}  workers: [\n`;
    const cwd = folderWith(context, { "base.yaml": baseShoot, "head.yaml": head });
    const { code, stdout, stderr } = await willItRoll(["base.yaml", "head.yaml"], { cwd });
    assert.equal(code, 3);
    assert.equal(stdout, "");
    assert.match(stderr, /head\.yaml:\d+: /);
  });

  it("a pause that ended by itself holds nothing back", async (context) => {
    const pool = (until: number, cores: number): string => `apiVersion: hypershift.openshift.io/v1beta1
kind: NodePool
metadata: { name: workers, namespace: clusters }
spec:
  clusterName: prod
  replicas: 3
  pausedUntil: "${new Date(Date.now() + until).toISOString()}"
  management: { upgradeType: Replace }
  release: { image: "quay.io/openshift-release-dev/ocp-release:4.20.4-multi" }
  platform: { type: KubeVirt, kubevirt: { compute: { cores: ${cores}, memory: 16Gi } } }
`;
    const day = 86_400_000;
    for (const [until, effect] of [
      [-day, "replace"],
      [day, "none"],
    ] as const) {
      const cwd = folderWith(context, { "base.yaml": pool(until, 4), "head.yaml": pool(until, 8) });
      const { stdout } = await willItRoll(["base.yaml", "head.yaml", "--format", "json"], { cwd });
      const { pools } = JSON.parse(stdout) as Report;
      assert.deepEqual(
        pools.map((one) => [one.effect, one.pending?.effect]),
        [[effect, effect === "none" ? "replace" : undefined]],
      );
    }
  });

  it("an unknown field gives unknown, with its line", async (context) => {
    const head = shootWith("maxSurge: 2", "maxSurge: 2\n        flavour: sour");
    const cwd = folderWith(context, { "base.yaml": baseShoot, "head.yaml": head });
    const { stdout } = await willItRoll(["base.yaml", "head.yaml", "--format", "json"], { cwd });
    const { pools } = JSON.parse(stdout) as Report;
    const causes = pools.flatMap((pool) => pool.causes.map((cause) => ({ pool: pool.pool, ...cause })));
    const cause = causes.find(({ path }) => path.endsWith("/flavour"));
    assert.equal(cause?.pool, "general");
    assert.equal(cause.effect, "unknown");
    assert.equal(cause.line, head.split("\n").findIndex((line) => line.includes("flavour")) + 1);
    assert.equal(cause.after, "sour");
  });
});
