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
