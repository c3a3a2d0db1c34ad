import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { willItRoll } from "../built-program.ts";
import { cloneOf, newRepository, type TestRepository } from "../sources/git/repository.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";
import { path, withProgram, assertRefused } from "./faults.ts";

function repositoryOf(context: TestContext): TestRepository {
  const repository = newRepository(context);
  repository.commit({ "a.yaml": baseShoot });
  repository.commit({ "a.yaml": headShoot });
  return repository;
}

describe("a git that fails", () => {
  const real = path
    .split(":")
    .map((folder) => join(folder, "git"))
    .find((file) => existsSync(file));
  const scripts: readonly (readonly [title: string, script: string, message: RegExp])[] = [
    ["is killed before it answers", 'case "$*" in *cat-file*) kill -9 $$;; esac', /ended by SIGKILL/],
    ["is killed while it compares", 'case "$*" in *diff-tree*) kill -TERM $$;; esac', /diff-tree.*ended by SIGTERM/s],
    [
      "ends in the middle of its answer",
      `case "$*" in *cat-file*) read name; printf "0123456789012345678901234567890123456789 commit 500\\nhalf"; exit 0;; esac`,
      /git cat-file/,
    ],
    [
      "is too old for an option",
      'case "$*" in *--no-renames*) echo "error: unknown option \\`no-renames\'" >&2; echo "usage: git diff-tree" >&2; exit 129;; esac',
      /this git is too old: .*diff-tree.* Install git 2\.31 or newer, or pass files instead/,
    ],
    [
      "is too old for a command",
      "echo \"git: 'cat-file' is not a git command. See 'git --help'.\" >&2; exit 1",
      /too old/,
    ],
    ["cannot be started", "exit 127", /git/],
  ];
  for (const [title, script, message] of scripts)
    it(title, async (context) => {
      const PATH = withProgram(context, "git", `${script}\nexec "${real}" "$@"`);
      const cwd = repositoryOf(context).folder;
      assertRefused(await willItRoll(["HEAD^", "HEAD", "--fail-on", "replace"], { cwd, env: { PATH } }), message);
    });

  for (const command of ["cat-file", "diff-tree", "grep"])
    it(`says nothing more: ${command}`, async (context) => {
      const pids = join(folderWith(context, {}), "pids");
      const stall = `case "$*" in *" ${command} "*) echo $$ >> ${pids}; exec sleep 600;; esac`;
      const PATH = withProgram(context, "git", `${stall}\nexec "${real}" "$@"`);
      const repository = repositoryOf(context);
      repository.commit({ "secret.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n" });
      const run = ["HEAD^", "HEAD", "--git-timeout", "0.3"];
      assertRefused(
        await willItRoll(run, { cwd: repository.folder, env: { PATH } }),
        new RegExp(`git ${command} said nothing for 0\\.3 s and was stopped\\. .*git-timeout`),
      );
      const started = readFileSync(pids, "utf8").trim().split("\n").map(Number);
      assert.ok(started.length > 0);
      for (const pid of started) assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
    });

  for (const [title, script] of [
    ["fails while it searches for users", 'echo "fatal: packfile is corrupt" >&2; exit 128'],
    ["cannot read all that it searches", 'echo "error: unable to read tree 0123" >&2; exit 1'],
  ] as const)
    it(title, async (context) => {
      const PATH = withProgram(context, "git", `case "$*" in *" grep "*) ${script};; esac\nexec "${real}" "$@"`);
      const repository = repositoryOf(context);
      repository.commit({ "kubelet.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n" });
      const run = await willItRoll(["HEAD^", "HEAD"], { cwd: repository.folder, env: { PATH } });
      assertRefused(run, /git grep.*(?:packfile is corrupt|unable to read tree)/s);
    });

  it("does not heed that it is told to end", async (context) => {
    const stall = `case "$*" in *" diff-tree "*) trap "" TERM; while :; do sleep 1; done;; esac`;
    const PATH = withProgram(context, "git", `${stall}\nexec "${real}" "$@"`);
    const cwd = repositoryOf(context).folder;
    const run = await willItRoll(["HEAD^", "HEAD", "--git-timeout", "0.3"], { cwd, env: { PATH } });
    assertRefused(run, /git diff-tree said nothing for 0\.3 s and was stopped/);
  });

  it("complains with the address of a remote that holds a token", async (context) => {
    const said = "fatal: unable to access 'https://x-access-token:canary@example.com/a.git/': gone";
    for (const command of ["cat-file", "diff-tree", "merge-base"]) {
      const script = `case "$*" in *" ${command} "*) echo "${said}" >&2; exit 128;; esac\nexec "${real}" "$@"`;
      const cwd = repositoryOf(context).folder;
      const run = await willItRoll(["HEAD^...HEAD"], { cwd, env: { PATH: withProgram(context, "git", script) } });
      assertRefused(run, /https:\/\/\(hidden\)@example\.com/);
      assert.doesNotMatch(run.stderr, /canary/);
    }
  });

  it("may not use a bare repository", async (context) => {
    const bare = cloneOf(context, repositoryOf(context), "--bare").folder;
    const same = await willItRoll(["HEAD^", "HEAD", "--fail-on", "replace"], { cwd: bare });
    assert.equal(same.code, 1, same.stderr);
    const said = "fatal: cannot use bare repository (safe.bareRepository is 'explicit')";
    const PATH = withProgram(context, "git", `echo "${said}" >&2; exit 128`);
    const run = await willItRoll(["HEAD^", "HEAD"], { cwd: bare, env: { PATH } });
    assertRefused(run, /as its setting safe\.bareRepository says\. Run this in a checkout/);
  });

  it("belongs to somebody whom git does not trust", async (context) => {
    const cwd = repositoryOf(context).folder;
    const PATH = withProgram(context, "git", `echo "fatal: detected dubious ownership in repository" >&2; exit 128`);
    const run = await willItRoll(["HEAD^", "HEAD"], { cwd, env: { PATH } });
    assertRefused(run, /belongs to another user\. Run git config --global --add safe\.directory \S+$/m);
  });

  it("is given a time that is none, also where git is not asked", async (context) => {
    const cwd = repositoryOf(context).folder;
    for (const seconds of ["0", "soon", "-1", "86401", "1e3"])
      for (const operands of [
        ["HEAD^", "HEAD"],
        [".", "."],
      ]) {
        const run = await willItRoll([...operands, `--git-timeout=${seconds}`], { cwd });
        assert.deepEqual([run.code, run.stdout], [2, ""]);
        assert.match(run.stderr, /write a number of seconds up to 86400/);
      }
  });

  it("is too old to hand out objects together", async (context) => {
    const old = 'case "$*" in *--batch-command*) echo "error: unknown option \\`batch-command\'" >&2; exit 129;; esac';
    const PATH = withProgram(context, "git", `${old}\nexec "${real}" "$@"`);
    const cwd = repositoryOf(context).folder;
    const [found, expected] = [
      await willItRoll(["HEAD^", "HEAD", "--stats"], { cwd, env: { PATH } }),
      await willItRoll(["HEAD^", "HEAD", "--stats"], { cwd }),
    ];
    assert.deepEqual([found.code, found.stdout], [0, expected.stdout]);
    assert.match(found.stderr, /, 3 git processes/);
    assert.match(expected.stderr, /, 2 git processes/);
  });

  it("is too old to be told that filters shall not run", async (context) => {
    const marker = join(folderWith(context, {}), "ran");
    const repository = repositoryOf(context);
    repository.git("config", "filter.evil.clean", `touch ${marker}`);
    repository.write({ ".gitattributes": "*.yaml filter=evil\n", "a.yaml": baseShoot });
    const PATH = withProgram(
      context,
      "git",
      `case "$*" in *" version") echo "git version 2.17.1"; exit 0;; esac\nunset GIT_CONFIG_COUNT\nexec "${real}" "$@"`,
    );
    assertRefused(
      await willItRoll(["HEAD"], { cwd: repository.folder, env: { PATH } }),
      /too old: it would run the filters/,
    );
    assert.equal((await willItRoll(["HEAD"], { cwd: repository.folder })).code, 0);
    assert.equal(existsSync(marker), false);
  });

  it("is not there", async (context) => {
    const cwd = repositoryOf(context).folder;
    const run = await willItRoll(["HEAD^", "HEAD"], { cwd, env: { PATH: folderWith(context, {}) } });
    assertRefused(run, /git is not installed, or not in PATH/);
  });

  it("stands in the repository itself, and is not run", async (context) => {
    const repository = repositoryOf(context);
    const marker = join(folderWith(context, {}), "marker");
    writeFileSync(join(repository.folder, "git"), `#!/bin/sh\ntouch ${marker}\nexec "${real}" "$@"\n`, { mode: 0o755 });
    const run = await willItRoll(["HEAD^", "HEAD"], { cwd: repository.folder, env: { PATH: `.:${path}` } });
    assert.equal(run.code, 0, run.stderr);
    assert.equal(existsSync(marker), false);
  });

  it("is told to speak English and to ask for nothing, whatever the user's language", async (context) => {
    const log = join(folderWith(context, {}), "log");
    const PATH = withProgram(
      context,
      "git",
      `echo "$LC_ALL $LANGUAGE $GIT_TERMINAL_PROMPT" >> ${log}\nexec "${real}" "$@"`,
    );
    const cwd = repositoryOf(context).folder;
    const env = { PATH, LC_ALL: "de_DE.UTF-8", LANGUAGE: "de" };
    assert.equal((await willItRoll(["HEAD^", "HEAD"], { cwd, env })).code, 0);
    assert.deepEqual([...new Set(readFileSync(log, "utf8").trim().split("\n"))], ["C  0"]);
  });

  it("may reach no other host while it reads what is here", async (context) => {
    const log = join(folderWith(context, {}), "log");
    const PATH = withProgram(context, "git", `echo "$*" >> ${log}\nexec "${real}" "$@"`);
    const cwd = repositoryOf(context).folder;
    assert.equal((await willItRoll(["HEAD^", "HEAD"], { cwd, env: { PATH } })).code, 0);
    const started = readFileSync(log, "utf8").trim().split("\n");
    assert.ok(started.length > 0);
    for (const command of started) assert.match(command, /(?:^| )protocol\.allow=never /);
  });
});
