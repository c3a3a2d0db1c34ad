import type { SideName } from "../../manifests/manifest.ts";
import { mentionsOurs } from "../../manifests/deployers.ts";
import type { AppliedFolders } from "./applied-folders.ts";
import { deployers } from "../deployers/deployment.ts";
import { type FileTree, readFollowed, type TreeChange, within } from "../trees/file-tree.ts";
import { sideNames } from "../../manifests/side-names.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";
import type { Closure } from "../kustomize/kustomize-graph.ts";
import type { FollowedDocument } from "../deployers/followed-documents.ts";

/** The roots as they are deployed, in the place of those that nobody deploys as they stand, unless the configuration names them. */
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
 * Of the documents that deploy folders those that are judged through them: the change reaches them, and all that they deploy is
 * judged, or has nothing to do with what is.
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

/** Whether nothing of a root speaks of what is judged, or deploys more. */
async function isElse(trees: Readonly<Record<SideName, FileTree>>, { closures }: ReachedRoot): Promise<boolean> {
  for (const side of sideNames) {
    const contents = await readFollowed(trees[side], [...(closures[side]?.files ?? [])]);
    for (const bytes of contents.values()) {
      const text = bytes.toString("utf8");
      if (deployers.test(text) || mentionsOurs(text)) return false;
    }
  }
  return true;
}
