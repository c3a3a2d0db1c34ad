import assert from "node:assert/strict";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "../built-program.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";

export const path = process.env["PATH"] ?? "";
export const files = { "base.yaml": baseShoot, "head.yaml": headShoot };
/** A folder with a program of this name, to be put first in PATH. */
export function withProgram(context: TestContext, name: string, script: string): string {
  const folder = folderWith(context, { [name]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, name), 0o755);
  return `${folder}:${path}`;
}
/** Exit code 3, a message that says what and what to do, and nothing that could be taken for a report. */
export function assertRefused(run: Run, message: RegExp): void {
  assert.deepEqual([run.code, run.stdout], [3, ""], run.stderr);
  assert.match(run.stderr, /^will-it-roll: /);
  assert.match(run.stderr, message);
  assert.doesNotMatch(run.stderr, /\n\s+at |bug in will-it-roll/);
}
/** Waits until a process has ended. */
export async function gone(id: number): Promise<void> {
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
