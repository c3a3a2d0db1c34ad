import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { builtBundles } from "../built-program.ts";
import { newRepository } from "../sources/git/repository.ts";
import { folderWith } from "../temporary-folder.ts";
import { baseShoot, headShoot } from "./example-shoot.ts";
import { withProgram, gone } from "./faults.ts";

/** Waits until a file holds a number. */
async function numberIn(file: string): Promise<number> {
  for (let tries = 0; tries < 500; tries += 1) {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (text.endsWith("\n")) return Number(text);
    await sleep(20);
  }
  throw new Error(`${file} was not written`);
}

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
