import type { Diagnostic } from "../manifests/manifest.ts";
import type { GitHubChange } from "../sources/github.ts";
import type { RenderedSides } from "./assemble.ts";
import { isRoot } from "./may-render.ts";
import type { RenderOptions } from "./render-options.ts";
import { renderSides } from "./render.ts";
import { mayBeManifest } from "./trees/file-tree.ts";
import { gitHubTrees } from "./trees/github-trees.ts";

/** Renders what changed between two commits that are read from GitHub, whose files were read before. */
export async function renderGitHub(
  { base, head, pair }: Pick<GitHubChange, "base" | "head" | "pair">,
  options: RenderOptions,
): Promise<RenderedSides> {
  const trees = gitHubTrees(pair);
  if (trees !== undefined) return await renderSides(trees, { base, head }, options);
  const { accepts } = options;
  const mayMatter = pair.changes.some(({ path }) => accepts(path) && (mayBeManifest(path) || isRoot(path)));
  const diagnostics = mayMatter ? [...head.diagnostics, notListed] : head.diagnostics;
  return { base, head: { ...head, diagnostics }, rendering: { renderers: [], undecided: [] } };
}

const notListed: Diagnostic = {
  severity: "warning",
  code: "not-rendered",
  message:
    "GitHub cuts the list of this repository's files, so kustomizations and charts that the change may reach were not looked for. Check the repository out before this step: actions/checkout with fetch-depth: 2",
  incomplete: true,
};
