import type { FluxFolder } from "../../analysis/deployment.ts";
import type { Diagnostic, PerSide, SideName } from "../../manifests/manifest.ts";
import { memoizedByText } from "../../manifests/memoized.ts";
import { mayBeParameters } from "../../manifests/named-files.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { unrendered, unrenderedCode } from "../../manifests/unrendered.ts";
import { folderInWords } from "../application.ts";
import { mostFiles } from "../deployers/bounds.ts";
import { asBuilt, type DeployerObject, deployerObjects } from "../deployers/deployer-objects.ts";
import { deployers, deploymentOf } from "../deployers/deployment.ts";
import type { FollowedDocument } from "../deployers/followed-documents.ts";
import { fixedFolder } from "../deployers/judged-files.ts";
import type { KustomizedDeployers } from "../deployers/kustomized-deployers.ts";
import { closureOf, filesNamed, type KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { filesOfRoot, type ReachedRoot } from "../kustomize/reached-roots.ts";
import { isRelevant, type JudgedKind, relevant } from "../relevant.ts";
import type { RenderOptions } from "../render-options.ts";
import { mayBeManifest, pathsBelow, readBoth, type TreeChange } from "../trees/file-tree.ts";
import { repositoryOn } from "../trees/repository.ts";
import { type Built, buildOf, type Known, type NotKnown } from "./built-folders.ts";
import { type DeployedFolder, deployedFolders } from "./deployed-folders.ts";
import { namesOf, oneOf, type Pair, pairsOf, treatedOf, treatmentOf } from "./folder-pairs.ts";
import { type FolderRelease, type FolderSource, folderSources } from "./folder-releases.ts";
import { followedBy } from "./followed-sources.ts";
import { leftOutOf } from "./left-out.ts";
import { unmadeFolders } from "./unmade-folders.ts";

/** Both sides, with what of them the change reaches. */
interface Reached {
  readonly trees: TreeChange;
  readonly graphs: PerSide<KustomizeGraph>;
  readonly kustomized: KustomizedDeployers;
  readonly reached: readonly ReachedRoot[];
}

/** Folders that Argo CD or Flux change (patch, rename, substitute) on the way to the cluster. */
export interface AppliedFolders {
  /** Those that the change reaches, to be built as they are deployed. */
  readonly roots: readonly ReachedRoot[];
  /** Those that the change does not reach. */
  readonly others: readonly ReachedRoot[];
  /** Folders whose kustomizations are not deployed as they are, on each side. */
  readonly replaced: PerSide<ReadonlySet<string>>;
  /** Files of such folders that the change does not reach. */
  readonly elsewhere: readonly string[];
  readonly remarks: readonly Diagnostic[];
  /** What Flux deploys on the head side, where it forces changes in any of it. */
  readonly fluxFolders: readonly Omit<FluxFolder, "shown">[];
  /** Folders of plain manifests. */
  readonly deployed: readonly DeployedFolder[];
  /** Documents of Applications and Kustomizations that are judged through the roots built for them. */
  readonly followed: readonly (FollowedDocument & { readonly roots: readonly ReachedRoot[] })[];
}

export const nothingApplied: AppliedFolders = {
  roots: [],
  others: [],
  replaced: { base: new Set(), head: new Set() },
  elsewhere: [],
  remarks: [],
  fluxFolders: [],
  deployed: [],
  followed: [],
};

/** The same, with what the change does not reach in the place of what it reaches. */
export const unreachedOf = (applied: AppliedFolders): AppliedFolders => ({ ...applied, roots: applied.others });

/** Finds what Applications, ApplicationSets and Flux Kustomizations do to folders, unless the change can reach none of that. */
export async function appliedFolders(
  { trees, graphs, kustomized, reached }: Reached,
  { kinds, accepts }: Pick<RenderOptions, "kinds" | "accepts">,
): Promise<AppliedFolders> {
  if (!(await concerns({ trees, graphs, reached }, kinds))) return nothingApplied;
  const objects = await deployerObjects(trees);
  if (objects === undefined) return { ...nothingApplied, remarks: [amongTooMany] };
  const { unread } = objects;
  if (sideNames.every((side) => objects.sides[side].length === 0)) return nothingApplied;
  const sides = await asBuilt(objects.sides, mayDiffer({ trees, graphs, kustomized }), kustomized);
  const sourcesOn = async (side: SideName, objects: readonly DeployerObject[]): Promise<FolderSource[]> =>
    await folderSources(objects, trees[side], repositoryOn(trees, side));
  const sources = { base: await sourcesOn("base", sides.base), head: await sourcesOn("head", sides.head) };
  const unreadFiles = new Set(unread.map(({ file }) => file));
  const found = await judged({ trees, graphs, sources, unreadFiles, kinds }, reached);
  return { ...found, roots: found.roots.filter(({ file }) => accepts(file)) };
}

/**
 * Objects that deploy folders, where the change reaches the folder or a kustomization that may change the object. What makes no
 * difference is not built.
 */
function mayDiffer({ trees, graphs, kustomized }: Omit<Reached, "reached">): (one: DeployerObject) => boolean {
  const filesOf = (side: SideName, folder: string): Iterable<string> =>
    closureOf(graphs[side], folder)?.files ?? pathsBelow(trees[side], folder);
  const isReached = memoizedByText(kustomized.isReached);
  const isFolderReached = memoizedByText((folder) =>
    sideNames.some((side) => [...filesOf(side, folder)].some((path) => trees.changed.has(path))),
  );
  return ({ object, file }) => {
    const deployment = deploymentOf(object);
    return (
      deployment !== undefined &&
      (sideNames.some((side) => kustomized.rootsOf(side, file).some(isReached)) ||
        deployment.paths.flatMap(fixedFolder).some(isFolderReached))
    );
  };
}

const amongTooMany: Diagnostic = {
  severity: "warning",
  code: unrenderedCode,
  message: `what Argo CD and Flux change in the folders that they deploy is not searched for where more than ${mostFiles} files mention them, so the folders were judged as they are: render both sides and pass the two directories`,
  incomplete: true,
};

/** Whether a change may reach what is judged in a folder, or an object that says what is done to it. */
async function concerns(
  { trees, graphs, reached }: Omit<Reached, "kustomized">,
  kinds: readonly JudgedKind[],
): Promise<boolean> {
  if (reached.length > 0) return true;
  // Whatever a kustomization builds in may become such an object, or what it substitutes.
  const built = sideNames.map((side) => filesNamed(graphs[side]));
  if ([...trees.changed].some((path) => built.some((files) => files.has(path)))) return true;
  const paths = [...trees.changed].filter(mayBeManifest);
  return (await readBoth(trees, paths)).some(([path, bytes]) => {
    const text = bytes.toString("utf8");
    return deployers.test(text) || /ConfigMap/.test(text) || mayBeParameters(path, text) || isRelevant(bytes, kinds);
  });
}

async function judged(known: Known, reached: readonly ReachedRoot[]): Promise<AppliedFolders> {
  const { trees, graphs, sources, kinds } = known;
  const releasesOn = (side: SideName): FolderRelease[] => sources[side].flatMap(({ releases }) => releases);
  const all = { base: releasesOn("base"), head: releasesOn("head") };
  const pairs = treatedOf(pairsOf(all), (side, folder) => closureOf(graphs[side], folder) !== undefined);
  const names = namesOf(pairs);
  const built: Built[] = [];
  const remarks: Diagnostic[] = [];
  const said = new Set<string>();
  for (const pair of pairs) {
    const found = await buildOf(known, pair, names);
    if ("root" in found) built.push(found);
    else {
      // What one object makes of a folder for one reason is said once.
      const { owner, folder } = oneOf(pair);
      const reason = JSON.stringify([owner, folder, found.because]);
      const remark = said.has(reason) ? [] : await undecided(known, pair, found);
      if (remark.length > 0) said.add(reason);
      remarks.push(...remark);
    }
  }
  const apart = new Set(pairs.flatMap(({ base, head }) => [base, head]));
  const plainOn = (side: SideName): ReadonlySet<string> =>
    new Set(all[side].flatMap((one) => (apart.has(one) ? [] : [one.folder])));
  const plain = { base: plainOn("base"), head: plainOn("head") };
  /** Whether another object deploys the folder as it is, so that it also counts by itself. */
  const isPlainToo = (side: SideName, folder: string): boolean => plain[side].has(folder);
  const unmade = await unmadeFolders(known, all, isPlainToo);
  const leftOut = await leftOutOf(known, all, reached, kinds);
  const replacedOn = (side: SideName): ReadonlySet<string> => {
    const closures = [
      ...built.map(({ root: { closures: both } }) => both[side] ?? both.base ?? both.head),
      ...unmade.flatMap((one) => (one.side === side ? [one.closure] : [])),
    ];
    return new Set([
      ...closures.flatMap((one) => [...(one?.folders ?? [])].filter((folder) => !isPlainToo(side, folder))),
      ...leftOut.roots.map(({ root }) => root),
    ]);
  };
  return {
    roots: built.flatMap(({ root, isReached }) => (isReached ? [root] : [])),
    others: built.flatMap(({ root, isReached }) => (isReached ? [] : [root])),
    replaced: { base: replacedOn("base"), head: replacedOn("head") },
    elsewhere: [
      // On a side on which no object deploys them, the files do not count.
      ...built.flatMap(({ pair, root, isReached }) =>
        isReached && sideNames.every((side) => root.closures[side] !== undefined || isAsItIs(pair[side]))
          ? []
          : [...filesOfRoot(root)],
      ),
      ...unmade.flatMap(({ isMadeHere, closure }) => (isMadeHere ? [] : [...closure.files])),
      ...leftOut.files,
      ...leftOut.roots.flatMap((root) => [...filesOfRoot(root)]),
    ],
    remarks: [...remarks, ...leftOut.remarks],
    fluxFolders: fluxFoldersOf(all.head),
    deployed: deployedFolders(trees, sources, graphs),
    followed: followedBy(sources, built),
  };
}

function fluxFoldersOf(releases: readonly FolderRelease[]): AppliedFolders["fluxFolders"] {
  const found = releases.flatMap(({ folder, forces, by }) => (forces === undefined ? [] : [{ folder, forces, by }]));
  return found.some(({ forces }) => forces) ? found : [];
}

/** Whether a release deploys the files of its folder as they are. */
const isAsItIs = (release: FolderRelease | undefined): boolean => {
  const treatment = treatmentOf(release);
  return treatment?.text === "" && treatment.generates === undefined;
};

const makingOf = (release: FolderRelease | undefined): string =>
  release?.resolved.ok === false ? (release.resolved.making ?? "") : "";

/**
 * Reports a changed folder that is deployed in an unknown way. A change of the deploying object itself is reported by
 * `deployment-changes/`.
 */
async function undecided(
  { trees, graphs, kinds }: Known,
  pair: Pair,
  { because, differs }: NotKnown,
): Promise<Diagnostic[]> {
  const one = oneOf(pair);
  // A set that did not change itself makes more or fewer Applications by other parameters.
  const isMade = one.by !== one.owner && (pair.base === undefined || pair.head === undefined);
  if (!differs && !isMade && pair.base?.inputs !== pair.head?.inputs) return [];
  const isTouched = (path: string): boolean => trees.changed.has(path);
  const below = sideNames.flatMap((side) => pathsBelow(trees[side], one.folder));
  const built = sideNames.flatMap((side) => [...(closureOf(graphs[side], one.folder)?.files ?? [])]);
  const isOther =
    differs || pair.base?.resolved.ok !== pair.head?.resolved.ok || makingOf(pair.base) !== makingOf(pair.head);
  // A patch or a kustomization need not name what it changes.
  const files = new Set(
    isOther ? [...below, ...built] : built.some(isTouched) ? built : below.filter((path) => isTouched(path)),
  );
  const isSilent = files.size <= mostFiles && (await relevant(trees, [files], kinds, (each) => each)).length === 0;
  if (isSilent) return [];
  return [
    unrendered(
      `${one.by} deploys ${folderInWords(one.folder)} in a way that is not known here: ${because}; so its files were judged as they are: render both sides and pass the two directories`,
      { file: one.file },
    ),
  ];
}
