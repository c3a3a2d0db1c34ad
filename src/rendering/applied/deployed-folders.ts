import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { otherSide, sideNames } from "../../manifests/side-names.ts";
import { closureOf, type KustomizeGraph, rootsByFile } from "../kustomize/kustomize-graph.ts";
import { type FileTree, folderOf, foldersAbove, isBelow, pathsBelow } from "../trees/file-tree.ts";
import type { FolderSource } from "./folder-releases.ts";

/** A folder that an object of a GitOps tool deploys, without a kustomization on one side at least. */
export interface DeployedFolder {
  readonly folder: string;
  /** Whether folders in it are deployed too, where there is no kustomization. */
  readonly isDeep: boolean;
}

/**
 * The folders that both sides deploy, and one of them file by file. Also those of objects that one side alone has, where the
 * other side has no such folder: as an ApplicationSet makes one Application for each folder that it finds.
 */
export function deployedFolders(
  trees: PerSide<FileTree>,
  sources: PerSide<readonly FolderSource[]>,
  graphs: PerSide<KustomizeGraph>,
): DeployedFolder[] {
  const released = { base: foldersIn(sources.base), head: foldersIn(sources.head) };
  const titles = (side: SideName): Set<string> => new Set([...released[side].values()].flatMap((one) => one.titles));
  const known = { base: titles("base"), head: titles("head") };
  const isDeployed = (side: SideName, folder: string): boolean => {
    const own = released[side].get(folder);
    if (own !== undefined) return true;
    const other = released[otherSide(side)].get(folder);
    return (
      pathsBelow(trees[side], folder).length === 0 && other?.titles.some((title) => known[side].has(title)) === false
    );
  };
  const folders = new Set([...released.base.keys(), ...released.head.keys()]);
  return [...folders].flatMap((folder) =>
    sideNames.every((side) => isDeployed(side, folder)) && sideNames.some((side) => !graphs[side].nodes.has(folder))
      ? { folder, isDeep: sideNames.some((side) => released[side].get(folder)?.isDeep === true) }
      : [],
  );
}

interface Released {
  readonly isDeep: boolean;
  /** The objects that deploy the folder. */
  readonly titles: readonly string[];
}

function foldersIn(sources: readonly FolderSource[]): Map<string, Released> {
  const found = new Map<string, Released>();
  for (const { folder, isDeep, title } of sources.flatMap(({ releases }) => releases)) {
    const { isDeep: wasDeep = false, titles = [] } = found.get(folder) ?? {};
    found.set(folder, { isDeep: isDeep || wasDeep, titles: [...titles, title] });
  }
  return found;
}

const holds =
  (path: string) =>
  ({ folder, isDeep }: DeployedFolder): boolean =>
    isDeep ? isBelow(path, folder) : folderOf(path) === folder;

/**
 * The folders of what deploys a file on one side, where both sides have that: kustomizations that list it and that no other one
 * includes, and such folders. A kustomization in one of those is deployed with it.
 */
export function deployersOf(
  path: string,
  side: SideName,
  graphs: PerSide<KustomizeGraph>,
  deployed: readonly DeployedFolder[],
): ReadonlySet<string> {
  const roots = rootsByFile(graphs[side]).get(path) ?? [];
  const isBuilt = foldersAbove(path).some((folder) => closureOf(graphs[side], folder)?.files.has(path) === true);
  const around = deployed.filter(
    (one) =>
      !graphs[side].nodes.has(one.folder) &&
      ((!isBuilt && holds(path)(one)) || roots.some((root) => one.isDeep && isBelow(root, one.folder))),
  );
  const isOnBoth = (folder: string): boolean =>
    deployed.some((one) => one.folder === folder) || sideNames.every((one) => graphs[one].nodes.has(folder));
  return new Set([...roots.filter(isOnBoth), ...around.map(({ folder }) => folder)]);
}

/** Whether what deployed an object is there, but no longer deploys it, and something else does. */
export const isElsewhere = (before: ReadonlySet<string>, after: ReadonlySet<string>): boolean =>
  before.size > 0 && after.size > 0 && ![...before].some((folder) => after.has(folder));
