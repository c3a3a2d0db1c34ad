import type { PerSide } from "../../manifests/manifest.ts";
import { otherSide, sideNames } from "../../manifests/side-names.ts";
import { judgedIn } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";
import { type FileTree, readFollowed, type TreeChange } from "../trees/file-tree.ts";
import { type Closure, closureOf, type KustomizeGraph } from "./kustomize-graph.ts";

/**
 * Folders that are included on one side only, where who includes them takes the same objects from another folder on the other
 * side: `releases/1` made way for `releases/2`. Nobody deploys such a folder by itself on the side that does not include it.
 */
export async function supersededFolders(
  trees: TreeChange,
  graphs: PerSide<KustomizeGraph>,
  kinds: readonly JudgedKind[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const side of sideNames) {
    const [here, there] = [graphs[side], graphs[otherSide(side)]];
    const isEntryThere = new Set(there.entries);
    const alone = here.entries.filter((folder) => there.nodes.has(folder) && !isEntryThere.has(folder));
    if (alone.length === 0) continue;
    const closuresThere = there.entries.flatMap((root) => closureOf(there, root) ?? []);
    for (const folder of alone) {
      const own = closureOf(here, folder);
      if (own === undefined || [...own.files].some((path) => trees.changed.has(path))) continue;
      const includers = closuresThere
        .filter(({ folders }) => folders.has(folder))
        .map(({ root }) => (here.entries.includes(root) ? closureOf(here, root) : undefined));
      const names = await namesIn(trees[side], own, kinds);
      if (names.size === 0) continue;
      let isHeld = true;
      for (const includer of includers) {
        const held = includer === undefined ? new Set() : await namesIn(trees[side], includer, kinds);
        isHeld &&= [...names].every((name) => held.has(name));
      }
      if (isHeld) found.add(folder);
    }
  }
  return found;
}

async function namesIn(tree: FileTree, { files }: Closure, kinds: readonly JudgedKind[]): Promise<Set<string>> {
  const contents = await readFollowed(tree, [...files]);
  return new Set([...contents.values()].flatMap((bytes) => judgedIn(bytes, kinds)));
}
