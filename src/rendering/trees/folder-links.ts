import { posix } from "node:path";
import { memoized } from "../../manifests/memoized.ts";
import { type FileTree, foldersAbove, mostLinks, pathsBelow, within } from "./file-tree.ts";

/** The symbolic links of a tree to folders of it, by where they stand, with the folder that each leads to in the end. */
export type FolderLinks = ReadonlyMap<string, string>;

/** Kustomizations and charts both ask for them: they are read once. */
export const folderLinks = memoized(async (tree: FileTree): Promise<FolderLinks> => {
  const paths = [...tree.entries].flatMap(([path, { isLink }]) => (isLink ? [path] : []));
  if (paths.length === 0) return new Map();
  const all = new Map<string, string>();
  for (const [path, content] of await tree.read(paths)) {
    const target = within(posix.dirname(path), content.toString("utf8"));
    if (target !== undefined) all.set(path, target);
  }
  return new Map(
    [...all.keys()].flatMap((path): [string, string][] => {
      const { path: target } = behindLinks(all, path);
      return all.has(target) || tree.entries.has(target) || pathsBelow(tree, target).length === 0
        ? []
        : [[path, target]];
    }),
  );
});

/** Where a path stands that leads through links, and through which. */
export function behindLinks(
  links: FolderLinks,
  path: string,
): { readonly path: string; readonly through: readonly string[] } {
  const through: string[] = [];
  let found = path;
  while (links.size > 0 && through.length < mostLinks) {
    const link = [found, ...foldersAbove(found)].findLast((one) => links.has(one));
    if (link === undefined) break;
    through.push(link);
    const [target = "", rest] = [links.get(link), found.slice(link.length)];
    found = target === "" ? rest.slice(1) : target + rest;
  }
  return { path: found, through };
}
