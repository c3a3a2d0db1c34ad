import type { Side } from "../comparison.ts";
import { isBelow, type SideName } from "./file-tree.ts";
import { type GitTreesOptions, withGitTrees } from "./git-trees.ts";
import type { RenderedSides } from "./assemble.ts";
import { renderSides, type RenderOptions } from "./render.ts";

export interface GitRenderOptions extends Omit<GitTreesOptions, "base" | "head"> {
  /** A folder of the repository; roots elsewhere are left alone. */
  readonly path?: string | undefined;
}

/** Renders what changed between two revisions, or a revision and the working tree, whose files were read before. */
export async function renderGit(
  sides: Readonly<Record<SideName, Side>>,
  { path, ...git }: GitRenderOptions,
  options: RenderOptions,
): Promise<RenderedSides> {
  const { base, head } = sides;
  if (base.revision === undefined) return { base, head, rendering: { renderers: [], undecided: [] } };
  const { accepts = () => true } = options;
  const isInside = (file: string): boolean =>
    accepts(file) && (path === undefined || file === path || isBelow(file, path));
  return await withGitTrees({ ...git, base: base.revision, head: head.revision }, (trees) =>
    renderSides(trees, sides, { ...options, accepts: isInside }),
  );
}
