import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { root, willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";

const sides = [join(root, "examples/fleet/base"), join(root, "examples/fleet/head")];

/** A folder with the reports of all parts, as a matrix of jobs would leave it. */
async function jobs(context: TestContext, count: number): Promise<{ readonly cwd: string; readonly files: string[] }> {
  const cwd = folderWith(context, {});
  for (let number = 1; number <= count; number += 1) {
    const { code, stdout, stderr } = await willItRoll(
      ["--shard", `${number}/${count}`, "--format", `json=${number}.json`, ...sides],
      { cwd },
    );
    assert.deepEqual([code, stdout, stderr], [0, "", ""]);
  }
  return { cwd, files: readdirSync(cwd) };
}

describe("a sharded run", () => {
  it("comes to the same as a whole run, in every format and at every gate", async (context) => {
    const { cwd, files } = await jobs(context, 3);
    for (const rest of [
      ["--format", "json"],
      ["--format", "text", "--color", "always"],
      ["--format", "markdown"],
      ["--fail-on", "replace"],
      ["--fail-on", "rejected"],
      ["--exit-code"],
    ]) {
      const whole = await willItRoll([...rest, ...sides], { cwd });
      assert.deepEqual(await willItRoll(["merge", ...rest, ...files], { cwd }), whole);
    }
  });

  it("is not complete when a part is not, which --strict minds when they are joined", async (context) => {
    const broken = "kind: Shoot\nkind: [\n";
    const shoot = readFileSync(join(root, "examples/gardener.base.yaml"), "utf8");
    const cwd = folderWith(context, { "base/a.yaml": shoot, "head/a.yaml": shoot, "head/b.yaml": broken });
    for (const number of [1, 2])
      assert.equal(
        (await willItRoll(["--shard", `${number}/2`, "--format", `json=${number}.json`, "base", "head"], { cwd })).code,
        0,
      );
    const joined = await willItRoll(["merge", "1.json", "2.json", "--strict", "--format", "json"], { cwd });
    assert.equal(joined.code, 4);
    const { complete, diagnostics } = JSON.parse(joined.stdout) as Report;
    assert.equal(complete, false);
    assert.deepEqual(
      diagnostics.map(({ file, line }) => [file, line]),
      [["head/b.yaml", 2]],
    );
  });

  it("says loudly that a part is none of the whole, and holds no gate in it", async (context) => {
    const cwd = folderWith(context, { ".will-it-roll.yaml": "failOn: [replace]\nstrict: true\n" });
    for (const number of [1, 2, 3])
      for (const format of ["text", "markdown"]) {
        const { code, stdout } = await willItRoll(["--shard", `${number}/3`, "--format", format, ...sides], { cwd });
        assert.equal(code, 0);
        assert.match(stdout, new RegExp(`PART ${number} of 3`));
      }
    for (const gate of [["--strict"], ["--exit-code"], ["--fail-on", "replace"]]) {
      const { code, stderr } = await willItRoll(["--shard", "1/3", ...gate, ...sides], { cwd });
      assert.equal(code, 2);
      assert.match(stderr, /does not go with --shard.*will-it-roll merge/);
    }
  });

  it("refuses what cannot be joined, without a word on standard output", async (context) => {
    const { cwd, files } = await jobs(context, 3);
    await willItRoll(["--format", "json=whole", ...sides], { cwd });
    writeFileSync(join(cwd, "half"), readFileSync(join(cwd, "2.json")).subarray(0, 500));
    for (const [given, message] of [
      [["1.json", "3.json"], /1 of 3 parts are missing: 2/],
      [[...files, "2.json"], /both part 2 of 3/],
      [[...files, "whole"], /the report of a whole run/],
      [["1.json", "half", "3.json"], /cannot read the report half: /],
      [["1.json", "nowhere", "3.json"], /cannot read the report nowhere: it does not exist/],
    ] as const) {
      const { code, stdout, stderr } = await willItRoll(["merge", ...given], { cwd });
      assert.deepEqual([code, stdout], [3, ""]);
      assert.match(stderr, message);
    }
    for (const [args, message] of [
      [["merge"], /merge which reports\?/],
      [["merge", "--shard", "1/2", ...files], /--shard does not go with merge/],
      [["comment", "--from", "1.json"], /1\.json is part 1 of 3/],
      ...["0/3", "4/3", "1", "a/b", "1/0", "-1/3"].map(
        (shard) => [[`--shard=${shard}`, ...sides], /write NUMBER\/COUNT/] as const,
      ),
    ] as const) {
      const { code, stderr } = await willItRoll([...args], { cwd });
      assert.equal(code, 2, args.join(" "));
      assert.match(stderr, message);
    }
  });
});
