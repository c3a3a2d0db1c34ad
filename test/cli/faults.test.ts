import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { builtBundles, type Run, willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { path, files, assertRefused } from "./faults.ts";

const sides = ["base.yaml", "head.yaml"];

describe("an unusual environment", () => {
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

describe("a full disk", () => {
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

describe("a closed standard error", () => {
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
