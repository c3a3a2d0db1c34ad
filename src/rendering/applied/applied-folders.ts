import { unrendered } from "../../manifests/deployers.ts";
import type { Diagnostic, SideName } from "../../manifests/manifest.ts";
import { mayBeParameters } from "../../manifests/named-files.ts";
import { quote } from "../../manifests/quote.ts";
import { placeholderIn } from "../../manifests/templates/template.ts";
import { appliedClosure } from "./applied-closure.ts";
import { type DeployerObject, deployerObjects } from "../deployers/deployer-objects.ts";
import { deployers, mostFiles } from "../deployers/deployed-folders.ts";
import { type FileTree, isYaml, pathsBelow, readFollowed, type TreeChange } from "../trees/file-tree.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { nameOf, objectsIn } from "../objects-in.ts";
import { namesOf, type Pair, pairsOf, reasonAgainst, treatedOf, treatmentOf } from "./folder-pairs.ts";
import { type FolderRelease, type FolderSource, folderSources } from "./folder-releases.ts";
import type { ReachedRoot } from "../kustomize/kustomize.ts";
import { type Closure, closureOf, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import type { RenderOptions } from "../render.ts";
import type { FollowedDocument } from "../deployers/release-pairs.ts";
import { isRelevant, type JudgedKind, relevant } from "../relevant.ts";

type Graphs = Readonly<Record<SideName, KustomizeGraph>>;

/** Folders that GitOps tools change on the way to the cluster. */
export interface AppliedFolders {
  /** To be built as they are deployed. */
  readonly roots: readonly ReachedRoot[];
  /** The same of what the change does not reach. */
  readonly others: readonly ReachedRoot[];
  /** Kustomizations that nobody deploys as they stand, on each side. */
  readonly replaced: Readonly<Record<SideName, ReadonlySet<string>>>;
  /** Files of such folders that the change does not reach. */
  readonly elsewhere: readonly string[];
  readonly remarks: readonly Diagnostic[];
  /** Documents that are judged through the roots which are made of them. */
  readonly followed: readonly (FollowedDocument & { readonly roots: readonly ReachedRoot[] })[];
}

export const nothingApplied: AppliedFolders = {
  roots: [],
  others: [],
  replaced: { base: new Set(), head: new Set() },
  elsewhere: [],
  remarks: [],
  followed: [],
};

/** Looks for what Applications, ApplicationSets and Kustomizations of Flux do to folders, where the change may reach one. */
export async function appliedFolders(
  trees: TreeChange,
  graphs: Graphs,
  reached: readonly ReachedRoot[],
  { kinds, accepts = () => true }: Pick<RenderOptions, "kinds" | "accepts">,
): Promise<AppliedFolders> {
  if (!(await concerns(trees, reached, kinds))) return nothingApplied;
  const objects = await deployerObjects(trees);
  if (objects === undefined) return { ...nothingApplied, remarks: [amongTooMany] };
  const { sides, unread } = objects;
  if (sideNames.every((side) => sides[side].length === 0)) return nothingApplied;
  const sourcesOn = async (side: SideName, objects: readonly DeployerObject[]): Promise<FolderSource[]> =>
    await folderSources(objects, trees[side], {
      has: (path) => trees[side].entries.has(path),
      knows: (path) => sideNames.some((one) => trees[one].entries.has(path)),
    });
  const sources = { base: await sourcesOn("base", sides.base), head: await sourcesOn("head", sides.head) };
  const unreadFiles = new Set(unread.map(({ file }) => file));
  const found = await judged(trees, graphs, sources, unreadFiles, kinds);
  return { ...found, roots: found.roots.filter(({ file }) => accepts(file)) };
}

const amongTooMany: Diagnostic = {
  severity: "warning",
  code: unrendered,
  message: `what Argo CD and Flux do to folders on the way is not looked for where more than ${mostFiles} files speak of them, so these were judged as they stand: render both sides and give the two directories`,
  incomplete: true,
};

/** Whether a change may reach what is judged in a folder, or an object that says what is done to it. */
async function concerns(
  { base, head, changed }: TreeChange,
  reached: readonly ReachedRoot[],
  kinds: readonly JudgedKind[],
): Promise<boolean> {
  if (reached.length > 0) return true;
  const paths = [...changed].filter((path) => isYaml(path) || path.endsWith(".json"));
  const contents = [...(await readFollowed(base, paths)), ...(await readFollowed(head, paths))];
  return contents.some(([path, bytes]) => {
    const text = bytes.toString("utf8");
    return deployers.test(text) || /ConfigMap/.test(text) || mayBeParameters(path, text) || isRelevant(bytes, kinds);
  });
}

async function judged(
  trees: TreeChange,
  graphs: Graphs,
  sources: Readonly<Record<SideName, readonly FolderSource[]>>,
  unreadFiles: ReadonlySet<string>,
  kinds: readonly JudgedKind[],
): Promise<AppliedFolders> {
  const all = { base: sources.base.flatMap(releasesOf), head: sources.head.flatMap(releasesOf) };
  const pairs = treatedOf(pairsOf(all));
  const apart = new Set(pairs.flatMap(({ base, head }) => [base, head]));
  /** Whether somebody else deploys a folder as it stands, so that it counts by itself too. */
  const isPlainToo = (side: SideName, folder: string): boolean =>
    all[side].some((other) => other.folder === folder && !apart.has(other));
  const isNamed = (side: SideName, folder: string): boolean =>
    sources[side].some(({ named, releases }) => [...named, ...releases.map((one) => one.folder)].includes(folder));
  const roots: ReachedRoot[] = [];
  const others: ReachedRoot[] = [];
  const remarks: Diagnostic[] = [];
  const elsewhere: string[] = [];
  const replaced = { base: new Set<string>(), head: new Set<string>() };
  const leaveOut = (side: SideName, closure: Closure | undefined): void => {
    for (const folder of closure?.folders ?? []) if (!isPlainToo(side, folder)) replaced[side].add(folder);
  };
  const rootOf = new Map<FolderRelease, ReachedRoot | "unreached">();
  const names = namesOf(pairs);
  for (const pair of pairs) {
    const one = pair.head ?? pair.base;
    if (one === undefined) continue;
    const found = { base: closureIn(trees, graphs, pair, "base"), head: closureIn(trees, graphs, pair, "head") };
    const isUnread = (pair.base === undefined || pair.head === undefined) && unreadFiles.has(one.file);
    const hidden = isUnread ? "its file cannot be read" : unknownBeside(sources, pair, one);
    const because =
      hidden ?? reasonAgainst(pair) ?? sideNames.map((side) => found[side]).find((each) => typeof each === "string");
    if (because !== undefined) {
      const remark = await undecided(trees, pair, { because, differs: hidden !== undefined }, kinds);
      if (remark !== undefined) remarks.push(remark);
      continue;
    }
    const closures = { base: asClosure(found.base), head: asClosure(found.head) };
    // What was there before somebody took it over may have been applied by hand, so far as it is no template.
    if (pair.base === undefined && !isNamed("base", one.folder)) {
      const before = closureOf(graphs.base, one.folder);
      if (before !== undefined && !(await holdsTemplates(trees.base, before))) closures.base = before;
    }
    for (const side of sideNames) leaveOut(side, closures[side] ?? closures.base ?? closures.head);
    const files = sideNames.flatMap((side) => [...(closures[side]?.files ?? [])]);
    const treatments = { base: treatmentOf(pair.base), head: treatmentOf(pair.head) };
    const isSame = treatments.base?.text === treatments.head?.text && pair.base?.folder === pair.head?.folder;
    const isReached = !isSame || files.some((path) => trees.changed.has(path));
    // On a side on which nobody deploys them they are nothing.
    if (!isReached || sideNames.some((side) => closures[side] === undefined)) elsewhere.push(...files);
    const root: ReachedRoot = {
      root: one.folder,
      file: fileOf(trees, closures, one),
      closures,
      applied: { name: names(one), treatments },
    };
    (isReached ? roots : others).push(root);
    for (const release of [pair.base, pair.head])
      if (release !== undefined) rootOf.set(release, isReached ? root : "unreached");
  }
  // An ApplicationSet may make nothing yet of the folder that it names: then nobody deploys that as it stands. Where it makes
  // nothing on either side of what has names, somebody else may deploy that.
  const isMade = (folder: string): boolean =>
    sideNames.some((side) => all[side].some((other) => other.folder === folder));
  for (const side of sideNames)
    for (const folder of sources[side].flatMap(({ named }) => named)) {
      const closure = closureOf(graphs[side], folder);
      if (closure === undefined || isPlainToo(side, folder)) continue;
      if (!isMade(folder) && !(await holdsTemplates(trees[side], closure))) continue;
      leaveOut(side, closure);
      if (!all[side].some((other) => other.folder === folder)) elsewhere.push(...closure.files);
    }
  return { roots, others, replaced, elsewhere, remarks, followed: followedBy(sources, rootOf) };
}

function followedBy(
  sources: Readonly<Record<SideName, readonly FolderSource[]>>,
  rootOf: ReadonlyMap<FolderRelease, ReachedRoot | "unreached">,
): AppliedFolders["followed"] {
  return sideNames.flatMap((side) =>
    sources[side].flatMap(({ documents, isWhole, files, releases }) => {
      const made = releases.map((release) => rootOf.get(release));
      if (!isWhole || made.includes(undefined)) return [];
      const roots = made.filter((root) => typeof root === "object");
      return documents.map((place) => ({ side, ...place, files, charts: [], differs: roots.length > 0, roots }));
    }),
  );
}

/** Why it is not known what the object that makes a release on one side makes on the other. */
const unknownBeside = (
  sources: Readonly<Record<SideName, readonly FolderSource[]>>,
  pair: Pair,
  { owner }: FolderRelease,
): string | undefined =>
  sideNames
    .flatMap((side) => (pair[side] === undefined ? sources[side] : []))
    .find(({ unknown }) => unknown?.owner === owner)?.unknown?.because;

const releasesOf = ({ releases }: FolderSource): readonly FolderRelease[] => releases;
const asClosure = (closure: Closure | string | undefined): Closure | undefined =>
  typeof closure === "string" ? undefined : closure;

/** What is built on a side, or why that is not known. */
function closureIn(trees: TreeChange, graphs: Graphs, pair: Pair, side: SideName): Closure | string | undefined {
  const release = pair[side];
  if (release?.resolved.ok !== true) return release?.resolved.because;
  return appliedClosure(trees[side], graphs[side], release.folder, release.resolved.treatment);
}

/** The kustomization of the folder, or else the file of who deploys it. */
const fileOf = (trees: TreeChange, closures: ReachedRoot["closures"], one: FolderRelease): string =>
  [closures.head, closures.base]
    .flatMap((closure) => closure?.kustomizations ?? [])
    .find(({ folder, file }) => folder === one.folder && sideNames.some((side) => trees[side].entries.has(file)))
    ?.file ?? one.file;

/** Whether objects that are judged have names which are still to be filled in. */
async function holdsTemplates(tree: FileTree, { files }: Closure): Promise<boolean> {
  const contents = await readFollowed(tree, [...files].filter(isYaml));
  return [...contents.values()].some((bytes) =>
    objectsIn(bytes, /NodePool|HostedCluster|Shoot/).some((object) => placeholderIn(nameOf(object).name) !== undefined),
  );
}

/** Says of a change that reaches a folder what is not known of it; of a change of the object itself somebody else does. */
async function undecided(
  trees: TreeChange,
  pair: Pair,
  { because, differs }: { readonly because: string; readonly differs: boolean },
  kinds: readonly JudgedKind[],
): Promise<Diagnostic | undefined> {
  const one = pair.head ?? pair.base;
  if (one === undefined || (!differs && pair.base?.inputs !== pair.head?.inputs)) return undefined;
  const below = sideNames.flatMap((side) => pathsBelow(trees[side], one.folder));
  const isOther = differs || pair.base?.resolved.ok !== pair.head?.resolved.ok;
  const files = new Set(isOther ? below : below.filter((path) => trees.changed.has(path)));
  if (files.size === 0 || files.size > mostFiles) return undefined;
  const [found] = await relevant(trees, [{ files }], kinds, (each) => each.files);
  if (found === undefined) return undefined;
  return {
    severity: "warning",
    code: unrendered,
    message: `${one.by} deploys ${one.folder === "" ? "the repository" : quote(one.folder)} in a way that is not known here: ${because}; so its files were judged as they stand: render both sides and give the two directories`,
    file: one.file,
    incomplete: true,
    hidesPools: true,
  };
}
