import { readlinkSync } from "node:fs";
import { sep } from "node:path";
import type { SideName } from "../../manifests/manifest.ts";
import { failure } from "../../sources/git/failure.ts";
import { isLink, isSubmodule, parseTree } from "../../sources/git/raw-diff.ts";
import type { GitPair } from "../../sources/git/tree-pair.ts";
import { type FileTree, type StoredEntry, storedTree, type TreeChange } from "./file-tree.ts";

/** Both versions of a repository from git's objects; for the working tree, what git would add. */
export async function gitTrees(part: GitPair): Promise<TreeChange> {
  const pair = await part.whole();
  const { git, base, repository } = pair.options;
  const listed = await git.run(["ls-tree", "-r", "-z", "--full-tree", base]);
  if (listed.status !== 0) throw failure(git, "ls-tree", listed);
  const entries = { base: new Map<string, StoredEntry>(), head: new Map<string, StoredEntry>() };
  for (const { raw, head: entry } of parseTree(listed.stdout))
    if (entry !== undefined && !isSubmodule(entry)) {
      entries.base.set(raw.toString("utf8"), { raw, entry });
      entries.head.set(raw.toString("utf8"), { raw, entry });
    }
  const changed = new Set<string>();
  for (const change of pair.changes) {
    const path = change.raw.toString("utf8");
    changed.add(path);
    if (change.head === undefined || isSubmodule(change.head)) entries.head.delete(path);
    else entries.head.set(path, { raw: change.raw, entry: change.head });
  }
  return {
    base: treeOf(pair, "base", entries.base, repository.root),
    head: treeOf(pair, "head", entries.head, repository.root),
    changed,
  };
}

/** The target of a link in the working tree; none if it was removed meanwhile. */
function linkAt(path: string, full: Buffer): [path: string, target: Buffer][] {
  try {
    return [[path, readlinkSync(full, { encoding: "buffer" })]];
  } catch {
    return [];
  }
}

function treeOf(pair: GitPair, side: SideName, entries: ReadonlyMap<string, StoredEntry>, root: string): FileTree {
  const stored = storedTree(pair, side, entries);
  // A link of the working tree is read as the path that it holds, not as the file that it leads to.
  const isUnstoredLink = (path: string): boolean => {
    const entry = entries.get(path)?.entry;
    return entry?.id === null && isLink(entry);
  };
  const read: FileTree["read"] = async (paths) => {
    const links = paths.filter(isUnstoredLink);
    const files = await stored.read(paths.filter((path) => !isUnstoredLink(path)));
    return new Map([
      ...links.flatMap((path) => linkAt(path, Buffer.concat([Buffer.from(root + sep), entries.get(path)!.raw]))),
      ...files,
    ]);
  };
  return { entries: stored.entries, read };
}
