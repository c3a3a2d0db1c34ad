import assert from "node:assert/strict";
import { writeFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { groups, shoot, readGit, read, namesOf, twoCommits } from "./read-git.ts";
import { newRepository } from "./repository.ts";

test("no program that the repository's configuration names is run", async (context) => {
  const { repository } = twoCommits(context);
  const trap = join(repository.folder, "..", `trap-${Date.now()}.sh`);
  const mark = `${trap}.ran`;
  context.after(() => [trap, mark].forEach((path) => rmSync(path, { force: true })));
  writeFileSync(trap, `#!/bin/sh\ntouch ${mark}\ncat\n`, { mode: 0o755 });
  for (const [key, value] of [
    ["core.fsmonitor", trap],
    ["diff.external", trap],
    ["filter.x.clean", trap],
    ["filter.x.smudge", trap],
    ["diff.x.textconv", trap],
    ["core.pager", trap],
  ] as const)
    repository.git("config", key, value);
  repository.write({ ".gitattributes": "*.yaml filter=x diff=x\n", "b.yaml": shoot("b", "1.39.0") });
  await read(repository, "HEAD");
  await read(repository, "HEAD^", "HEAD");
  assert.ok(!existsSync(mark));
});

test("variables that point git elsewhere do not mislead it", async (context) => {
  const { repository } = twoCommits(context);
  const other = newRepository(context);
  const environment = {
    ...process.env,
    GIT_DIR: join(other.folder, ".git"),
    GIT_INDEX_FILE: "/nonexistent",
    GIT_EXTERNAL_DIFF: "false",
  };
  const sides = await readGit(["HEAD^"], { groups }, { cwd: repository.folder, environment });
  assert.deepEqual(namesOf(sides.head), ["a.yaml"]);
});
