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
  { edit, isGenerated }: Treatment,
): Closure | string | undefined {
  const own = graph.nodes.get(folder);
  if (own !== undefined && edit === undefined) return closureOf(graph, folder);
  if (own === undefined && isGenerated !== true)
    return edit === undefined ? undefined : "its folder has no kustomization";
  const listed = own === undefined ? generated(tree, folder) : undefined;
  if (own === undefined && listed === undefined) return "a .sourceignore says which files of its folder count";
  const value = own?.value ?? { resources: listed ?? [] };
  if (listed?.length === 0) return undefined;
  const file = own?.file ?? posix.join(folder, "kustomization.yaml");
  const edited = parseKustomization(file, Buffer.from(valuesText(edit?.(value) ?? value)));
  return closureOf(withKustomization(graph, tree, edited), folder);
}

/** Files that Flux never applies (fluxcd/pkg@e2cfd1a2 `sourceignore` ExcludeVCS, ExcludeCI, ExcludeExtra). */
const ignored =
  /(?:^|\/)(?:\.(?:git|github|circleci)\/|(?:\.(?:travis|gitlab-ci|drone|goreleaser)|appveyor|codeship-services|codeship-steps)\.yml$|(?:\.(?:sops|flux)|cloudbuild)\.yaml$)/;

/**
 * In a folder without a kustomization Flux lists all manifests below it; a subfolder that has a kustomization is listed in place
 * of its files.
 */
function generated(tree: FileTree, folder: string): string[] | undefined {
  const paths = pathsBelow(tree, folder);
  if (foldersAbove(`${folder}/x`).some((above) => tree.entries.has(posix.join(above, ".sourceignore"))))
    return undefined;
  if (paths.some((path) => posix.basename(path) === ".sourceignore")) return undefined;
  const built = new Set(paths.filter(isKustomization).map((path) => posix.dirname(path)));
  const found = paths.flatMap((path) => {
    const above = foldersAbove(path).filter((one) => one !== folder && isBelow(one, folder) && one !== "");
    const outermost = above.findLast((one) => built.has(one));
    if (outermost !== undefined) return [outermost];
    return isYaml(path) && !ignored.test(path) ? [path] : [];
  });
  return [...new Set(found)].map((path) => `./${posix.relative(folder, path)}`);
}
