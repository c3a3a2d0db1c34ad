import type { Interest } from "../manifests/interest.ts";
import type { Diagnostic, Manifest, SideName } from "../manifests/manifest.ts";
import { stringsIn } from "../manifests/strings-in.ts";
import { quote } from "../manifests/quote.ts";

type Sides = Readonly<Record<SideName, readonly Manifest[]>>;

interface Separated extends Sides {
  readonly diagnostics: Readonly<Record<SideName, readonly Diagnostic[]>>;
}

const sideNames = ["base", "head"] as const;

/**
 * Tells apart the environments of a repository: where an object is declared in two folders, what stands below each of them
 * is deployed apart, as an application of its own. Of what is still declared twice the first declaration stays, and the
 * others are said where they matter.
 */
export function separateEnvironments(sides: Sides, interest: Interest): Separated {
  const isJudged = ({ kind }: Manifest): boolean => interest.judged.has(kind);
  const roots = new Set(sideNames.flatMap((side) => rootsAmong(sides[side].filter(isJudged))));
  const parted = { base: within(roots, sides.base), head: within(roots, sides.head) };
  const once = { base: onceEach(parted.base, isJudged), head: onceEach(parted.head, isJudged) };
  return {
    base: once.base.manifests,
    head: once.head.manifests,
    diagnostics: { base: once.base.diagnostics, head: once.head.diagnostics },
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

/** The folders around a place from the outermost on, each behind the text in front of its own name. */
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

function onceEach(
  manifests: readonly Manifest[],
  isJudged: (manifest: Manifest) => boolean,
): { readonly manifests: readonly Manifest[]; readonly diagnostics: readonly Diagnostic[] } {
  const first = new Map<string, Manifest>();
  const repeated: Manifest[] = [];
  for (const manifest of manifests) {
    const key = `${manifest.application ?? ""}\n${identityOf(manifest)}`;
    if (first.has(key)) repeated.push(manifest);
    else first.set(key, manifest);
  }
  const kept = [...first.values()];
  if (repeated.length === 0) return { manifests: kept, diagnostics: [] };
  // Names repeat; it matters where a pool or cluster names what stands there twice.
  const named = new Set(kept.filter(isJudged).flatMap(({ value }) => stringsIn(value)));
  const matters = (manifest: Manifest): boolean => isJudged(manifest) || named.has(manifest.name);
  return {
    manifests: kept,
    diagnostics: repeated
      .filter(matters)
      .map((manifest) => declaredTwice(manifest, first.get(`${manifest.application ?? ""}\n${identityOf(manifest)}`)!)),
  };
}

function declaredTwice({ kind, namespace, name, position }: Manifest, first: Manifest): Diagnostic {
  const label = `${kind} ${namespace === undefined ? "" : `${quote(namespace)}/`}${quote(name)}`;
  return {
    severity: "error",
    code: "declared-twice",
    message: `${label} is declared twice, here and in ${first.position.file}:${first.position.line}; only the other one is judged, so delete one`,
    file: position.file,
    line: position.line,
    incomplete: true,
  };
}
