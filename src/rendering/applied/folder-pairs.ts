import { groupBy } from "../../manifests/group-by.ts";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { shownRoot } from "../application.ts";
import type { Treatment } from "../kustomize/treatment.ts";
import { numbered } from "../numbered.ts";
import { fullName } from "../objects-in.ts";
import type { FolderRelease } from "./folder-releases.ts";

/** A release on both sides. */
export type Pair = PerSide<FolderRelease | undefined>;

/** The release of the head, or of the base where it is removed. */
export function oneOf({ base, head }: Pair): FolderRelease {
  const one = head ?? base;
  if (one === undefined) throw new Error("a pair has a release on one side at least");
  return one;
}

export const treatmentOf = (release: FolderRelease | undefined): Treatment | undefined =>
  release?.resolved.ok === true ? release.resolved.treatment : undefined;
/** Whether a release deploys something other than its folder as it is. */
const isTreated = (release: FolderRelease | undefined): boolean =>
  release !== undefined && treatmentOf(release)?.text !== "";

/**
 * The pairs that change their folders, and those that deploy the same folders as they are: each is built under a name of its own.
 * What Argo CD takes from a folder without a kustomization is not built.
 */
export function treatedOf(pairs: readonly Pair[], isKustomized: (side: SideName, folder: string) => boolean): Pair[] {
  const isOne = (pair: Pair): boolean => sideNames.some((side) => isTreated(pair[side]));
  const folders = new Set(pairs.filter(isOne).flatMap(({ base, head }) => [base?.folder, head?.folder]));
  const isBeside = (side: SideName, release: FolderRelease | undefined): boolean => {
    const treatment = treatmentOf(release);
    if (release === undefined || treatment === undefined || !folders.has(release.folder)) return false;
    return treatment.generates !== undefined || isKustomized(side, release.folder);
  };
  return pairs.filter((pair) => isOne(pair) || sideNames.some((side) => isBeside(side, pair[side])));
}

/** Pairs releases by namespace and name, and by file too where those are not unique. */
export function pairsOf(all: PerSide<readonly FolderRelease[]>): Pair[] {
  const short = ({ namespace, name }: FolderRelease): string => JSON.stringify([namespace, name]);
  const isTelling = sideNames.every((side) => new Set(all[side].map(short)).size === all[side].length);
  const keyOf = (release: FolderRelease): string =>
    isTelling ? short(release) : JSON.stringify([short(release), release.file]);
  const [base, head] = [numbered(all.base, keyOf), numbered(all.head, keyOf)];
  return [...new Set([...head.keys(), ...base.keys()])].map((key) => ({ base: base.get(key), head: head.get(key) }));
}

/** Names a release in the report: the folder, and the deploying object where several deploy it. */
export function namesOf(pairs: readonly Pair[]): (release: FolderRelease) => string {
  const all = pairs.map(oneOf);
  const inFolder = groupBy(all, ({ folder }) => folder);
  const named = groupBy(all, ({ folder, name }) => JSON.stringify([folder, name]));
  return (release) => {
    const { folder, name, file } = release;
    const shown = shownRoot(folder);
    if (inFolder.get(folder)?.length === 1) return shown;
    if (named.get(JSON.stringify([folder, name]))?.length === 1) return `${shown} (${name})`;
    return `${shown} (${fullName(release)} in ${file})`;
  };
}
