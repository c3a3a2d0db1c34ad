import { mentionsOurs } from "../manifests/deployers.ts";
import type { InterestRow } from "../manifests/interest.ts";
import { isDefinition, isNamesake, mayMake } from "../manifests/may-matter.ts";
import { mayRunOnPools, runsOnPools } from "../manifests/scripts.ts";
import { splitDocuments } from "../manifests/text/split.ts";
import { isArchive, unpack } from "./trees/archive.ts";
import { readFollowed, type TreeChange } from "./trees/file-tree.ts";

/** A kind whose objects are judged: pools and clusters. */
export type JudgedKind = Pick<InterestRow, "group" | "kind">;

/** Most kustomizations and charts of a repository have nothing to do with worker pools: those are not rendered. */
export async function relevant<T>(
  { base, head }: TreeChange,
  all: readonly T[],
  kinds: readonly JudgedKind[],
  filesOf: (one: T) => ReadonlySet<string>,
): Promise<T[]> {
  const paths = [...new Set(all.flatMap((one) => [...filesOf(one)]))];
  const matters = new Set<string>();
  for (const contents of await Promise.all([readFollowed(base, paths), readFollowed(head, paths)]))
    for (const [path, bytes] of contents) if (isRelevantFile(path, bytes, kinds)) matters.add(path);
  return all.filter((one) => [...filesOf(one)].some((path) => matters.has(path)));
}

/** The files among `paths` that hold objects to judge, on either side. */
export async function relevantFiles(
  trees: TreeChange,
  paths: readonly string[],
  kinds: readonly JudgedKind[],
): Promise<string[]> {
  const each = paths.map((path) => ({ path, itself: new Set([path]) }));
  return (await relevant(trees, each, kinds, ({ itself }) => itself)).map(({ path }) => path);
}

/** A packed chart counts by what is in it; one that cannot be unpacked, as a pointer of Git LFS, by its name. */
function isRelevantFile(path: string, bytes: Buffer, kinds: readonly JudgedKind[]): boolean {
  if (!isArchive(path)) return isRelevant(bytes, kinds);
  const inside = unpack(bytes);
  return inside === undefined
    ? mentionsOurs(path)
    : [...inside].some(([name, one]) => isRelevantFile(name, one, kinds));
}

/** Documentation mentions kinds too, and CRDs define them; what makes an object of a kind says so. */
export function isRelevant(bytes: Buffer, kinds: readonly JudgedKind[]): boolean {
  if (mayRunOnPools(bytes) && runsOnPools(bytes.toString("utf8"))) return true;
  if (!kinds.some(({ kind }) => bytes.includes(kind))) return false;
  const named = new Set(kinds.map(({ kind }) => kind));
  return splitDocuments(bytes.toString("utf8")).some(
    ({ text }) => mayMake(text, named) && !isDefinition(text) && !isNamesake(text, kinds),
  );
}
