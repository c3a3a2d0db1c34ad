import { posix } from "node:path";
import type { Side } from "../comparison.ts";
import type { GitChange } from "../sources/git/sides.ts";
import { type RenderedSides, withDiagnostics } from "./assemble.ts";
import { alters, isKustomization, parseKustomization } from "./kustomize/kustomization.ts";
import { leftAlone } from "./remarks.ts";
import type { RenderOptions } from "./render-options.ts";
import { renderSides } from "./render.ts";
import { isBelow } from "./trees/file-tree.ts";
import { gitTrees } from "./trees/git-trees.ts";

/**
 * Renders what changed between two revisions, or a revision and the working tree, whose files were read before. Where only a
 * part of the tree is compared, roots elsewhere are left alone.
 */
export async function renderGit(
  { base, head, pair }: Pick<GitChange, "base" | "head" | "pair">,
  options: RenderOptions,
): Promise<RenderedSides> {
  const { accepts, mode } = options;
  // Two folders of two revisions are two separate trees, which like directories are assumed to be rendered already.
  if (pair === undefined) {
    const diagnostics =
      mode === "none" ? [] : [...rootsIn(base), ...rootsIn(head)].map((one) => leftAlone(one, "apart"));
    return { base, head: withDiagnostics(head, diagnostics), rendering: { renderers: [], undecided: [] } };
  }
  const { path } = pair.options;
  const isInside = (file: string): boolean =>
    accepts(file) && (path === undefined || file === path || isBelow(file, path));
  return await renderSides(await gitTrees(pair), { base, head }, { ...options, accepts: isInside });
}

/** The charts of a side, and the kustomizations that do more than list their files. */
const rootsIn = ({ files }: Side): { readonly file: string }[] =>
  files.flatMap(({ path, bytes }) => {
    const isChart = posix.basename(path) === "Chart.yaml";
    const isAltering = isKustomization(path) && alters(parseKustomization(path, Buffer.from(bytes)));
    return isChart || isAltering ? [{ file: path }] : [];
  });
