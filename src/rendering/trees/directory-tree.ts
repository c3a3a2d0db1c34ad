import { type Dirent, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { readRegular } from "../../sources/files.ts";
import type { FileTree, TreeChange } from "./file-tree.ts";

const skipped = new Set([".git", "node_modules"]);

/** Two folders as the two versions of a tree. */
export async function directoryTrees(base: string, head: string): Promise<TreeChange> {
  const trees = { base: directoryTree(base), head: directoryTree(head) };
  const paths = [...new Set([...trees.base.entries.keys(), ...trees.head.entries.keys()])];
  const contents = [await trees.base.read(paths), await trees.head.read(paths)] as const;
  const changed = paths.filter((path) => {
    const [before, after] = contents.map((content) => content.get(path));
    return before === undefined || after === undefined || !before.equals(after);
  });
  return { ...trees, changed: new Set(changed) };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The files below a folder. What cannot be read is not there, so whoever needs it fails. */
function directoryTree(root: string): FileTree {
  const entries = new Map<string, { readonly isLink: boolean }>();
  const open = [""];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop())
    for (const entry of entriesOf(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) open.push(path);
      } else if (entry.isFile() || entry.isSymbolicLink()) entries.set(path, { isLink: entry.isSymbolicLink() });
    }
  const read = (path: string): [string, Buffer][] => {
    try {
      const full = join(root, path);
      const isLink = entries.get(path)?.isLink;
      if (isLink === undefined) return [];
      return [[path, isLink ? readlinkSync(full, { encoding: "buffer" }) : Buffer.from(readRegular(full))]];
    } catch {
      return [];
    }
  };
  return { entries, read: async (paths) => await Promise.resolve(new Map(paths.flatMap(read))) };
}
