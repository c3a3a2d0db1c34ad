import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { otherSide } from "../../manifests/side-names.ts";
import { isKustomization } from "../kustomize/kustomization.ts";
import { filesNamed, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { folderOf, type TreeChange } from "../trees/file-tree.ts";

/** Whether a file that is applied on the other side is not applied on this one. */
export type IsUnlisted = (side: SideName, path: string) => boolean;

/**
 * A kustomization decides which files of its folder are applied: a file that is listed on one side only, or next to a
 * kustomization that is added or removed and does not list it, counts on the other side only.
 */
export function unlistedIn(trees: TreeChange, graphs: PerSide<KustomizeGraph>): IsUnlisted {
  if (![...trees.changed].some(isKustomization)) return () => false;
  const named = { base: filesNamed(graphs.base), head: filesNamed(graphs.head) };
  return (side, path) => {
    const other = otherSide(side);
    if (isKustomization(path) || !trees[side].entries.has(path) || named[side].has(path)) return false;
    if (!trees[other].entries.has(path)) return false;
    const isBeside = (one: SideName): boolean => graphs[one].nodes.has(folderOf(path));
    return named[other].has(path) || (isBeside(side) && !isBeside(other));
  };
}
