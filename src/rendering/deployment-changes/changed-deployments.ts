import { groupBy } from "../../manifests/group-by.ts";
import type { Diagnostic, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { folderInWords } from "../application.ts";
import { type DocumentOfSide, type FollowedDocument, isFollowed } from "../deployers/followed-documents.ts";
import { fixedFolder, oursIn } from "../deployers/judged-files.ts";
import { numbered } from "../numbered.ts";
import type { RenderOptions } from "../render-options.ts";
import { isBelow, type TreeChange } from "../trees/file-tree.ts";
import type { Effective, EffectiveDeployments } from "./effective-deployments.ts";

interface ChangedDeployments {
  readonly remarks: readonly Diagnostic[];
  /** Documents that are added or removed together with the folders that they deploy: the folders show all that happens. */
  readonly settled: readonly DocumentOfSide[];
}

/** What is said of one object. */
interface Told {
  readonly one: Effective;
  readonly remark: Diagnostic;
}

type Given = Pick<RenderOptions, "kinds" | "accepts" | "shown">;

/**
 * Reports Flux Kustomizations, Applications and ApplicationSets that are added, removed or changed, and thereby change what is
 * deployed from a folder with pools, unless the reader of manifests reports them already.
 */
export async function changedDeployments(
  trees: TreeChange,
  deployments: EffectiveDeployments,
  given: Given,
  followed: readonly FollowedDocument[],
): Promise<ChangedDeployments> {
  const { kinds, accepts, shown } = given;
  const isJudged = isFollowed(followed);
  const isMeant =
    (side: SideName) =>
    ({ file, index }: Effective): boolean =>
      accepts(file) && (index === undefined || !isJudged({ side, file, index }));
  const expanded = new Set([...deployments.expanded.base, ...deployments.expanded.head]);
  const meantOn = (side: SideName): Effective[] =>
    deployments[side].filter((one) => isMeant(side)(one) && !expanded.has(one));
  const [before, after] = paired(meantOn("base"), meantOn("head"));
  const told: Told[] = [];
  const settled: DocumentOfSide[] = sideNames.flatMap((side) =>
    deployments.expanded[side].flatMap(({ file, index }) => (index === undefined ? [] : [{ side, file, index }])),
  );
  const say = (one: Effective, side: SideName, what: string, folder: string): void => {
    told.push({ one, remark: unrenderedBy(one.title, what, folder, shown(side, one.file)) });
  };
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const [old, now] = [before.get(key), after.get(key)];
    const one = now ?? old;
    if (one === undefined || old?.deployment.inputs === now?.deployment.inputs) continue;
    const paths = [old, now].flatMap((side) => side?.deployment.paths ?? []);
    const ours = await oursIn(trees, paths, kinds);
    const folders = paths.flatMap(fixedFolder);
    if (ours?.length === 0) {
      const inner = await innerFolder(trees, deployments, folders, given);
      if (inner !== undefined && !one.isSaid) say(one, now === undefined ? "base" : "head", changeOf(old, now), inner);
      continue;
    }
    const [side, other] = now === undefined ? (["base", "head"] as const) : (["head", "base"] as const);
    const isAlone = old === undefined || now === undefined;
    if (isAlone && one.deployment.isPlain && ours?.every((path) => !trees[other].entries.has(path)) === true) {
      if (one.index !== undefined) settled.push({ side, file: one.file, index: one.index });
      continue;
    }
    if (!one.isSaid) say(one, side, changeOf(old, now), folders[0] ?? "");
  }
  for (const { by, because, folders = by.deployment.paths } of deployments.unknown) {
    const ours = accepts(by.file) ? await oursIn(trees, folders, kinds) : [];
    if (ours?.length !== 0)
      say(
        by,
        "head",
        `may make something different, since ${because}`,
        by.deployment.paths.flatMap(fixedFolder)[0] ?? "",
      );
  }
  return { remarks: summarized(told), settled };
}

const unrenderedBy = (title: string, what: string, folder: string, file: string): Diagnostic =>
  unrendered(
    `${title} ${what}, and what it makes of ${folderInWords(folder)} is not rendered here: render both sides and pass the two directories`,
    { file },
  );

/** How many Applications of one set are named at most. */
const mostOfSet = 3;

/** Of a set that makes many Applications in another way than before only the first are named. */
function summarized(told: readonly Told[]): Diagnostic[] {
  const bySet = groupBy(told, ({ one: { set, title } }) => set ?? title);
  return [...bySet.values()].flatMap((all) => {
    const [first] = all;
    const remarks = all.map(({ remark }) => remark);
    if (first?.one.set === undefined || all.length <= mostOfSet) return remarks;
    const more = ` (and that of ${all.length - 1} more Applications of this set)`;
    return [
      {
        ...first.remark,
        message: first.remark.message.replace(" is not rendered here", `${more} is not rendered here`),
      },
    ];
  });
}

const changeOf = (old: Effective | undefined, now: Effective | undefined): string =>
  old === undefined ? "is new" : now === undefined ? "is gone" : "changed";

/** By their titles, and by their files too where several have the same title. */
function paired(
  base: readonly Effective[],
  head: readonly Effective[],
): readonly [ReadonlyMap<string, Effective>, ReadonlyMap<string, Effective>] {
  const byTitle = [base, head].map((side) => groupBy(side, ({ title }) => title));
  const keyOf = ({ title, file }: Effective): string =>
    byTitle.every((groups) => (groups.get(title)?.length ?? 0) <= 1) ? title : `${title} ${file}`;
  return [numbered(base, keyOf), numbered(head, keyOf)];
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
