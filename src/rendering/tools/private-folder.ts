import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { type FileTree, readFollowed } from "../trees/file-tree.ts";
import { stopTools } from "./run-tool.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * A folder that only this user can read. It is removed, and the tools that work in it are stopped, when `use` or the whole
 * program ends.
 */
export async function withPrivateFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "will-it-roll-"));
  const leave = (): void => {
    for (const signal of signals) process.off(signal, interrupted);
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = (signal: NodeJS.Signals): void => {
    stopTools(folder);
    leave();
    // The handlers are off by now, so the signal ends the program as if there had been none.
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, interrupted);
  try {
    mkdirSync(join(folder, "home"));
    return await use(folder);
  } finally {
    leave();
  }
}

/** Writes files of a tree below a folder, and returns them. Links become what they lead to, so that none leads out. */
export async function writeTree(
  tree: FileTree,
  paths: readonly string[],
  folder: string,
): Promise<ReadonlyMap<string, Buffer>> {
  const contents = await readFollowed(tree, paths);
  writeFiles(contents, folder);
  return contents;
}

/** Writes files below a folder. */
export function writeFiles(contents: ReadonlyMap<string, Buffer>, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, bytes] of contents) {
    const file = join(folder, path);
    if (!file.startsWith(folder + sep) || !isSafePath(path)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/** A name that is no plain path below a folder cannot come from git's own commands, but may from a hostile tree. */
export const isSafePath = (path: string): boolean =>
  !path.split("/").some((part) => part === ".." || part === "" || part === ".git");
