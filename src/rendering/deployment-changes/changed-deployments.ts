import { groupBy } from "../../manifests/group-by.ts";
import type { Diagnostic, PerSide, SideName } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { folderInWords } from "../application.ts";
import { type DocumentOfSide, type FollowedDocument, isFollowed } from "../deployers/followed-documents.ts";
import { fixedFolder, oursIn } from "../deployers/judged-files.ts";
import type { KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import { raceInWords } from "../maker.ts";
import { numbered } from "../numbered.ts";
import type { RenderOptions } from "../render-options.ts";
import { isBelow, type TreeChange } from "../trees/file-tree.ts";
import type { Effective, EffectiveDeployments } from "./effective-deployments.ts";
import { takerOf, takesAlong } from "./taken-over.ts";

interface ChangedDeployments {
  readonly remarks: readonly Diagnostic[];
  /** Documents that are added or removed together with the folders that they deploy: the folders show all that happens. */
  readonly settled: readonly DocumentOfSide[];
}

/** An object that differs between the sides; it may be there on one of them only. */
type Change = PerSide<Effective | undefined>;

/** What is said of one object: that it does something else now, to the pools of a folder. */
interface Told {
  readonly one: Effective;
  readonly side: SideName;
  readonly what: string;
  readonly folder: string;
}

interface Known {
  readonly trees: TreeChange;
  readonly graphs: PerSide<KustomizeGraph>;
}

type Given = Pick<RenderOptions, "kinds" | "accepts" | "shown">;

/**
 * Reports Flux Kustomizations, Applications and ApplicationSets that are added, removed or changed, and thereby change what is
 * deployed from a folder with pools, unless the reader of manifests reports them already.
 */
export async function changedDeployments(
  known: Known,
  deployments: EffectiveDeployments,
  given: Given,
  followed: readonly FollowedDocument[],
): Promise<ChangedDeployments> {
  const { trees, graphs } = known;
  const { kinds, accepts, shown } = given;
  const isJudged = isFollowed(followed);
  const expanded = new Set([...deployments.expanded.base, ...deployments.expanded.head]);
  const meantOn = (side: SideName): Effective[] =>
    deployments[side]
      .filter(({ file, index }) => accepts(file) && (index === undefined || !isJudged({ side, file, index })))
      .filter((one) => !expanded.has(one));
  const told: Told[] = [];
  const taken: Diagnostic[] = [];
  const settled: DocumentOfSide[] = sideNames.flatMap((side) =>
    deployments.expanded[side].flatMap((one) => placeOn(side, one)),
  );
  for (const change of changesBetween(meantOn("base"), meantOn("head"))) {
    const one = change.head ?? change.base;
    const side = change.head === undefined ? "base" : "head";
    const reached = await reachedBy(change, known, deployments, given);
    if (one === undefined || reached === "nothing") continue;
    if (reached === "settled") settled.push(...placeOn(side, one));
    else if ("taker" in reached) {
      settled.push(...placeOn(side, one));
      taken.push(
        unrendered(
          `${one.title} goes with its folder, and ${quote(reached.taker)} has the same objects: ${raceInWords}`,
          { file: shown(side, one.file) },
        ),
      );
    } else if (!one.isSaid) told.push({ one, side, what: changeOf(change), folder: reached.folder });
  }
  for (const { by, because, folders = by.deployment.paths } of deployments.unknown) {
    const ours = accepts(by.file) ? await oursIn(trees, folders, kinds, graphs) : [];
    const [folder = ""] = by.deployment.paths.flatMap(fixedFolder);
    if (ours?.length !== 0)
      told.push({ one: by, side: "head", what: `may make something different, since ${because}`, folder });
  }
  return { remarks: [...summarized(told, shown), ...taken], settled };
}

const placeOn = (side: SideName, { file, index }: Effective): DocumentOfSide[] =>
  index === undefined ? [] : [{ side, file, index }];

/**
 * The first folder with pools that a change deploys in another way. Where an object comes or goes together with such a folder, all
 * is settled, unless one that goes deletes what comes back in another file, the taker.
 */
async function reachedBy(
  { base, head }: Change,
  { trees, graphs }: Known,
  deployments: EffectiveDeployments,
  given: Given,
): Promise<{ readonly folder: string } | { readonly taker: string } | "settled" | "nothing"> {
  const paths = [base, head].flatMap((one) => one?.deployment.paths ?? []);
  const folders = paths.flatMap(fixedFolder);
  const ours = await oursIn(trees, paths, given.kinds, graphs);
  if (ours?.length === 0) {
    const folder = await innerFolder(trees, deployments, folders, given);
    return folder === undefined ? "nothing" : { folder };
  }
  const isPlain = (base === undefined || head === undefined) && (head ?? base)?.deployment.isPlain === true;
  const other = head === undefined ? "head" : "base";
  const isOwn = (path: string): boolean => folders.some((folder) => isBelow(path, folder));
  // What a kustomization takes from elsewhere may stay when it goes.
  const isWithFolder =
    ours?.every((path) => (isOwn(path) ? !trees[other].entries.has(path) : !folders.some(isNodeOf(graphs[other])))) ===
    true;
  if (!isPlain || !isWithFolder) return { folder: folders[0] ?? "" };
  const taker =
    base !== undefined && takesAlong(base)
      ? await takerOf({ trees, graphs }, { folders, files: ours }, deployments.head, given.kinds)
      : undefined;
  return taker === undefined ? "settled" : { taker };
}

const isNodeOf =
  ({ nodes }: KustomizeGraph) =>
  (folder: string): boolean =>
    nodes.has(folder);

const remarkOn = ({ one, side, what, folder }: Told, shown: Given["shown"], more = ""): Diagnostic =>
  unrendered(
    `${one.title} ${what}, and what it makes of ${folderInWords(folder)}${more} is not rendered here: render both sides and pass the two directories`,
    { file: shown(side, one.file) },
  );

/** How many Applications of one set are named at most. */
const mostOfSet = 3;

/** Of a set that makes many Applications in another way than before only the first are named. */
function summarized(told: readonly Told[], shown: Given["shown"]): Diagnostic[] {
  const bySet = groupBy(told, ({ one: { set, title } }) => set ?? title);
  return [...bySet.values()].flatMap((all) => {
    if (all[0].one.set === undefined || all.length <= mostOfSet) return all.map((one) => remarkOn(one, shown));
    return remarkOn(all[0], shown, ` (and that of ${all.length - 1} more Applications of this set)`);
  });
}

const changeOf = ({ base, head }: Change): string =>
  base === undefined ? "is new" : head === undefined ? "is gone" : "changed";

/** The objects that differ, by their titles, and by their files too where several have the same title. */
function changesBetween(base: readonly Effective[], head: readonly Effective[]): Change[] {
  const byTitle = [base, head].map((side) => groupBy(side, ({ title }) => title));
  const keyOf = ({ title, file }: Effective): string =>
    byTitle.every((groups) => (groups.get(title)?.length ?? 0) <= 1) ? title : `${title} ${file}`;
  const [before, after] = [numbered(base, keyOf), numbered(head, keyOf)];
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((key) => ({ base: before.get(key), head: after.get(key) }))
    .filter((one) => one.base?.deployment.inputs !== one.head?.deployment.inputs);
}

/** How many levels deep objects that deploy objects are followed. */
const mostDepth = 4;

/** A folder with objects that are judged, which is deployed by objects that are in some folders. */
async function innerFolder(
  trees: TreeChange,
  deployments: EffectiveDeployments,
  outer: readonly string[],
  { kinds }: Given,
): Promise<string | undefined> {
  const seen = new Set<string>();
  let open = outer;
  for (let depth = 0; depth < mostDepth && open.length > 0; depth += 1) {
    const inside = sideNames.flatMap((side) =>
      deployments[side].filter(({ file }) => open.some((folder) => isBelow(file, folder))),
    );
    const paths = [...new Set(inside.flatMap(({ deployment }) => deployment.paths))].filter((path) => !seen.has(path));
    for (const path of paths) {
      seen.add(path);
      if ((await oursIn(trees, [path], kinds))?.length !== 0) return fixedFolder(path)[0] ?? "";
    }
    open = paths.flatMap(fixedFolder);
  }
  return undefined;
}
