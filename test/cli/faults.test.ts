import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { builtBundles, type Run, willItRoll } from "../built-program.ts";
import { newRepository, type TestRepository } from "../sources/git/repository.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

const path = process.env["PATH"] ?? "";
const files = { "base.yaml": baseShoot, "head.yaml": headShoot };
const sides = ["base.yaml", "head.yaml"];

/** A folder with a program of this name, to be put first in PATH. */
function withProgram(context: TestContext, name: string, script: string): string {
  const folder = folderWith(context, { [name]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, name), 0o755);
  return `${folder}:${path}`;
}

function repositoryOf(context: TestContext): TestRepository {
  const repository = newRepository(context);
  repository.commit({ "a.yaml": baseShoot });
  repository.commit({ "a.yaml": headShoot });
  return repository;
}

/** Exit code 3, a message that says what and what to do, and nothing that could be taken for a report. */
function assertRefused(run: Run, message: RegExp): void {
  assert.deepEqual([run.code, run.stdout], [3, ""], run.stderr);
  assert.match(run.stderr, /^will-it-roll: /);
  assert.match(run.stderr, message);
  assert.doesNotMatch(run.stderr, /\n\s+at |bug in will-it-roll/);
}

describe("a git that does not do its work", () => {
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
      /this git is too old: .*diff-tree.* Install git 2\.31 or newer, or give files instead/,
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

  it("is given a time that is none", async (context) => {
    const cwd = repositoryOf(context).folder;
    for (const seconds of ["0", "soon", "-1", "86401", "1e3"]) {
      const run = await willItRoll(["HEAD^", "HEAD", `--git-timeout=${seconds}`], { cwd });
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
});

describe("a strange machine", () => {
  it("changes no byte of the report: language, time zone, home, terminal, clock", async (context) => {
    const cwd = folderWith(context, {
      ...files,
      "clock.mjs": `let now = 0;
        const jump = () => (now += now % 2 === 0 ? 1e12 + 1 : -1e12);
        Date.now = jump;
        performance.now = jump;
        process.hrtime.bigint = () => BigInt(jump());`,
    });
    const outcome = async (env: Readonly<Record<string, string>>) => {
      const run = await willItRoll([...sides, "--format", "json"], { cwd, env });
      assert.deepEqual([run.code, run.stderr], [0, ""]);
      return run.stdout;
    };
    const usual = await outcome({});
    for (const env of [
      { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", LANGUAGE: "tr" },
      { LC_ALL: "ja_JP.eucJP", TZ: "Pacific/Kiritimati" },
      { HOME: "/nowhere", TMPDIR: "/nowhere", XDG_CONFIG_HOME: "/nowhere" },
      { HOME: "/proc", TERM: "dumb", COLUMNS: "1" },
      { HOME: "" },
      { NODE_OPTIONS: "--import=./clock.mjs" },
    ])
      assert.equal(await outcome(env), usual, JSON.stringify(env));
  });

  it("needs no variable at all", async (context) => {
    const cwd = folderWith(context, files);
    const child = spawn(process.execPath, [join(await builtBundles(), "cli.js"), ...sides], { cwd, env: {} });
    let complaints = "";
    child.stderr.on("data", (chunk) => (complaints += String(chunk)));
    child.stdout.resume();
    const [code] = (await once(child, "close")) as [number | null];
    assert.deepEqual([code, complaints], [0, ""]);
  });

  it("may have taken the current folder away", async (context) => {
    const cwd = join(folderWith(context, {}), "gone");
    mkdirSync(cwd);
    const script = `rmdir ../gone; exec "$0" "$@"`;
    const args = ["-c", script, process.execPath, join(await builtBundles(), "cli.js"), "a.yaml", "b.yaml"];
    const run = await new Promise<Run>((resolve) => {
      const child = execFile("/bin/sh", args, { cwd, env: { PATH: path } }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
      );
    });
    if (existsSync(cwd)) rmdirSync(cwd);
    assertRefused(run, /the current folder is gone/);
  });
});

describe("a disk that takes no more", () => {
  it("leaves the older report and no half one", async (context) => {
    const cwd = folderWith(context, { ...files, "report.json": "an older report" });
    const script = `ulimit -f 1; exec "$0" "$@"`;
    const cli = join(await builtBundles(), "cli.js");
    const run = await new Promise<Run>((resolve) => {
      const args = ["-c", script, process.execPath, cli, ...sides, "--format", "json=report.json"];
      const child = execFile("/bin/sh", args, { cwd, env: { PATH: path } }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
      );
    });
    assert.deepEqual([run.code, run.stdout], [2, ""]);
    assert.match(run.stderr, /cannot write report\.json: /);
    assert.deepEqual(readdirSync(cwd).toSorted(), ["base.yaml", "head.yaml", "report.json"]);
    assert.equal(readFileSync(join(cwd, "report.json"), "utf8"), "an older report");
  });

  it("is named where it is a device, or may only be read", { skip: !existsSync("/dev/full") }, async (context) => {
    const cwd = folderWith(context, files);
    for (const file of ["/dev/full", "/proc/report.json"]) {
      const run = await willItRoll([...sides, "--format", `json=${file}`], { cwd });
      assert.deepEqual([run.code, run.stdout], [2, ""]);
      assert.match(run.stderr, new RegExp(`cannot write ${file}: `));
    }
  });
});

describe("a reader of the complaints that has gone", () => {
  for (const [title, args, code] of [
    ["changes no verdict", [...sides, "--stats"], 0],
    ["hides no gate", [...sides, "--fail-on", "replace"], 1],
    ["makes no gate of a mistyped option", ["--wrong"], 2],
    ["makes no gate of a missing file", ["base.yaml", "gone.yaml"], 3],
  ] as const)
    it(title, async (context) => {
      const child = spawn(process.execPath, [join(await builtBundles(), "cli.js"), ...args], {
        cwd: folderWith(context, files),
        stdio: ["ignore", "pipe", "pipe"],
      });
      child.stderr.destroy();
      child.stdout.resume();
      const [ended] = (await once(child, "close")) as [number | null];
      assert.equal(ended, code);
    });
});

describe("a signal while tools render", () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    it(`${signal} ends them, and leaves nothing behind`, async (context) => {
      const [temporary, told] = [folderWith(context, {}), folderWith(context, {})];
      const PATH = withProgram(
        context,
        "kustomize",
        `case "$1" in version) echo v5.0.0; exit 0;; esac\necho $$ > ${told}/process\nexec /bin/sleep 60`,
      );
      const repository = newRepository(context);
      repository.commit({ "kustomization.yaml": "resources: [a.yaml]\n", "a.yaml": baseShoot });
      repository.commit({ "a.yaml": headShoot });
      const child = spawn(process.execPath, [join(await builtBundles(), "cli.js"), "HEAD^", "HEAD"], {
        cwd: repository.folder,
        env: { PATH, TMPDIR: temporary },
      });
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
      const tool = await numberIn(join(told, "process"));
      child.kill(signal);
      const [, by] = (await once(child, "close")) as [number | null, string | null];
      assert.deepEqual([by, said, readdirSync(temporary)], [signal, "", []]);
      await assert.doesNotReject(gone(tool));
    });
});

/** Waits until a file holds a number. */
async function numberIn(file: string): Promise<number> {
  for (let tries = 0; tries < 500; tries += 1) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (text.endsWith("\n")) return Number(text);
    await sleep(20);
  }
  throw new Error(`${file} was not written`);
}

/** Waits until a process has ended. */
async function gone(id: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      process.kill(id, 0);
    } catch {
      return;
    }
    await sleep(20);
  }
  throw new Error(`process ${id} still runs`);
}
