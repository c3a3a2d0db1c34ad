import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "./git-repository.ts";

/** What git's index says of the checked-out tree, read without a git process. */
export interface GitIndex {
  /** Whether one of the names ends a path. */
  readonly hasName: boolean;
  /** The tree that the index holds file by file; undefined when something was staged since. */
  readonly tree: string | undefined;
}

/**
 * Looks for file names in git's index, which lists every file of the checked-out tree. Undefined when it cannot be told: there
 * is no index, or one that shortens or leaves out paths (`gitformat-index`: version 4, split and sparse indexes).
 */
export function readIndex(
  { gitFolder }: Pick<Repository, "gitFolder">,
  idBytes: number,
  names: readonly string[],
): GitIndex | undefined {
  let index: Buffer;
  try {
    index = readFileSync(join(gitFolder, "index"));
  } catch {
    return undefined;
  }
  if (index.length < 12 + idBytes) return undefined;
  if (index.toString("latin1", 0, 4) !== "DIRC" || ![2, 3].includes(index.readUInt32BE(4))) return undefined;
  const wanted = names.map((name) => Buffer.from(name));
  let at = 12;
  let hasName = false;
  for (let left = index.readUInt32BE(8); left > 0; left -= 1) {
    const { start, end } = pathOf(index, at, idBytes);
    if (end < start || end >= index.length) return undefined;
    hasName ||= endsWithOne(index, start, end, wanted);
    // One to eight NULs fill the entry up to a multiple of eight bytes.
    at += (end - at + 8) & ~7;
  }
  const extensions = extensionsOf(index, at, idBytes);
  // A lower-case name marks what cannot be passed over.
  if (extensions === undefined || [...extensions.keys()].some((name) => !/^[A-Z]/.test(name))) return undefined;
  return { hasName, tree: rootTree(extensions.get("TREE"), idBytes) };
}

/** Times, numbers and sizes before the id; flags behind it, whose lowest twelve bits are the length of the path. */
function pathOf(index: Buffer, entry: number, idBytes: number): { readonly start: number; readonly end: number } {
  const flags = entry + 40 + idBytes;
  if (flags + 2 > index.length) return { start: 0, end: -1 };
  const word = index.readUInt16BE(flags);
  const start = flags + ((word & 0x4000) === 0 ? 2 : 4);
  const length = word & 0xfff;
  return { start, end: length < 0xfff ? start + length : index.indexOf(0, start) };
}

const slash = 0x2f;

function endsWithOne(index: Buffer, start: number, end: number, names: readonly Buffer[]): boolean {
  for (const name of names) {
    const from = end - name.length;
    if (from < start || index[from] !== name[0] || (from > start && index[from - 1] !== slash)) continue;
    if (index.compare(name, 0, name.length, from, end) === 0) return true;
  }
  return false;
}

function extensionsOf(index: Buffer, from: number, idBytes: number): ReadonlyMap<string, Buffer> | undefined {
  const found = new Map<string, Buffer>();
  const last = index.length - idBytes;
  for (let at = from; at < last;) {
    if (at + 8 > last) return undefined;
    const end = at + 8 + index.readUInt32BE(at + 4);
    if (end > last) return undefined;
    found.set(index.toString("latin1", at, at + 4), index.subarray(at + 8, end));
    at = end;
  }
  return found;
}

/** The first entry of the cached trees is that of the root: an empty path, the number of files and of subtrees, the id. */
function rootTree(trees: Buffer | undefined, idBytes: number): string | undefined {
  if (trees?.[0] !== 0) return undefined;
  const newline = trees.indexOf(0x0a);
  // A negative number marks a tree that no longer is what is staged.
  if (!/^\d+ \d+$/.test(trees.toString("latin1", 1, newline))) return undefined;
  return trees.toString("hex", newline + 1, newline + 1 + idBytes);
}
