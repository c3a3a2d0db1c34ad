import { mentionsOurs } from "../manifests/deployers.ts";
import type { InterestRow } from "../manifests/interest.ts";
import { isDefinition, isNamesake, mayMake } from "../manifests/may-matter.ts";
import { mayRunOnPools, runsOnPools } from "../manifests/scripts.ts";
import { splitDocuments } from "../manifests/text/split.ts";
import { givesKind } from "./kustomize/given-kinds.ts";
import { isArchive, unpack, type Unpacking, unpacking } from "./trees/archive.ts";
import { readBoth, type TreeChange } from "./trees/file-tree.ts";

/** A kind whose objects are judged: pools and clusters. */
export type JudgedKind = Pick<InterestRow, "group" | "kind">;

/** Most kustomizations and charts of a repository have nothing to do with worker pools: those are not rendered. */
export async function relevant<T>(
  trees: TreeChange,
  all: readonly T[],
  kinds: readonly JudgedKind[],
  filesOf: (one: T) => ReadonlySet<string>,
): Promise<T[]> {
  const paths = [...new Set(all.flatMap((one) => [...filesOf(one)]))];
  const matters = new Set<string>();
  const budget = unpacking();
  for (const [path, bytes] of await readBoth(trees, paths))
    if (isRelevantFile(path, bytes, kinds, budget)) matters.add(path);
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

/**
 * A packed chart counts by what is in it; one that is none, as a pointer of Git LFS, by its name. What is too large to look into
 * may hold anything.
 */
function isRelevantFile(path: string, bytes: Buffer, kinds: readonly JudgedKind[], budget: Unpacking): boolean {
  if (!isArchive(path)) return isRelevant(bytes, kinds);
  const pending: [name: string, content: Buffer][] = [[path, bytes]];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const inside = unpack(one[1], budget);
    if (inside === "too large" || (inside === "not an archive" && mentionsOurs(one[0]))) return true;
    if (inside === "not an archive") continue;
    for (const [name, content] of inside)
      if (isArchive(name)) pending.push([name, content]);
      else if (isRelevant(content, kinds)) return true;
  }
  return false;
}

/** Documentation mentions kinds too, and CRDs define them; what makes an object of a kind says so. */
export function isRelevant(bytes: Buffer, kinds: readonly JudgedKind[]): boolean {
  if (mayRunOnPools(bytes) && runsOnPools(bytes.toString("utf8"))) return true;
  if (givesKind(bytes, kinds)) return true;
  if (!kinds.some(({ kind }) => bytes.includes(kind))) return false;
  const named = new Set(kinds.map(({ kind }) => kind));
  return splitDocuments(bytes.toString("utf8")).some(
    ({ text }) => mayMake(text, named) && !isDefinition(text) && !isNamesake(text, kinds),
  );
}
