import type { SideName } from "../../manifests/manifest.ts";
import { shownRoot } from "../application.ts";
import { sideNames } from "../../manifests/side-names.ts";
import type { FolderRelease } from "./folder-releases.ts";
import type { Treatment } from "../kustomize/treatment.ts";

/** A release on both sides. */
export type Pair = Readonly<Record<SideName, FolderRelease | undefined>>;

/** The release as it will be, or as it was where it goes. */
export function oneOf({ base, head }: Pair): FolderRelease {
  const one = head ?? base;
  if (one === undefined) throw new Error("a pair has a release on one side at least");
  return one;
}

export const treatmentOf = (release: FolderRelease | undefined): Treatment | undefined =>
  release?.resolved.ok === true ? release.resolved.treatment : undefined;
/** Whether a release is anything but its folder as it stands. */
const isTreated = (release: FolderRelease | undefined): boolean =>
  release !== undefined && treatmentOf(release)?.text !== "";

/** The pairs that do something to their folders, and with them what takes the same folders as they stand. */
export function treatedOf(pairs: readonly Pair[]): Pair[] {
  const isOne = (pair: Pair): boolean => sideNames.some((side) => isTreated(pair[side]));
  const folders = new Set(pairs.filter(isOne).flatMap(({ base, head }) => [base?.folder, head?.folder]));
  const isBeside = (release: FolderRelease | undefined): boolean =>
    treatmentOf(release)?.isGenerated === true && folders.has(release?.folder);
  return pairs.filter((pair) => isOne(pair) || sideNames.some((side) => isBeside(pair[side])));
}

/** By namespace and name, or else by the file too. */
export function pairsOf(all: Readonly<Record<SideName, readonly FolderRelease[]>>): Pair[] {
  const short = ({ namespace, name }: FolderRelease): string => JSON.stringify([namespace, name]);
  const isTelling = sideNames.every((side) => new Set(all[side].map(short)).size === all[side].length);
  const keyed = (releases: readonly FolderRelease[]): Map<string, FolderRelease> => {
    const found = new Map<string, FolderRelease>();
    for (const release of releases) {
      const key = isTelling ? short(release) : JSON.stringify([short(release), release.file]);
      let place = 0;
      while (found.has(`${key} ${place}`)) place += 1;
      found.set(`${key} ${place}`, release);
    }
    return found;
  };
  const [base, head] = [keyed(all.base), keyed(all.head)];
  return [...new Set([...head.keys(), ...base.keys()])].map((key) => ({ base: base.get(key), head: head.get(key) }));
}

/** The folder, and the name of who deploys it where there are several. */
export function namesOf(pairs: readonly Pair[]): (release: FolderRelease) => string {
  const all = pairs.flatMap(({ base, head }) => head ?? base ?? []);
  const count = (isAlike: (one: FolderRelease) => boolean): number => all.filter(isAlike).length;
  return ({ folder, name, namespace, file }) => {
    const shown = shownRoot(folder);
    if (count((one) => one.folder === folder) === 1) return shown;
    if (count((one) => one.folder === folder && one.name === name) === 1) return `${shown} (${name})`;
    return `${shown} (${namespace === "" ? name : `${namespace}/${name}`} in ${file})`;
  };
}

/** Why two sides of a release cannot be compared. */
export function reasonAgainst({ base, head }: Pair): string | undefined {
  for (const one of [head, base]) if (one?.resolved.ok === false) return one.resolved.because;
  if (base?.resolved.ok !== true) return undefined;
  if (head?.resolved.ok === true && base.resolved.place !== head.resolved.place)
    return "it takes the folder from elsewhere than before, or deploys it elsewhere";
  return head === undefined && !base.resolved.prunes ? "it goes, and leaves what it deployed" : undefined;
}
