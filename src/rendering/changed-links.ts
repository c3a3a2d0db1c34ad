import { posix } from "node:path";
import type { Side } from "../comparison.ts";
import type { PerSide, SideName, SourceFile } from "../manifests/manifest.ts";
import { sideNames } from "../manifests/side-names.ts";
import { mostFiles } from "./deployers/bounds.ts";
import { closureOf, filesNamed, type KustomizeGraph } from "./kustomize/kustomize-graph.ts";
import type { ReachedRoot } from "./kustomize/reached-roots.ts";
import type { RenderOptions } from "./render-options.ts";
import {
  type FileTree,
  foldersAbove,
  mayBeManifest,
  pathsBelow,
  readFollowed,
  type TreeChange,
} from "./trees/file-tree.ts";
import { folderLinks } from "./trees/folder-links.ts";

/** What changed links to folders lead to, on both sides. */
export interface ChangedLinks {
  /** The links, which lead to folders of the repository wherever they are there. */
  readonly links: ReadonlySet<string>;
  /** Kustomizations to which they lead, by the names of the links. */
  readonly roots: readonly ReachedRoot[];
  /** Manifests in other folders, by the names that lead there. */
  readonly files: PerSide<readonly SourceFile[]>;
}

/**
 * Follows links to folders that lead elsewhere than before: what is applied through them changes although no file does. What a
 * kustomization takes from behind a link is in its build.
 */
export async function changedLinks(
  trees: TreeChange,
  graphs: PerSide<KustomizeGraph>,
  { accepts, shown }: Pick<RenderOptions, "accepts" | "shown">,
): Promise<ChangedLinks> {
  const leads = { base: await folderLinks(trees.base), head: await folderLinks(trees.head) };
  const isResolved = (path: string): boolean =>
    sideNames.every((side) => leads[side].has(path) || trees[side].entries.get(path)?.isLink !== true);
  // What helm makes of a chart behind a link is for those to say who deploy it.
  const isOfChart = (path: string): boolean =>
    sideNames.some((side) => {
      const folders = [path, leads[side].get(path) ?? path];
      return folders.some((folder) => holdsChart(trees[side], folder));
    });
  const links = [...trees.changed].filter(
    (path) => sideNames.some((side) => leads[side].has(path)) && isResolved(path) && accepts(path) && !isOfChart(path),
  );
  const roots: ReachedRoot[] = [];
  const files = { base: [] as SourceFile[], head: [] as SourceFile[] };
  for (const link of links) {
    if (sideNames.some((side) => isBuiltThrough(graphs[side], link))) continue;
    const closureOn = (side: SideName) => {
      const target = leads[side].get(link);
      return target === undefined ? undefined : closureOf(graphs[side], target);
    };
    const closures = { base: closureOn("base"), head: closureOn("head") };
    const either = closures.head ?? closures.base;
    const file = either?.kustomizations.find(({ folder }) => folder === either.root)?.file;
    if (file !== undefined)
      roots.push({
        root: link,
        file,
        closures,
        applied: { name: link, treatments: { base: undefined, head: undefined } },
      });
    for (const side of sideNames)
      if (closures[side] === undefined)
        files[side].push(
          ...(await filesBehind(trees, side, link, leads[side].get(link), filesNamed(graphs[side]), shown)),
        );
  }
  return { links: new Set(links), roots, files };
}

/** Whether a folder is in a chart, or a chart in it. */
const holdsChart = (tree: FileTree, folder: string): boolean =>
  foldersAbove(`${folder}/x`).some((above) => tree.entries.has(posix.join(above, "Chart.yaml"))) ||
  pathsBelow(tree, folder).some((path) => posix.basename(path) === "Chart.yaml");

const isBuiltThrough = ({ nodes }: KustomizeGraph, link: string): boolean =>
  [...nodes.values()].some(
    ({ throughLinks: { folders, files } }) =>
      folders.has(link) || [...files.keys()].some((name) => name.startsWith(`${link}/`)),
  );

async function filesBehind(
  trees: TreeChange,
  side: SideName,
  link: string,
  target: string | undefined,
  named: ReadonlySet<string>,
  shown: RenderOptions["shown"],
): Promise<SourceFile[]> {
  if (target === undefined) return [];
  const paths = pathsBelow(trees[side], target).filter((path) => mayBeManifest(path) && !named.has(path));
  const contents = await readFollowed(trees[side], paths.slice(0, mostFiles));
  return Array.from(contents, ([path, bytes]) => ({ path: shown(side, link + path.slice(target.length)), bytes }));
}

/** The sides with what the links lead to, in the place of the news that a link to a folder cannot be read. */
export function throughLinks(sides: PerSide<Side>, { links, files }: ChangedLinks): PerSide<Side> {
  if (links.size === 0) return sides;
  const on = (side: SideName): Side => {
    const { diagnostics = [], ...rest } = sides[side];
    return {
      ...rest,
      diagnostics: diagnostics.filter(
        ({ code, file }) => code !== "link-to-folder" || file === undefined || !links.has(file),
      ),
      files: [...rest.files, ...files[side]],
    };
  };
  return { base: on("base"), head: on("head") };
}
