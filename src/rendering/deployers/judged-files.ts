import type { PerSide } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { closureOf, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { type JudgedKind, relevantFiles } from "../relevant.ts";
import { pathsBelow, type TreeChange, within } from "../trees/file-tree.ts";
import { mostFiles } from "./bounds.ts";

/** The folder that a path names for certain, before its first star or placeholder. */
export function fixedFolder(path: string): string[] {
  const [fixed = ""] = path.split(/[*?{[]/);
  const folder = within("", fixed === path ? path : fixed.slice(0, fixed.lastIndexOf("/") + 1));
  return folder === undefined ? [] : [folder];
}

/** Whether the folders that a deployment names hold objects that are judged, or too many files to search. */
export async function holdsOurs(
  trees: TreeChange,
  paths: readonly string[],
  kinds: readonly JudgedKind[],
): Promise<boolean> {
  return (await oursIn(trees, paths, kinds))?.length !== 0;
}

/**
 * The files with objects that are judged in the folders that a deployment names, and with graphs those that kustomizations there take
 * from elsewhere; undefined for too many to look into.
 */
export async function oursIn(
  trees: TreeChange,
  paths: readonly string[],
  kinds: readonly JudgedKind[],
  graphs?: PerSide<KustomizeGraph>,
): Promise<readonly string[] | undefined> {
  const folders = paths.flatMap(fixedFolder);
  const files = new Set(
    folders.flatMap((folder) =>
      sideNames.flatMap((side) => [
        ...pathsBelow(trees[side], folder),
        ...(graphs === undefined ? [] : (closureOf(graphs[side], folder)?.files ?? [])),
      ]),
    ),
  );
  if (files.size > mostFiles) return undefined;
  return await relevantFiles(trees, [...files], kinds);
}
