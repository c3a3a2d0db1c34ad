import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { placeholderIn } from "../../manifests/templates/template.ts";
import { makerOf, reasonAgainst } from "../deployers/release.ts";
import type { Closure, KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { filesOfRoot, type ReachedRoot } from "../kustomize/reached-roots.ts";
import type { Treatment } from "../kustomize/treatment.ts";
import { isReplaced } from "../maker.ts";
import { isMoved } from "../moved-objects.ts";
import { judgedObjectsIn, nameOf } from "../objects-in.ts";
import type { JudgedKind } from "../relevant.ts";
import { type FileTree, mayBeManifest, readFollowed, type TreeChange } from "../trees/file-tree.ts";
import { appliedClosure } from "./applied-closure.ts";
import { oneOf, type Pair, treatmentOf } from "./folder-pairs.ts";
import type { FolderRelease, FolderSource } from "./folder-releases.ts";

/** Both sides, and what is deployed from their folders. */
export interface Known {
  readonly trees: TreeChange;
  readonly graphs: PerSide<KustomizeGraph>;
  readonly sources: PerSide<readonly FolderSource[]>;
  readonly unreadFiles: ReadonlySet<string>;
  readonly kinds: readonly JudgedKind[];
}

/** What is built of a pair of releases. */
export interface Built {
  readonly pair: Pair;
  readonly root: ReachedRoot;
  readonly isReached: boolean;
}

/** Why it is not known what is built. */
export interface NotKnown {
  readonly because: string;
  /** Whether it is known on the other side. */
  readonly differs: boolean;
}

/** What is built of a pair of releases on both sides. */
export async function buildOf(
  { trees, graphs, sources, unreadFiles, kinds }: Known,
  pair: Pair,
  names: (one: FolderRelease) => string,
): Promise<Built | NotKnown> {
  const one = oneOf(pair);
  const found = { base: closureIn(trees, graphs, pair, "base"), head: closureIn(trees, graphs, pair, "head") };
  const isUnread = (pair.base === undefined || pair.head === undefined) && unreadFiles.has(one.file);
  const hidden = isUnread ? "its file cannot be read" : unknownBeside(sources, pair, one);
  const because =
    hidden ??
    reasonAgainst(pair.base?.resolved, pair.head?.resolved, "folder") ??
    sideNames.map((side) => found[side]).find((each) => typeof each === "string");
  if (because !== undefined) return { because, differs: hidden !== undefined };
  const closures = { base: asClosure(found.base), head: asClosure(found.head) };
  const treatments = { base: treatmentOf(pair.base), head: treatmentOf(pair.head) };
  const isNamed = ({ named, releases }: FolderSource): boolean =>
    named.includes(one.folder) || releases.some(({ folder }) => folder === one.folder);
  // Before the object came, the folder may have been applied by hand, unless it holds templates.
  if (pair.base === undefined && !sources.base.some(isNamed)) {
    const { generates } = treatments.head ?? {};
    const asItStood: Treatment = { ...(generates === undefined ? {} : { generates }), text: "" };
    const before = asClosure(appliedClosure(trees.base, graphs.base, one.folder, asItStood));
    if (before !== undefined && !(await holdsTemplates(trees.base, before, kinds))) {
      closures.base = before;
      treatments.base = asItStood;
    }
  }
  const file = fileOf(trees, closures, one);
  const makers = { base: makerOf(pair.base), head: makerOf(pair.head) };
  const root: ReachedRoot = { root: one.folder, file, closures, applied: { name: names(one), treatments, makers } };
  const isSame =
    !isReplaced(makers) &&
    treatments.base?.text === treatments.head?.text &&
    !isMoved({ base: treatments.base?.deploysTo, head: treatments.head?.deploysTo }) &&
    pair.base?.folder === pair.head?.folder;
  const isReached = !isSame || [...filesOfRoot(root)].some((path) => trees.changed.has(path));
  return { pair, root, isReached };
}

/** For a release that exists on one side only: why it is not known what its object makes on the other. */
const unknownBeside = (
  sources: PerSide<readonly FolderSource[]>,
  pair: Pair,
  { owner }: FolderRelease,
): string | undefined =>
  sideNames
    .flatMap((side) => (pair[side] === undefined ? sources[side] : []))
    .find(({ unknown }) => unknown?.owner === owner)?.unknown?.because;

const asClosure = (closure: Closure | string | undefined): Closure | undefined =>
  typeof closure === "string" ? undefined : closure;

/** What is built on a side, or why that is not known. */
function closureIn(
  trees: TreeChange,
  graphs: Known["graphs"],
  pair: Pair,
  side: SideName,
): Closure | string | undefined {
  const release = pair[side];
  if (release?.resolved.ok !== true) return release?.resolved.because;
  return appliedClosure(trees[side], graphs[side], release.folder, release.resolved.treatment);
}

/** The file of the folder's kustomization, or else that of the object that deploys it. */
const fileOf = (trees: TreeChange, closures: ReachedRoot["closures"], one: FolderRelease): string =>
  [closures.head, closures.base]
    .flatMap((closure) => closure?.kustomizations ?? [])
    .find(({ folder, file }) => folder === one.folder && sideNames.some((side) => trees[side].entries.has(file)))
    ?.file ?? one.file;

/** Whether pools or clusters in it have names that are still templates. */
export async function holdsTemplates(
  tree: FileTree,
  { files }: Closure,
  kinds: readonly JudgedKind[],
): Promise<boolean> {
  const contents = await readFollowed(tree, [...files].filter(mayBeManifest));
  return [...contents.values()].some((bytes) =>
    judgedObjectsIn(bytes, kinds).some((object) => placeholderIn(nameOf(object).name) !== undefined),
  );
}
