import { mayBePart } from "../manifests/programs.ts";
import { readIndex } from "../sources/git/index-file.ts";
import { isLink } from "../sources/git/raw-diff.ts";
import type { GitChange } from "../sources/git/sides.ts";
import type { GitPair } from "../sources/git/tree-pair.ts";
import { manifestName } from "../sources/manifest-name.ts";

/** The files that make a folder a kustomization or chart. */
const rootNames = ["kustomization.yaml", "kustomization.yml", "Kustomization", "Chart.yaml"] as const;
export const isRoot = (path: string): boolean => rootNames.some((name) => path === name || path.endsWith(`/${name}`));

/**
 * Whether one of the trees of a change may hold something to render: by the changed paths, and by the names in git's index, so
 * that no tree is listed where there is nothing. `false` is certain; what cannot be told is `true`.
 */
export async function mayRender({ changed, pair }: Pick<GitChange, "changed" | "pair">): Promise<boolean> {
  if (pair === undefined) return false;
  const { repository, base, head, path } = pair.options;
  // Where only a part of the tree was compared, not all changes are known.
  if (path !== undefined || changed.some(isRoot) || changed.some(mayBePart)) return true;
  if (movesManifests(pair.changes) || pair.changes.some((one) => isLink(one.base) || isLink(one.head))) return true;
  const index = readIndex(repository, base.length / 2, rootNames);
  if (index === undefined || index.hasName) return true;
  // What differs from the index in the working tree is among the changes.
  if (head === "working tree") return false;
  if (index.tree === undefined) return true;
  const different = await pair.pathsSince(index.tree);
  return different === undefined || different.some(isRoot);
}

/** Whether what one file loses another may have gained: whoever applies the one need not apply the other. */
export const movesManifests = (changes: GitPair["changes"]): boolean => {
  const gone = changes.filter((one) => one.head === undefined);
  const came = changes.filter((one) => one.base === undefined);
  return gone.length > 0 && came.length > 0 && [...gone, ...came].some(({ path }) => manifestName.test(path));
};
