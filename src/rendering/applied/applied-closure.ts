import { posix } from "node:path";
import { isKustomization, parseKustomization } from "../kustomize/kustomization.ts";
import { type Closure, closureOf, type KustomizeGraph, withKustomization } from "../kustomize/kustomize-graph.ts";
import type { Treatment } from "../kustomize/treatment.ts";
import { valuesText } from "../tools/values-text.ts";
import { type FileTree, foldersAbove, isBelow, isYaml, pathsBelow } from "../trees/file-tree.ts";

/** What a GitOps tool builds of a folder, with its edits to the kustomization; a text says why that is not known. */
export function appliedClosure(
  tree: FileTree,
  graph: KustomizeGraph,
  folder: string,
  { edit, generates }: Treatment,
): Closure | string | undefined {
  const own = graph.nodes.get(folder);
  if (own !== undefined && edit === undefined) return closureOf(graph, folder);
  let value = own?.value;
  if (value === undefined) {
    if (generates === undefined) return edit === undefined ? undefined : "its folder has no kustomization";
    if ("because" in generates) return generates.because;
    const resources = generated(tree, folder, generates.leavesOut);
    if (resources.length === 0) return undefined;
    value = { resources };
  }
  const file = own?.file ?? posix.join(folder, "kustomization.yaml");
  const edited = parseKustomization(file, Buffer.from(valuesText(edit?.(value) ?? value)));
  return closureOf(withKustomization(graph, tree, edited), folder);
}

/**
 * In a folder without a kustomization Flux lists all manifests below it; a subfolder that has a kustomization is listed in place
 * of its files. (fluxcd/pkg@e2cfd1a2 `kustomize` scanManifests)
 */
function generated(tree: FileTree, folder: string, leavesOut: (path: string) => boolean): string[] {
  const paths = pathsBelow(tree, folder).filter((path) => !leavesOut(path));
  const built = new Set(paths.filter(isKustomization).map((path) => posix.dirname(path)));
  const found = paths.flatMap((path) => {
    const above = foldersAbove(path).filter((one) => one !== folder && isBelow(one, folder) && one !== "");
    const outermost = above.findLast((one) => built.has(one));
    if (outermost !== undefined) return [outermost];
    return isYaml(path) ? [path] : [];
  });
  return [...new Set(found)].map((path) => `./${posix.relative(folder, path)}`);
}
