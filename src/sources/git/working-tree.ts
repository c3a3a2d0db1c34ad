import { lstatSync, realpathSync, statSync } from "node:fs";
import { sep } from "node:path";
import type { Content } from "../change.ts";
import { readRegular, reasonOf } from "../files.ts";
import { tooLarge } from "../unreadable.ts";
import { parsePointer, unfetched } from "./lfs.ts";

/** Reads a file of the working tree; a symbolic link is followed inside it, never out of it. */
export function readWorkingFile(root: string, raw: Buffer, maximum: number, mode?: string): Content {
  const path = Buffer.concat([Buffer.from(root + sep), raw]);
  try {
    if (mode !== undefined && lstatSync(path).isSymbolicLink()) return readWorkingFile(root, raw, maximum);
    const target = realpathSync.native(path, "buffer");
    if (!target.toString("latin1").startsWith(Buffer.from(realpathSync.native(root) + sep).toString("latin1")))
      return {
        state: "unreadable",
        code: "link-leaves-tree",
        because: "the symbolic link leads out of the repository; put its target into the repository",
      };
    const stats = statSync(target);
    if (!stats.isFile())
      return { state: "unreadable", code: "link-to-folder", because: "it is not a regular file; replace it with one" };
    if (stats.size > maximum) return tooLarge(stats.size);
    const bytes = Buffer.from(readRegular(target));
    return parsePointer(bytes) === undefined ? { state: "found", bytes } : unfetched;
  } catch (error) {
    return { state: "unreadable", code: "unreadable-file", because: `${reasonOf(error)}; check it` };
  }
}
