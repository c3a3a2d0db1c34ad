import type { Diagnostic, PerSide } from "../../manifests/manifest.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { folderInWords } from "../application.ts";
import { type DeployedFolder, deployersOf, isElsewhere } from "../applied/deployed-folders.ts";
import { oursIn } from "../deployers/judged-files.ts";
import type { KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import type { RenderOptions } from "../render-options.ts";
import type { TreeChange } from "../trees/file-tree.ts";
import type { EffectiveDeployments } from "./effective-deployments.ts";

interface Known {
  readonly trees: TreeChange;
  readonly graphs: PerSide<KustomizeGraph>;
  readonly deployed: readonly DeployedFolder[];
}

/**
 * Reports objects of GitOps tools that stay as they are, but move to the folder of another deployment, mostly that of another
 * cluster: with them goes what they deploy.
 */
export async function movedDeployments(
  { trees, graphs, deployed }: Known,
  { base, head }: EffectiveDeployments,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const found: Diagnostic[] = [];
  for (const one of head.filter(({ set, file }) => set === undefined && trees.changed.has(file) && accepts(file))) {
    const before = base.filter(({ title }) => title === one.title);
    if (before.length === 0 || before.some(({ file }) => file === one.file)) continue;
    const left = new Set(before.flatMap(({ file }) => [...deployersOf(file, "base", graphs, deployed)]));
    const entered = deployersOf(one.file, "head", graphs, deployed);
    if (!isElsewhere(left, entered)) continue;
    if ((await oursIn(trees, one.deployment.paths, kinds))?.length === 0) continue;
    const [from = "", to = ""] = [[...left][0], [...entered][0]];
    found.push(
      unrendered(
        `${one.title} moves from ${folderInWords(from)} to ${folderInWords(to)}, which other objects deploy: what it deployed goes with it, so pools may be deleted and created elsewhere, which is not rendered here: render both sides and pass the two directories`,
        { file: shown("head", one.file) },
      ),
    );
  }
  return found;
}
