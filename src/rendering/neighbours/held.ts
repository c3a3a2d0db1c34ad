import { sideNames } from "../../manifests/side-names.ts";
import type { Builds } from "../builds.ts";
import type { ChartJob } from "../charts/chart-job.ts";
import { type ChartRelease, filesOf, textsOf } from "../charts/chart-release.ts";
import { filesOfRoot, type ReachedRoot } from "../kustomize/reached-roots.ts";
import { isRelevant, type JudgedKind, relevant } from "../relevant.ts";
import { isArchive } from "../trees/archive.ts";
import { readBoth, readFollowed, type TreeChange } from "../trees/file-tree.ts";
import { generatedNames, mayRename, namesIn, wordsOf, writtenNames } from "./named-objects.ts";
import type { UsedKinds } from "./used-kinds.ts";

/** What some files hold of one system. */
export interface Held {
  readonly hasPools: boolean;
  readonly hasClusters: boolean;
  /** Names of clusters, as they are written; empty where they cannot be read. */
  readonly clusters: readonly string[];
  /** Names of objects that pools and clusters refer to. */
  readonly references: readonly string[];
  /** Of those that take something from others of them. */
  readonly between: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Whether names may be composed of parts of these words. */
  readonly isRenaming: boolean;
}

/** What files hold of each system. */
export function heldBy(contents: readonly Buffer[], systems: readonly UsedKinds[]): Held[] {
  const has = (kinds: readonly JudgedKind[]): boolean =>
    kinds.length > 0 && contents.some((bytes) => isRelevant(bytes, kinds));
  const names = (kinds: readonly JudgedKind[]): string[] => contents.flatMap((bytes) => namesIn(bytes, kinds));
  const words = new Set(contents.flatMap((bytes) => [...wordsOf(bytes.toString("utf8"))]));
  return systems.map((uses) => ({
    hasPools: has(uses.pools),
    hasClusters: has(uses.clusters),
    clusters: names(uses.clusters),
    references: names(uses.references),
    between: names(uses.between),
    words,
    isRenaming: false,
  }));
}

export async function heldInRoot(
  trees: TreeChange,
  { closures, applied }: ReachedRoot,
  systems: readonly UsedKinds[],
): Promise<Held[]> {
  const contents = await Promise.all(
    sideNames.map(async (side) => await readFollowed(trees[side], [...(closures[side]?.files ?? [])])),
  );
  const kustomizations = sideNames.flatMap((side) => closures[side]?.kustomizations ?? []);
  const held = heldBy(
    contents.flatMap((files) => [...files.values()]),
    systems,
  );
  const generated = kustomizations.flatMap(generatedNames);
  const isRenaming = applied !== undefined || kustomizations.some(mayRename);
  return held.map((one, at) => {
    const mayGenerate = systems[at]?.references.some(({ kind }) => generatedKinds.has(kind)) === true;
    return { ...one, references: [...one.references, ...(mayGenerate ? generated : [])], isRenaming };
  });
}

const generatedKinds = new Set(["ConfigMap", "Secret"]);

const releasesOf = ({ releases }: ChartJob): readonly ChartRelease[] =>
  sideNames.flatMap((side) => releases[side] ?? []);

/** What is given to a chart beside its files. */
const givenTo = (chart: ChartJob): string[] =>
  releasesOf(chart).flatMap((one) => [
    one.release ?? "",
    ...textsOf(one),
    ...(one.parameters ?? []).map(({ value }) => value),
  ]);

export const kindsOfUsers = (systems: readonly UsedKinds[]): JudgedKind[] =>
  systems.flatMap(({ pools, clusters, between }) => [...pools, ...clusters, ...between]);

/** Those that hold pools or clusters, or what stands between them and what they use: few do in a large repository, and only in these are names worth looking for. */
export async function holdingPools(
  trees: TreeChange,
  { roots, charts }: Builds,
  systems: readonly UsedKinds[],
): Promise<Builds> {
  const kinds = kindsOfUsers(systems);
  const filesOfChart = (chart: ChartJob): ReadonlySet<string> =>
    new Set([...chart.files, ...releasesOf(chart).flatMap(filesOf)].filter((path) => !isArchive(path)));
  const inFiles = new Set(await relevant(trees, charts, kinds, filesOfChart));
  return {
    roots: await relevant(trees, roots, kinds, filesOfRoot),
    charts: charts.filter(
      (chart) => inFiles.has(chart) || givenTo(chart).some((text) => isRelevant(Buffer.from(text), kinds)),
    ),
  };
}

/** In templates only parts of names are readable; the rest may be among the values. */
export async function heldInChart(trees: TreeChange, chart: ChartJob, systems: readonly UsedKinds[]): Promise<Held[]> {
  const paths = [...chart.files, ...releasesOf(chart).flatMap(filesOf)];
  const all = (await readBoth(trees, paths)).map(([, bytes]) => bytes);
  const held = heldBy([...all, ...givenTo(chart).map((text) => Buffer.from(text))], systems);
  return held.map((one, at) => {
    const { references = [], between = [] } = systems[at] ?? {};
    const makers = all.filter((bytes) => isRelevant(bytes, references));
    const names = makers.flatMap((bytes) => writtenNames(bytes.toString("utf8")));
    const isWritten = names.length > 0 || makers.length === 0;
    return {
      ...one,
      clusters: [],
      references: isWritten ? names : [...one.words],
      between: all.some((bytes) => isRelevant(bytes, between)) ? [...one.words] : [],
      isRenaming: true,
    };
  });
}
