import { groupBy } from "../manifests/group-by.ts";
import type { Interest } from "../manifests/interest.ts";
import type { Diagnostic, Manifest, PerSide } from "../manifests/manifest.ts";
import { quote } from "../manifests/quote.ts";
import { sideNames } from "../manifests/side-names.ts";
import { stringsIn } from "../manifests/strings-in.ts";
import { sameValue } from "../rules/canonical.ts";

/** The diagnostic for an object that is declared twice: it was read, but which of them counts is not known. */
export const declaredTwice = "declared-twice";

type Sides = PerSide<readonly Manifest[]>;

interface Separated extends Sides {
  readonly diagnostics: PerSide<readonly Diagnostic[]>;
}

/**
 * Tells apart the environments of a repository: where an object is declared in two folders, what is below each of them
 * is deployed apart, as an application of its own. Of what is still declared twice the first declaration stays, and the
 * others are said where they matter: not where nothing changed that they may use.
 */
export function separateEnvironments(sides: Sides, interest: Interest): Separated {
  const isJudged = ({ kind }: Manifest): boolean => interest.judged.has(kind);
  const roots = new Set(sideNames.flatMap((side) => rootsAmong(sides[side].filter(isJudged))));
  const parted = { base: within(roots, sides.base), head: within(roots, sides.head) };
  let changed: ReadonlySet<string> | undefined;
  const matters = (manifest: Manifest): boolean =>
    [...(changed ??= changedApplications(parted))].some((one) => isNear(one, manifest.application ?? ""));
  const once = { base: onceEach(parted.base, isJudged, matters), head: onceEach(parted.head, isJudged, matters) };
  return {
    base: once.base.manifests,
    head: once.head.manifests,
    diagnostics: { base: said(once.base.repeated, once.head.repeated), head: said(once.head.repeated) },
  };
}

const placeOf = ({ place, position }: Manifest): string => place ?? position.file;
const identityOf = ({ group, kind, namespace, name }: Manifest): string =>
  [group, kind, namespace ?? "", name].join("\n");

/** The folders in which the same objects stand, each as high as it differs from the others. */
function rootsAmong(manifests: readonly Manifest[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const manifest of manifests) {
    if (manifest.application !== undefined) continue;
    const identity = identityOf(manifest);
    places.set(identity, (places.get(identity) ?? new Set()).add(placeOf(manifest)));
  }
  return [...places.values()].flatMap((found) => (found.size === 1 ? [] : rootsOf(found)));
}

/** The folder of each place, as high as one beside it holds another; a file beside or above the others' folders has none. */
function rootsOf(places: ReadonlySet<string>): string[] {
  const inside = new Map<string, Set<string>>();
  for (const place of places)
    for (const [before, folder] of foldersOf(place)) inside.set(before, (inside.get(before) ?? new Set()).add(folder));
  return [...places].flatMap((place) => {
    const root = foldersOf(place).findLast(([before]) => (inside.get(before)?.size ?? 0) > 1);
    return root === undefined ? [] : [root[1]];
  });
}

/** The folders around a place from the outermost on, each after the text in front of its own name. */
function foldersOf(place: string): [before: string, folder: string][] {
  const names = place.split("/").slice(0, -1);
  return names.map((name, depth) => {
    const folder = names.slice(0, depth + 1).join("/");
    return [folder.slice(0, folder.length - name.length), folder];
  });
}

function within(roots: ReadonlySet<string>, manifests: readonly Manifest[]): readonly Manifest[] {
  if (roots.size === 0) return manifests;
  return manifests.map((manifest) => {
    if (manifest.application !== undefined) return manifest;
    const folders = placeOf(manifest).split("/").slice(0, -1);
    for (let depth = folders.length; depth > 0; depth--) {
      const application = folders.slice(0, depth).join("/");
      if (roots.has(application)) return { ...manifest, application };
    }
    return manifest;
  });
}

/**
 * The applications of objects that differ between the sides, in any of their declarations. What is in one application
 * alone belongs to none here: all may use it.
 */
function changedApplications({ base, head }: Sides): ReadonlySet<string> {
  const [before, after] = [groupBy(base, keyOf), groupBy(head, keyOf)];
  const isSame = (one: readonly Manifest[], other: readonly Manifest[]): boolean =>
    one.length === other.length && one.every(({ value }, index) => sameValue(value, other[index]?.value));
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  const holders = new Map<string, number>();
  const parts = (key: string): readonly [application: string, identity: string] => {
    const end = key.indexOf("\n");
    return [key.slice(0, end), key.slice(end + 1)];
  };
  for (const [, identity] of keys.map(parts)) holders.set(identity, (holders.get(identity) ?? 0) + 1);
  const differing = keys.filter((key) => !isSame(before.get(key) ?? [], after.get(key) ?? [])).map(parts);
  return new Set(differing.map(([application, identity]) => (holders.get(identity) === 1 ? "" : application)));
}

const keyOf = (manifest: Manifest): string => `${manifest.application ?? ""}\n${identityOf(manifest)}`;

/** Whether objects of one application may use those of another: of the same one, or of one around it. */
const isNear = (one: string, other: string): boolean =>
  one === "" || other === "" || `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);

/** An object that was declared already. */
interface Repetition {
  readonly manifest: Manifest;
  readonly first: Manifest;
}

/** What is told of the head needs no word on the base. */
function said(repeated: readonly Repetition[], told: readonly Repetition[] = []): Diagnostic[] {
  const keys = new Set(told.map(({ manifest }) => keyOf(manifest)));
  return repeated.filter(({ manifest }) => !keys.has(keyOf(manifest))).map(repetitionOf);
}

function onceEach(
  manifests: readonly Manifest[],
  isJudged: (manifest: Manifest) => boolean,
  isReached: (manifest: Manifest) => boolean,
): { readonly manifests: readonly Manifest[]; readonly repeated: readonly Repetition[] } {
  const first = new Map<string, Manifest>();
  const repeated: Manifest[] = [];
  for (const manifest of manifests) {
    const key = keyOf(manifest);
    if (first.has(key)) repeated.push(manifest);
    else first.set(key, manifest);
  }
  const kept = [...first.values()];
  if (repeated.length === 0) return { manifests: kept, repeated: [] };
  // Names repeat; it matters where a pool or cluster names what is there twice.
  const named = new Set(kept.filter(isJudged).flatMap(({ value }) => stringsIn(value)));
  const matters = (manifest: Manifest): boolean =>
    (isJudged(manifest) || named.has(manifest.name)) && isReached(manifest);
  return {
    manifests: kept,
    repeated: repeated.filter(matters).map((manifest) => ({ manifest, first: first.get(keyOf(manifest))! })),
  };
}

function repetitionOf({ manifest: { kind, namespace, name, position }, first }: Repetition): Diagnostic {
  const label = `${kind} ${quote(namespace === undefined ? name : `${namespace}/${name}`)}`;
  return {
    severity: "error",
    code: declaredTwice,
    message: `${label} is declared twice, here and in ${first.position.file}:${first.position.line}; only the other one is judged, so delete one`,
    file: position.file,
    line: position.line,
    incomplete: true,
  };
}
