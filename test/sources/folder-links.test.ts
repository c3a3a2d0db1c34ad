import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { willItRoll } from "../built-program.ts";
import { baseShoot } from "../cli/example-shoot.ts";
import { folderWith } from "../temporary-folder.ts";

test("a link that leads to another folder is no change of files, and is not silent", async (context) => {
  const tree = { "v1/a.yaml": baseShoot, "v2/a.yaml": baseShoot.replace("payments", "search") };
  const cwd = folderWith(
    context,
    Object.fromEntries(
      ["base", "head"].flatMap((side) => Object.entries(tree).map(([path, text]) => [`${side}/${path}`, text])),
    ),
  );
  for (const [link, target] of [
    ["base/current", "v1"],
    ["head/current", "v2"],
    ["base/same", "v1"],
    ["head/same", "../head/v1"],
    ["head/added", "v2"],
  ] as const)
    symlinkSync(target, join(cwd, link));
  const { code, stdout } = await willItRoll(["base", "head", "--format", "json"], { cwd });
  assert.equal(code, 0);
  const { complete, diagnostics } = JSON.parse(stdout) as Report;
  assert.equal(complete, false);
  assert.deepEqual(
    diagnostics.map((one) => [one.code, one.file, /led to (\w+) and leads to (\w+)/.exec(one.message)?.slice(1)]),
    [
      ["link-to-folder", "head/added", ["nothing", "v2"]],
      ["link-to-folder", "head/current", ["v1", "v2"]],
    ],
  );
});
