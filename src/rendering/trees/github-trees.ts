import { isSubmodule } from "../../sources/git/raw-diff.ts";
import type { ListedPair } from "../../sources/github.ts";
import { type StoredEntry, storedTree, type TreeChange } from "./file-tree.ts";

/** Both versions of a repository as GitHub lists them; undefined where it does not list all of it. */
export function gitHubTrees(pair: ListedPair): TreeChange | undefined {
  if (pair.listed === undefined) return undefined;
  const head = new Map<string, StoredEntry>();
  for (const { path, ...entry } of pair.listed)
    if (!isSubmodule(entry)) head.set(path, { raw: Buffer.from(path), entry });
  const base = new Map(head);
  for (const { raw, base: entry } of pair.changes) {
    const path = raw.toString("utf8");
    if (entry === undefined || isSubmodule(entry)) base.delete(path);
    else base.set(path, { raw, entry });
  }
  return {
    base: storedTree(pair, "base", base),
    head: storedTree(pair, "head", head),
    changed: new Set(pair.changes.map(({ raw }) => raw.toString("utf8"))),
  };
}
