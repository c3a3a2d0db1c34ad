import { posix } from "node:path";
import { addTo } from "../../manifests/group-by.ts";
import type { SideName } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import { byCodeUnits } from "../../manifests/text-order.ts";
import type { TreeEntry, TreePair } from "../../sources/change.ts";
import { isLink } from "../../sources/git/raw-diff.ts";

/** One version of a whole tree of files; paths are relative, with forward slashes. */
export interface FileTree {
  /** Every file, and whether it is a symbolic link. */
  readonly entries: ReadonlyMap<string, { readonly isLink: boolean }>;
  /** The content of the files that can be read; of a link, the path that it names. */
  readonly read: (paths: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
}

/** Both versions, and the paths that differ. */
export interface TreeChange {
  readonly base: FileTree;
  readonly head: FileTree;
  readonly changed: ReadonlySet<string>;
}

/** A file as a tree of git lists it. */
export interface StoredEntry {
  /** Its path in bytes. */
  readonly raw: Buffer;
  readonly entry: TreeEntry;
}

/** One side of two trees, whose files are read in bulk. */
export const storedTree = (
  pair: Pick<TreePair, "read">,
  side: SideName,
  entries: ReadonlyMap<string, StoredEntry>,
): FileTree => ({
  entries: new Map([...entries].map(([path, { entry }]) => [path, { isLink: isLink(entry) }] as const)),
  read: async (paths) => {
    const rows = paths.flatMap((path) => {
      const found = entries.get(path);
      return found === undefined ? [] : [{ path, ...found }];
    });
    const contents = await pair.read(side, rows);
    return new Map(
      rows.flatMap(({ path }, index) => {
        const content = contents[index];
        return content?.state === "found" ? [[path, content.bytes] as const] : [];
      }),
    );
  },
});

/** The side of which a message about a file speaks: the head, unless the file is gone there. */
export const sideWith = ({ head }: TreeChange, path: string): SideName => (head.entries.has(path) ? "head" : "base");

/** A path as seen from a folder of the tree; undefined when it leads out of it. */
export function within(folder: string, path: string): string | undefined {
  if (posix.isAbsolute(path)) return undefined;
  const joined = posix.join(folder, path).replace(/\/+$/, "");
  if (joined === ".." || joined.startsWith("../")) return undefined;
  return joined === "." ? "" : joined;
}

export const isYaml = (path: string): boolean => /\.ya?ml$/.test(path);

/** As Argo CD and kubectl take manifests by the names of their files. */
export const mayBeManifest = (path: string): boolean => isYaml(path) || path.endsWith(".json");

export const isBelow = (path: string, folder: string): boolean => folder === "" || path.startsWith(`${folder}/`);

const sortedPaths = memoized(({ entries }: FileTree): readonly string[] => [...entries.keys()].toSorted(byCodeUnits));

/** The files of a tree below a folder: found by bisection, since large repositories have many paths and many folders. */
export function pathsBelow(tree: FileTree, folder: string): readonly string[] {
  const sorted = sortedPaths(tree);
  // All paths below the folder are consecutive: they begin with the folder and "/", and "0" is the character after "/".
  return folder === "" ? sorted : sorted.slice(placeOf(sorted, `${folder}/`), placeOf(sorted, `${folder}0`));
}

function placeOf(sorted: readonly string[], path: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < path) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The folder that holds a path; empty for the root of the tree. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** The folders in which a path stands, innermost first; the root of the tree is the last. */
export function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) folders.push(path.slice(0, end));
  return [...folders, ""];
}

export const mostLinks = 16;

/** Reads files; links among them are followed inside the tree, never out of it. */
export async function readFollowed(tree: FileTree, paths: readonly string[]): Promise<Map<string, Buffer>> {
  return (await follow(tree, paths)).contents;
}

/** The same on both sides: the files of the base, then those of the head. */
export async function readBoth(
  { base, head }: TreeChange,
  paths: readonly string[],
): Promise<(readonly [path: string, bytes: Buffer])[]> {
  const [before, after] = await Promise.all([readFollowed(base, paths), readFollowed(head, paths)]);
  return [...before, ...after];
}

/** How many files are held in memory at a time while all files of a tree are searched. */
const atATime = 5000;

/** Reads many files, some at a time. */
export async function* readInParts(
  tree: FileTree,
  paths: readonly string[],
): AsyncGenerator<ReadonlyMap<string, Buffer>> {
  for (let start = 0; start < paths.length; start += atATime)
    yield await readFollowed(tree, paths.slice(start, start + atATime));
}

/** Reads many files and keeps those that match a pattern of ASCII characters. */
export async function readMatching(
  tree: FileTree,
  paths: readonly string[],
  pattern: RegExp,
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for await (const contents of readInParts(tree, paths))
    for (const [path, bytes] of contents) if (pattern.test(bytes.toString("latin1"))) found.set(path, bytes);
  return found;
}

/** Where the links among some paths lead, through further links, inside the tree. */
export async function linkTargets(
  tree: FileTree,
  paths: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const links = paths.filter((path) => tree.entries.get(path)?.isLink === true);
  return links.length === 0 ? new Map<string, readonly string[]>() : (await follow(tree, links)).targets;
}

async function follow(tree: FileTree, paths: readonly string[]) {
  const contents = new Map<string, Buffer>();
  const targets = new Map<string, string[]>();
  let open = new Map(paths.map((path) => [path, path]));
  for (let depth = 0; depth < mostLinks && open.size > 0; depth += 1) {
    const read = await tree.read([...new Set(open.values())]);
    const next = new Map<string, string>();
    for (const [path, at] of open) {
      const content = read.get(at);
      if (content === undefined) continue;
      if (tree.entries.get(at)?.isLink !== true) contents.set(path, content);
      else {
        const target = within(posix.dirname(at), content.toString("utf8"));
        if (target === undefined || !tree.entries.has(target)) continue;
        next.set(path, target);
        addTo(targets, path, target);
      }
    }
    open = next;
  }
  return { contents, targets };
}
