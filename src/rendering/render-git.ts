import type { GitChange } from "../sources/git/sides.ts";
import type { RenderedSides } from "./assemble.ts";
import { isBelow } from "./trees/file-tree.ts";
import { gitTrees } from "./trees/git-trees.ts";
import { renderSides, type RenderOptions } from "./render.ts";

/**
 * Renders what changed between two revisions, or a revision and the working tree, whose files were read before. Where only a
 * part of the tree is compared, roots elsewhere are left alone.
 */
export async function renderGit(
  { base, head, pair }: Pick<GitChange, "base" | "head" | "pair">,
  options: RenderOptions,
): Promise<RenderedSides> {
  // Two folders of two revisions are two trees, as two directories are: those are given rendered.
  if (pair === undefined) return { base, head, rendering: { renderers: [], undecided: [] } };
  const { path } = pair.options;
  const { accepts = () => true } = options;
  const isInside = (file: string): boolean =>
    accepts(file) && (path === undefined || file === path || isBelow(file, path));
  return await renderSides(await gitTrees(pair), { base, head }, { ...options, accepts: isInside });
}
