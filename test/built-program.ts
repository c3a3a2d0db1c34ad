import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export const root = join(import.meta.dirname, "..");

let bundles: Promise<string> | undefined;

/** The folder of bundles built from these sources: once for a whole run of the tests, by whoever needs them first. */
export function builtBundles(): Promise<string> {
  bundles ??= build(process.env["WILL_IT_ROLL_BUNDLES"] ?? mkdtempSync(join(tmpdir(), "will-it-roll-bundles-")));
  return bundles;
}

async function build(folder: string): Promise<string> {
  const done = join(folder, "done");
  const failed = join(folder, "failed");
  const dist = join(folder, "dist");
  try {
    mkdirSync(join(folder, "building"));
  } catch {
    while (!existsSync(done)) {
      if (existsSync(failed)) throw new Error("the bundles could not be built, see the first test that needs them");
      await sleep(50);
    }
    return dist;
  }
  try {
    execFileSync(process.execPath, [join(root, "scripts/build.mjs"), "--out", dist], { stdio: "pipe" });
  } catch (error) {
    writeFileSync(failed, "");
    throw error;
  }
  writeFileSync(join(folder, "package.json"), '{"type":"module"}\n');
  writeFileSync(done, "");
  return dist;
}

export interface Run {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the built command as a shell would, without the colours and settings of whoever runs the tests. */
export async function willItRoll(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const cli = join(await builtBundles(), "cli.js");
  const { PATH = "", HOME = "" } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [cli, ...args],
      { cwd: options.cwd ?? root, env: { PATH, HOME, ...options.env }, maxBuffer: 1 << 27 },
      (_, stdout, stderr) => resolve({ code: child.exitCode, signal: child.signalCode, stdout, stderr }),
    );
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(options.input ?? "");
  });
}
