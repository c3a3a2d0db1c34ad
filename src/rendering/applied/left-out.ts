import type { Diagnostic, PerSide } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { filesNamed, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";
import { type JudgedKind, relevantFiles } from "../relevant.ts";
import { isBelow, mayBeManifest, type TreeChange } from "../trees/file-tree.ts";
import type { FolderRelease } from "./folder-releases.ts";

/** What is in folders that Flux deploys, and is left out of them. */
interface LeftOut {
  readonly files: readonly string[];
  readonly roots: readonly ReachedRoot[];
  readonly remarks: readonly Diagnostic[];
}

/**
 * The changed manifests and reached roots that every object that deploys their folder leaves out. What no object deploys may be
 * applied by anybody.
 */
export async function leftOutOf(
  { trees, graphs }: { readonly trees: TreeChange; readonly graphs: PerSide<KustomizeGraph> },
  releases: PerSide<readonly FolderRelease[]>,
  reached: readonly ReachedRoot[],
  kinds: readonly JudgedKind[],
): Promise<LeftOut> {
  const isLeftOut = (path: string): boolean =>
    sideNames.every((side) => {
      if (!trees[side].entries.has(path)) return true;
      const above = releases[side].filter(({ folder }) => isBelow(path, folder));
      return above.length > 0 && above.every((one) => leaves(one, path));
    });
  const named = new Set(sideNames.flatMap((side) => [...filesNamed(graphs[side])]));
  const files = [...trees.changed].filter((path) => mayBeManifest(path) && !named.has(path) && isLeftOut(path));
  const roots = reached.filter(({ file }) => isLeftOut(file));
  const judged = await relevantFiles(trees, files, kinds);
  const remarks = [...new Set([...judged, ...roots.map(({ file }) => file)])].map((file): Diagnostic => ({
    severity: "notice",
    code: "unused-file",
    message:
      "Flux leaves this file out of the folder that it deploys, by a .sourceignore, the ignore of its source, or as a link, so it is assumed not to be deployed and was not judged; pass it as a file of its own if something else applies it",
    file,
  }));
  return { files, roots, remarks };
}

const leaves = ({ resolved }: FolderRelease, path: string): boolean => {
  const generates = resolved.ok ? resolved.treatment.generates : undefined;
  return generates !== undefined && "leavesOut" in generates && generates.leavesOut(path);
};
