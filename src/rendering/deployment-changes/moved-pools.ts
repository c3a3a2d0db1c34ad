import { addTo } from "../../manifests/group-by.ts";
import { judgedIn } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";
import { type FileTree, readFollowed, type TreeChange } from "../trees/file-tree.ts";

/** Files that lose pools or clusters, each with those that gain the same ones: a document may move without its file. */
export async function movedPools(
  { base, head, changed }: TreeChange,
  kinds: readonly JudgedKind[],
): Promise<[from: string, to: readonly string[]][]> {
  const heldOn = async (tree: FileTree): Promise<Map<string, Set<string>>> =>
    new Map(
      [...(await readFollowed(tree, [...changed]))].map(([path, bytes]) => [path, new Set(judgedIn(bytes, kinds))]),
    );
  const [before, after] = [await heldOn(base), await heldOn(head)];
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
