import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createHash } from "node:crypto";
import type { Content } from "../change.ts";

const pointer =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\nsize (\d+)\n/;

/** What Git LFS put in the place of a file; undefined for everything else. */
export function parsePointer(bytes: Buffer): { readonly id: string; readonly size: number } | undefined {
  if (bytes.length > 1024) return undefined;
  const match = pointer.exec(bytes.toString("latin1"));
  return match === null ? undefined : { id: match[1]!, size: Number(match[2]) };
}

/** The content that a pointer stands for, when `git lfs` has brought it into this clone. */
export function readPointer(gitFolder: string, bytes: Buffer): Content | undefined {
  const found = parsePointer(bytes);
  if (found === undefined) return undefined;
  const file = join(gitFolder, "lfs", "objects", found.id.slice(0, 2), found.id.slice(2, 4), found.id);
  try {
    const content = readFileSync(file);
    if (createHash("sha256").update(content).digest("hex") === found.id) return { state: "found", bytes: content };
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
