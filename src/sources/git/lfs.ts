import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pointedTo } from "../../manifests/lfs-pointer.ts";
import type { Content } from "../change.ts";
import { tooLarge } from "../unreadable.ts";

/** The id of the content that Git LFS put a pointer in the place of; undefined for everything else. */
export function parsePointer(bytes: Buffer): string | undefined {
  return bytes.length > 1024 ? undefined : pointedTo(bytes.toString("latin1"));
}

/** The content that a pointer stands for, when `git lfs` has brought it into this clone; `maximum` in bytes. */
export function readPointer(gitFolder: string, bytes: Buffer, maximum: number): Content | undefined {
  const id = parsePointer(bytes);
  if (id === undefined) return undefined;
  const file = join(gitFolder, "lfs", "objects", id.slice(0, 2), id.slice(2, 4), id);
  try {
    // Not the size that the pointer names, which anybody can write.
    const { size } = statSync(file);
    if (size > maximum) return tooLarge(size);
    const content = readFileSync(file);
    if (createHash("sha256").update(content).digest("hex") === id) return { state: "found", bytes: content };
  } catch {
    // Not there, or not readable: either way the same command brings it.
  }
  return unfetched;
}

/** The answer where a pointer cannot be followed. */
export const unfetched: Content = {
  state: "unreadable",
  code: "lfs-pointer",
  because: "Git LFS holds its content, which is not in this clone; run git lfs fetch --all origin",
};
