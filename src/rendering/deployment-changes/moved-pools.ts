import { addTo } from "../../manifests/group-by.ts";
import { changedHolders } from "../changed-holders.ts";
import type { JudgedKind } from "../relevant.ts";
import type { TreeChange } from "../trees/file-tree.ts";

/** Files that lose pools or clusters, each with those that gain the same ones: a document may move without its file. */
export async function movedPools(
  trees: TreeChange,
  kinds: readonly JudgedKind[],
): Promise<[from: string, to: readonly string[]][]> {
  const { base: before, head: after } = await changedHolders(trees, kinds);
  const gaining = new Map<string, string[]>();
  for (const [path, held] of after)
    for (const name of held) if (before.get(path)?.has(name) !== true) addTo(gaining, name, path);
  return [...before].flatMap(([path, held]) =>
    [...held].flatMap((name): [string, readonly string[]][] => {
      const to = after.get(path)?.has(name) === true ? undefined : gaining.get(name);
      return to === undefined ? [] : [[path, to]];
    }),
  );
}
