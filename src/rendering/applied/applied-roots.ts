import { mentionsOurs } from "../../manifests/deployers.ts";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { deployers } from "../deployers/deployment.ts";
import type { FollowedDocument } from "../deployers/followed-documents.ts";
import type { Closure } from "../kustomize/kustomize-graph.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";
import { type FileTree, readFollowed, type TreeChange, within } from "../trees/file-tree.ts";
import type { AppliedFolders } from "./applied-folders.ts";

/** Replaces roots that are not deployed as they are by what is deployed of them, unless the configuration names them. */
export function withApplied(
  roots: readonly ReachedRoot[],
  { roots: applied, replaced }: AppliedFolders,
  configured: readonly string[] = [],
): ReachedRoot[] {
  const isNamed = new Set(configured.map((root) => within("", root) ?? root));
  const left = roots.flatMap((one) => {
    const on = (side: SideName): Closure | undefined =>
      replaced[side].has(one.root) && !isNamed.has(one.root) ? undefined : one.closures[side];
    const closures = { base: on("base"), head: on("head") };
    return sideNames.every((side) => closures[side] === undefined) ? [] : [{ ...one, closures }];
  });
  return [...left, ...applied];
}

/**
 * The documents that deploy folders and are judged through them: the change reaches them, and everything that they deploy is
 * judged or is unrelated to pools.
 */
export async function followedFolders(
  { base, head, changed }: TreeChange,
  { followed: all }: AppliedFolders,
  judgedRoots: readonly ReachedRoot[],
): Promise<FollowedDocument[]> {
  const reached = new Set(
    all.flatMap(({ file, files, differs }) =>
      differs || changed.has(file) || files.some((path) => changed.has(path)) ? [file] : [],
    ),
  );
  const judged = new Set(judgedRoots);
  const others = new Set<ReachedRoot>();
  for (const root of new Set(all.flatMap(({ roots }) => roots)))
    if (judged.has(root)) continue;
    else if (await isElse({ base, head }, root)) others.add(root);
  return all.filter(
    ({ file, roots }) => reached.has(file) && roots.every((root) => judged.has(root) || others.has(root)),
  );
}

/** Whether a root is unrelated to pools: no file mentions them, and none deploys anything further. */
async function isElse(trees: PerSide<FileTree>, { closures }: ReachedRoot): Promise<boolean> {
  for (const side of sideNames) {
    const contents = await readFollowed(trees[side], [...(closures[side]?.files ?? [])]);
    for (const bytes of contents.values()) {
      const text = bytes.toString("utf8");
      if (deployers.test(text) || mentionsOurs(text)) return false;
    }
  }
  return true;
}
