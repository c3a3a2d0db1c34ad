import type { Side } from "../../comparison.ts";
import type { PerSide, SideName, SourceFile } from "../../manifests/manifest.ts";
import { shownName } from "../../sources/shown-name.ts";
import { changedHolders } from "../changed-holders.ts";
import type { KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import type { JudgedKind } from "../relevant.ts";
import { isBelow, type TreeChange } from "../trees/file-tree.ts";
import { type DeployedFolder, deployersOf, isElsewhere } from "./deployed-folders.ts";

/**
 * The folders that objects leave or enter, of those that GitOps tools deploy on both sides. Each is a deployment of its own: what
 * deploys the one folder deletes the object, and what deploys the other one creates it.
 */
export async function leftFolders(
  trees: TreeChange,
  graphs: PerSide<KustomizeGraph>,
  deployed: readonly DeployedFolder[],
  kinds: readonly JudgedKind[],
): Promise<readonly string[]> {
  if (deployed.length === 0) return [];
  const holders = await changedHolders(trees, kinds);
  const on = (side: SideName): Map<string, Set<string>> => {
    const found = new Map<string, Set<string>>();
    for (const [path, held] of holders[side])
      for (const identity of held)
        found.set(identity, new Set([...(found.get(identity) ?? []), ...deployersOf(path, side, graphs, deployed)]));
    return found;
  };
  const [base, head] = [on("base"), on("head")];
  const left = new Set<string>();
  for (const [identity, before] of base) {
    const after = head.get(identity) ?? new Set();
    if (isElsewhere(before, after)) for (const folder of [...before, ...after]) left.add(folder);
  }
  return deployed.flatMap(({ folder }) => (left.has(folder) ? [folder] : []));
}

/** Gives what is in such folders the folder for an application, the innermost one. */
export function apartIn(folders: readonly string[], sides: PerSide<Side>): PerSide<Side> {
  if (folders.length === 0) return sides;
  const names = folders.map(shownName).toSorted((one, other) => other.length - one.length);
  const applicationOf = ({ place, path }: SourceFile): string | undefined =>
    names.find((folder) => isBelow(place ?? path, folder));
  const on = (side: Side): Side => ({
    ...side,
    applications: names,
    files: side.files.map((file) => {
      const application = file.application ?? applicationOf(file);
      return application === undefined ? file : { ...file, application };
    }),
  });
  return { base: on(sides.base), head: on(sides.head) };
}
