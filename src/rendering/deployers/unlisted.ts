import type { SideName } from "../../manifests/manifest.ts";
import { filesNamed, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { isKustomization } from "../kustomize/kustomization.ts";
import { folderOf, type TreeChange } from "../trees/file-tree.ts";

/** Whether nobody applies a file of one side that counts on the other. */
export type IsUnlisted = (side: SideName, path: string) => boolean;

/**
 * Where a kustomization stands it says what of its folder is applied: a file that one names on one side alone, or beside which one
 * comes or goes that does not name it, counts on the other side alone.
 */
export function unlistedIn(trees: TreeChange, graphs: Readonly<Record<SideName, KustomizeGraph>>): IsUnlisted {
  if (![...trees.changed].some(isKustomization)) return () => false;
  const named = { base: filesNamed(graphs.base), head: filesNamed(graphs.head) };
  return (side, path) => {
    const other = side === "base" ? "head" : "base";
    if (isKustomization(path) || !trees[side].entries.has(path) || named[side].has(path)) return false;
    if (!trees[other].entries.has(path)) return false;
    const isBeside = (one: SideName): boolean => graphs[one].nodes.has(folderOf(path));
    return named[other].has(path) || (isBeside(side) && !isBeside(other));
  };
}
