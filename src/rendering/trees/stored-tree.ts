import type { SideName } from "../../manifests/manifest.ts";
import type { TreeEntry, TreePair } from "../../sources/change.ts";
import { isLink } from "../../sources/git/raw-diff.ts";
import type { FileTree } from "./file-tree.ts";

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
