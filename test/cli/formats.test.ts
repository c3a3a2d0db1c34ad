import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { Report } from "../../src/report/report.ts";
import { willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

const files = { "base.yaml": baseShoot, "head.yaml": headShoot };
const sides = ["base.yaml", "head.yaml"];

describe("--format", () => {
  it("writes files as a whole, and nothing else to standard output", async (context) => {
    const cwd = folderWith(context, files);
    writeFileSync(join(cwd, "report.json"), "an older report");
    const run = await willItRoll([...sides, "--format", "json=report.json", "--format", "text=report.txt"], { cwd });
    assert.equal(run.stdout, "");
    const report = JSON.parse(readFileSync(join(cwd, "report.json"), "utf8")) as Report;
    assert.equal(report.verdict, "replace");
    assert.match(readFileSync(join(cwd, "report.txt"), "utf8"), /ledger/);
    assert.deepEqual(readdirSync(cwd).toSorted(), ["base.yaml", "head.yaml", "report.json", "report.txt"]);
  });

  it("takes - for standard output, as for standard input", async (context) => {
    const cwd = folderWith(context, files);
    const run = await willItRoll([...sides, "--format", "json=-", "--format", "text=report.txt"], { cwd });
    assert.equal((JSON.parse(run.stdout) as Report).verdict, "replace");
    assert.deepEqual(readdirSync(cwd).toSorted(), ["base.yaml", "head.yaml", "report.txt"]);
  });

  it("leaves no half-written file where it may not write", async (context) => {
    const cwd = folderWith(context, { ...files, "taken/inside": "" });
    const run = await willItRoll([...sides, "--format", "json=taken"], { cwd });
    assert.equal(run.code, 2);
    assert.match(run.stderr, /cannot write taken/);
    assert.deepEqual(readdirSync(cwd).toSorted(), ["base.yaml", "head.yaml", "taken"]);
  });

  it("writes one thing to a place, and nothing over what is read", async (context) => {
    const cwd = folderWith(context, files);
    const refused = async (...args: readonly string[]): Promise<string> => {
      const { code, stdout, stderr } = await willItRoll(args, { cwd });
      assert.deepEqual([code, stdout], [2, ""]);
      return stderr;
    };
    assert.match(
      await refused(...sides, "--format", "text", "--format", "json"),
      /text and json would both be written to standard output: give all but one a file, as in --format json=FILE/,
    );
    assert.match(await refused(...sides, "--format", "text=x", "--format", "json=x"), /both be written to x/);
    assert.match(await refused(...sides, "--format", "text=x", "--format", "json=./x"), /both be written to \.\/x/);
    symlinkSync("base.yaml", join(cwd, "link"));
    assert.match(await refused(...sides, "--format", "json=link"), /json=link would be written over what is read/);
    assert.match(
      await refused(...sides, "--format", "json=./base.yaml"),
      /--format json=\.\/base\.yaml would be written over what is read/,
    );
    assert.match(await refused("merge", "one.json", "--format", "json=one.json"), /over what is read/);
    assert.equal(readFileSync(join(cwd, "base.yaml"), "utf8"), baseShoot);
  });

  it("writes the file behind a link, which stays one", async (context) => {
    const cwd = folderWith(context, { ...files, "kept.json": "old" });
    for (const name of ["kept.json", "new.json"]) {
      symlinkSync(name, join(cwd, `to-${name}`));
      assert.equal((await willItRoll([...sides, "--format", `json=to-${name}`], { cwd })).code, 0);
      assert.equal(readlinkSync(join(cwd, `to-${name}`)), name);
      assert.match(readFileSync(join(cwd, name), "utf8"), /^\{\n {2}"formatVersion"/);
    }
  });

  it("suggests the nearest format", async () => {
    assert.match((await willItRoll(["--format", "jsno", "a", "b"])).stderr, /did you mean "json"/);
  });

  it("is the same bytes from run to run", async (context) => {
    const cwd = folderWith(context, files);
    const [first, second] = await Promise.all([1, 2].map(() => willItRoll([...sides, "--format", "json"], { cwd })));
    assert.equal(first?.stdout, second?.stdout);
  });

  it("reads one side from standard input", async (context) => {
    const cwd = folderWith(context, files);
    const run = await willItRoll(["base.yaml", "-", "--format", "json"], { cwd, input: headShoot });
    assert.equal((JSON.parse(run.stdout) as Report).verdict, "replace");
  });
});

describe("colour", () => {
  const escape = String.fromCodePoint(27);
  const colored = async (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<boolean> =>
    (
      await willItRoll(["examples/gardener.base.yaml", "examples/gardener.head.yaml", ...args], { env })
    ).stdout.includes(escape);

  it("is off in a pipe, and on when it is asked for", async () => {
    assert.equal(await colored([]), false);
    assert.equal(await colored(["--color", "always"]), true);
    assert.equal(await colored([], { FORCE_COLOR: "1" }), true);
  });

  it("is off when anything says so", async () => {
    assert.equal(await colored(["--color", "never"], { FORCE_COLOR: "1" }), false);
    assert.equal(await colored([], { FORCE_COLOR: "0" }), false);
    assert.equal(await colored([], { NO_COLOR: "1" }), false);
  });
});
