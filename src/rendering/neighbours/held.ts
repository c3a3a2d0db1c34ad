import { sideNames } from "../../manifests/side-names.ts";
import type { ChartJob } from "../charts/chart-job.ts";
import { filesOf, textsOf } from "../charts/chart-release.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";
import { isRelevant, type JudgedKind } from "../relevant.ts";
import { readFollowed, type TreeChange } from "../trees/file-tree.ts";
import { generatedNames, mayRename, namesIn, wordsOf, writtenNames } from "./named-objects.ts";
import type { UsedKinds } from "./used-kinds.ts";

/** What is in some files. */
export interface Held {
  readonly hasPools: boolean;
  readonly hasClusters: boolean;
  /** Names of clusters, as they are written; empty where they cannot be read. */
  readonly clusters: readonly string[];
  /** Names of objects that pools and clusters refer to. */
  readonly references: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Whether names may be composed of parts of these words. */
  readonly isRenaming: boolean;
}

export function heldBy(contents: readonly Buffer[], uses: UsedKinds): Held {
  const has = (kinds: readonly JudgedKind[]): boolean => contents.some((bytes) => isRelevant(bytes, kinds));
  return {
    hasPools: has(uses.pools),
    hasClusters: has(uses.clusters),
    clusters: contents.flatMap((bytes) => namesIn(bytes, uses.clusters)),
    references: contents.flatMap((bytes) => namesIn(bytes, uses.references)),
    words: new Set(contents.flatMap((bytes) => [...wordsOf(bytes.toString("utf8"))])),
    isRenaming: false,
  };
}

export async function heldInRoot(
  trees: TreeChange,
  { closures, applied }: ReachedRoot,
  uses: UsedKinds,
): Promise<Held> {
  const contents = await Promise.all(
    sideNames.map(async (side) => await readFollowed(trees[side], [...(closures[side]?.files ?? [])])),
  );
  const kustomizations = sideNames.flatMap((side) => closures[side]?.kustomizations ?? []);
  const held = heldBy(
    contents.flatMap((files) => [...files.values()]),
    uses,
  );
  return {
    ...held,
    references: [...held.references, ...kustomizations.flatMap(generatedNames)],
    isRenaming: applied !== undefined || kustomizations.some(mayRename),
  };
}

/** In templates only parts of names are readable; the rest may be among the values. */
export async function heldInChart(trees: TreeChange, { files, releases }: ChartJob, uses: UsedKinds): Promise<Held> {
  const both = sideNames.flatMap((side) => releases[side] ?? []);
  const contents = await Promise.all(
    sideNames.map(async (side) => await readFollowed(trees[side], [...files, ...both.flatMap(filesOf)])),
  );
  const all = contents.flatMap((one) => [...one.values()]);
  const given = both.flatMap((one) => [
    one.release ?? "",
    ...textsOf(one),
    ...(one.parameters ?? []).map(({ value }) => value),
  ]);
  const held = heldBy([...all, ...given.map((text) => Buffer.from(text))], uses);
  const makers = all.filter((bytes) => isRelevant(bytes, uses.references));
  const names = makers.flatMap((bytes) => writtenNames(bytes.toString("utf8")));
  const isWritten = names.length > 0 || makers.length === 0;
  return { ...held, clusters: [], references: isWritten ? names : [...held.words], isRenaming: true };
}
