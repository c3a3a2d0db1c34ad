import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join, relative } from "node:path";
import { it } from "node:test";
import { findProgram } from "../../src/sources/find-program.ts";
import { folderWith } from "../temporary-folder.ts";

it("finds the first program of a name on PATH, past what cannot be run and past folders that depend on where it starts", (context) => {
  const [plain, folder, first, second] = [
    folderWith(context, { tool: "no program" }),
    folderWith(context, { "tool/inside": "" }),
    folderWith(context, { tool: "#!/bin/sh\n" }),
    folderWith(context, { tool: "#!/bin/sh\n" }),
  ];
  for (const one of [first, second]) chmodSync(join(one, "tool"), 0o755);
  const here = relative(process.cwd(), first);
  assert.equal(findProgram("tool", [plain, folder, first, second].join(":")), join(first, "tool"));
  assert.equal(findProgram("tool", [here, "", ".", second].join(":")), join(second, "tool"));
  assert.equal(findProgram("tool", [here, plain, "/gone"].join(":")), undefined);
  assert.equal(findProgram("tool", ""), undefined);
});

it("looks where systems look when there is no PATH", () => {
  assert.match(findProgram("sh") ?? "", /^\/(?:usr\/)?bin\/sh$/);
});
