import { sideNames } from "../../manifests/side-names.ts";
import type { FollowedDocument } from "../deployers/followed-documents.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";
import type { Built, Known } from "./built-folders.ts";

/** The documents whose releases are built, with what each leaves to others. */
export function followedBy(
  sources: Known["sources"],
  built: readonly Built[],
): (FollowedDocument & { readonly roots: readonly ReachedRoot[] })[] {
  const builtOf = new Map(
    built.flatMap((one) =>
      [one.pair.base, one.pair.head].flatMap((release) => (release === undefined ? [] : [[release, one] as const])),
    ),
  );
  return sideNames.flatMap((side) =>
    sources[side].flatMap(({ documents, left: others, files, releases, unknown }) => {
      const made = releases.flatMap((release) => builtOf.get(release) ?? []);
      const plain = releases.filter((release) => !builtOf.has(release));
      // What is deployed as it is, is judged as it is.
      const left = [...others, ...plain.flatMap(({ source, resolved }) => (resolved.ok ? (source ?? []) : []))];
      if (unknown !== undefined || made.length + left.length < releases.length + others.length) return [];
      if (made.length === 0 && left.length > 0) return [];
      const roots = made.flatMap(({ root, isReached }) => (isReached ? [root] : []));
      return documents.map((place) => ({ side, ...place, files, charts: [], differs: roots.length > 0, roots, left }));
    }),
  );
}
