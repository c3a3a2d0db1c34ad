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
  return [...places.values()].flatMap((found) =>
    found.size === 1 ? [] : [...found].flatMap((place) => rootBeside(place, found) ?? []),
  );
}

/** Undefined for a file beside or above the folder of every other: those are deployed together. */
function rootBeside(place: string, others: ReadonlySet<string>): string | undefined {
  const own = place.split("/");
  let depth = 0;
  for (const other of others) {
    const theirs = other.split("/");
    const differs = own.findIndex((part, at) => part !== theirs[at]);
    if (differs !== -1 && differs < own.length - 1 && differs < theirs.length - 1) depth = Math.max(depth, differs + 1);
  }
  return depth === 0 ? undefined : own.slice(0, depth).join("/");
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
