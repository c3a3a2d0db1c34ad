import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "./repository.ts";

/** What git's index says of the checked-out tree, read without a git process. */
interface GitIndex {
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
  let file: number;
  try {
    file = openSync(join(gitFolder, "index"), "r");
  } catch {
    return undefined;
  }
  try {
    const entries = new Entries(file, idBytes, names);
    const hasName = entries.read();
    const extensions = hasName === undefined ? undefined : extensionsOf(file, entries.end, idBytes);
    if (hasName === undefined || extensions === undefined) return undefined;
    return { hasName, tree: rootTree(extensions.get("TREE"), idBytes) };
  } finally {
    closeSync(file);
  }
}

/** No path of a file that git can check out is as long. */
const longestEntry = 1 << 13;
const slash = 0x2f;

/** The entries of an index, read piece by piece into the same memory: of a large repository they are megabytes. */
class Entries {
  /** Where the entries end in the file. */
  end = 0;
  readonly #file: number;
  readonly #idBytes: number;
  readonly #names: readonly Buffer[];
  /** 1 for every byte that a name ends with. */
  readonly #lasts = new Uint8Array(256);
  readonly #bytes = Buffer.allocUnsafe(1 << 17);
  #held = 0;
  #isAtEnd = false;

  constructor(file: number, idBytes: number, names: readonly string[]) {
    this.#file = file;
    this.#idBytes = idBytes;
    this.#names = names.map((name) => Buffer.from(name));
    for (const name of this.#names) this.#lasts[name.at(-1)!] = 1;
  }

  /** Whether a name was found; undefined when this is no index of a known layout. */
  read(): boolean | undefined {
    const bytes = this.#bytes;
    this.#fill(0);
    if (bytes.toString("latin1", 0, 4) !== "DIRC" || this.#held < 12 + this.#idBytes) return undefined;
    const version = bytes.readUInt32BE(4);
    if (version !== 2 && version !== 3) return undefined;
    // Times, numbers and sizes before the id; flags after it, whose lowest twelve bits are the length of the path.
    const flagsAt = 40 + this.#idBytes;
    const lasts = this.#lasts;
    let hasName = false;
    let at = 12;
    let held = this.#held;
    for (let left = bytes.readUInt32BE(8); left > 0; left -= 1) {
      if (held - at < longestEntry && !this.#isAtEnd) {
        at = this.#fill(at);
        held = this.#held;
      }
      const flags = (bytes[at + flagsAt]! << 8) | bytes[at + flagsAt + 1]!;
      const start = at + flagsAt + ((flags & 0x4000) === 0 ? 2 : 4);
      const length = flags & 0xfff;
      const end = length < 0xfff ? start + length : bytes.indexOf(0, start);
      if (end < start || end >= held) return undefined;
      if (!hasName && lasts[bytes[end - 1]!] === 1) hasName = this.#isNamed(start, end);
      // One to eight NULs fill the entry up to a multiple of eight bytes.
      at += (end - at + 8) & ~7;
    }
    this.end += at;
    return hasName;
  }

  /** Moves what is left to the front and reads more after it. */
  #fill(from: number): number {
    this.#bytes.copyWithin(0, from, this.#held);
    this.#held -= from;
    this.end += from;
    const count = readSync(this.#file, this.#bytes, this.#held, this.#bytes.length - this.#held, null);
    this.#isAtEnd = count === 0;
    this.#held += count;
    return 0;
  }

  #isNamed(start: number, end: number): boolean {
    const bytes = this.#bytes;
    for (const name of this.#names) {
      const from = end - name.length;
      if (from < start || bytes[from] !== name[0] || (from > start && bytes[from - 1] !== slash)) continue;
      if (bytes.compare(name, 0, name.length, from, end) === 0) return true;
    }
    return false;
  }
}

/** The first bytes of each extension; undefined when one of them cannot be passed over. */
function extensionsOf(file: number, from: number, idBytes: number): ReadonlyMap<string, Buffer> | undefined {
  const found = new Map<string, Buffer>();
  const last = fstatSync(file).size - idBytes;
  for (let at = from; at < last;) {
    const head = Buffer.alloc(256);
    const held = readSync(file, head, 0, head.length, at);
    const name = head.toString("latin1", 0, 4);
    at += 8 + head.readUInt32BE(4);
    // A lower-case name marks what must be understood.
    if (held < 8 || at > last || !/^[A-Z]/.test(name)) return undefined;
    found.set(name, head.subarray(8, held));
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
