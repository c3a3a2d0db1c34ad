import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { closureOf, type KustomizeGraph, rootsByFile } from "../kustomize/kustomize-graph.ts";
import { folderOf, foldersAbove, isBelow } from "../trees/file-tree.ts";
import type { FolderSource } from "./folder-releases.ts";

/** A folder whose files an object of a GitOps tool deploys, without a kustomization, on both sides. */
export interface DeployedFolder {
  readonly folder: string;
  /** Whether folders in it are deployed too. */
  readonly isDeep: boolean;
}

/** The folders that both sides deploy file by file. */
export function deployedFolders(
  sources: PerSide<readonly FolderSource[]>,
  graphs: PerSide<KustomizeGraph>,
): DeployedFolder[] {
  const on = (side: SideName): Map<string, boolean> => {
    const found = new Map<string, boolean>();
    for (const { folder, isDeep } of sources[side].flatMap(({ releases }) => releases))
      found.set(folder, isDeep || found.get(folder) === true);
    return found;
  };
  const [base, head] = [on("base"), on("head")];
  return [...head].flatMap(([folder, isDeep]) =>
    base.has(folder) && sideNames.every((side) => closureOf(graphs[side], folder) === undefined)
      ? { folder, isDeep: isDeep || base.get(folder) === true }
      : [],
  );
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
    (one) => (!isBuilt && holds(path)(one)) || roots.some((root) => one.isDeep && isBelow(root, one.folder)),
  );
  const isOnBoth = (folder: string): boolean => sideNames.every((one) => graphs[one].nodes.has(folder));
  return new Set([...roots.filter(isOnBoth), ...around.map(({ folder }) => folder)]);
}

/** Whether what deployed an object is there, but no longer deploys it, and something else does. */
export const isElsewhere = (before: ReadonlySet<string>, after: ReadonlySet<string>): boolean =>
  before.size > 0 && after.size > 0 && ![...before].some((folder) => after.has(folder));
