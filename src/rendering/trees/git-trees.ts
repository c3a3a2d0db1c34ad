import { readlinkSync } from "node:fs";
import { sep } from "node:path";
import type { SideName } from "../../manifests/manifest.ts";
import type { TreeEntry } from "../../sources/change.ts";
import { failure } from "../../sources/git/failure.ts";
import { isLink, isSubmodule, parseTree } from "../../sources/git/raw-diff.ts";
import type { GitPair } from "../../sources/git/tree-pair.ts";
import type { FileTree, TreeChange } from "./file-tree.ts";

/** Both versions of a repository from git's objects; for the working tree, what git would add. */
export async function gitTrees(part: GitPair): Promise<TreeChange> {
  const pair = await part.whole();
  const { git, base, repository } = pair.options;
  const listed = await git.run(["ls-tree", "-r", "-z", "--full-tree", base]);
  if (listed.status !== 0) throw failure(git, "ls-tree", listed);
  const entries = { base: new Map<string, Entry>(), head: new Map<string, Entry>() };
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

interface Entry {
  readonly raw: Buffer;
  readonly entry: TreeEntry;
}

/** The target of a link in the working tree; none if it was removed meanwhile. */
function linkAt(path: string, full: Buffer): [path: string, target: Buffer][] {
  try {
    return [[path, readlinkSync(full, { encoding: "buffer" })]];
  } catch {
    return [];
  }
}

function treeOf(pair: GitPair, side: SideName, entries: ReadonlyMap<string, Entry>, root: string): FileTree {
  const read: FileTree["read"] = async (paths) => {
    const rows = paths.flatMap((path) => {
      const found = entries.get(path);
      return found === undefined ? [] : [{ path, ...found }];
    });
    // A link is read as the path that it holds, not as the file that it leads to.
    const links = rows.filter(({ entry }) => entry.id === null && isLink(entry));
    const files = rows.filter(({ entry }) => !(entry.id === null && isLink(entry)));
    const contents = await pair.read(side, files);
    return new Map([
      ...links.flatMap(({ path, raw }) => linkAt(path, Buffer.concat([Buffer.from(root + sep), raw]))),
      ...files.flatMap(({ path }, index) => {
        const content = contents[index];
        return content?.state === "found" ? [[path, content.bytes] as const] : [];
      }),
    ]);
  };
  const listed = new Map([...entries].map(([path, { entry }]) => [path, { isLink: isLink(entry) }] as const));
  return { entries: listed, read };
}
