import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { columnsOf } from "../../src/cli/streams.ts";
import { builtBundles, root, willItRoll } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

const sides = ["examples/fleet/base", "examples/fleet/head"];

describe("streams", () => {
  it("take a terminal that does not say its width for one of the usual width, not for a narrow one", () => {
    assert.deepEqual([{ columns: 0 }, {}, { columns: 132 }].map(columnsOf), [80, 80, 132]);
  });

  it("does not mind a reader that goes away", async () => {
    const child = spawn(process.execPath, [join(await builtBundles(), "cli.js"), ...sides, "--format", "json"], {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.destroy();
    let complaints = "";
    child.stderr.on("data", (chunk) => (complaints += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    assert.equal(complaints, "");
    assert.equal(code, 0);
  });

  it(
    "gives a slow reader all of it, through a pipe that does not wait",
    { skip: process.platform === "win32" },
    async (context) => {
      const many = (text: string): string =>
        Array.from({ length: 60 }, (_, index) => text.replace("name: payments", `name: payments-${index}`)).join(
          "---\n",
        );
      const cwd = folderWith(context, { "base.yaml": many(baseShoot), "head.yaml": many(headShoot) });
      // As npx and npm leave it: another Node.js has the same pipe, and makes it one that does not wait.
      const other = `process.stdout.write(""); setTimeout(() => {}, 4000)`;
      const script = `{ "$0" -e '${other}' & sleep 0.4; "$0" "$@"; kill $!; } | { sleep 1.5; cat; }`;
      const cli = join(await builtBundles(), "cli.js");
      const args = ["-c", script, process.execPath, cli, "base.yaml", "head.yaml", "--format", "json"];
      const child = spawn("sh", args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
      let said = "";
      let complaints = "";
      child.stdout.on("data", (chunk) => (said += String(chunk)));
      child.stderr.on("data", (chunk) => (complaints += String(chunk)));
      await once(child, "close");
      assert.ok(said.length > 256 * 1024, `${said.length} ${complaints}`);
      assert.equal((JSON.parse(said) as { readonly pools: readonly object[] }).pools.length, 180);
      assert.equal(complaints, "");
    },
  );

  it("says so when the disk is full", { skip: !existsSync("/dev/full") }, async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(process.execPath, [join(await builtBundles(), "cli.js"), ...sides], {
      cwd: root,
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    let complaints = "";
    child.stderr?.on("data", (chunk) => (complaints += String(chunk)));
    const [code] = (await once(child, "close")) as [number | null];
    assert.equal(code, 2);
    assert.match(complaints, /cannot write to standard output/);
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    it(`ends on ${signal} while it waits for standard input, without a word`, async () => {
      const child = spawn(
        process.execPath,
        [join(await builtBundles(), "cli.js"), "-", "examples/gardener.head.yaml"],
        {
          cwd: root,
          stdio: ["pipe", "pipe", "pipe"],
        },
      );
      let said = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
      // The first bytes are taken once the program runs.
      await new Promise((resolve) => child.stdin.write("# half a file\n", resolve));
      child.kill(signal);
      const [, by] = (await once(child, "close")) as [number | null, string | null];
      assert.equal(by, signal);
      assert.equal(said, "");
    });

  it("says nothing on large inputs, where the engine gets an option that it must know", async (context) => {
    const shoots = (text: string): string =>
      Array.from({ length: 200 }, (_, index) => text.replace("name: payments", `name: payments-${index}`)).join(
        "---\n",
      );
    const base = shoots(baseShoot);
    assert.ok(base.length > 256 * 1024);
    const cwd = folderWith(context, { "base.yaml": base, "head.yaml": shoots(headShoot) });
    const run = await willItRoll(["base.yaml", "head.yaml"], { cwd });
    assert.equal(run.stderr, "");
    assert.equal(run.code, 0);
  });

  it("keeps the report on standard output and the rest off it", async () => {
    const run = await willItRoll([...sides, "--format", "json", "--stats", "--fail-on", "replace"]);
    JSON.parse(run.stdout);
    assert.match(run.stderr, /files/);
    assert.match(run.stderr, /gate fail-on: \d+ pools with replace/);
  });
});
