import { posix } from "node:path";
import { groupBy } from "../../manifests/group-by.ts";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { type FollowedDocument, placeOf } from "../deployers/followed-documents.ts";
import { makerOf, reasonAgainst, type Release, type ReleaseSource } from "../deployers/release.ts";
import { isReplaced, type Maker } from "../maker.ts";
import { fullName } from "../objects-in.ts";
import { type ChartRelease, filesOf, type Resolved } from "./chart-release.ts";

/** A chart that an object of one side deploys. */
export interface ReleaseObject extends Release {
  readonly resolved: Resolved;
  /** What it is made of beside the chart, in one text to compare: only what nobody else speaks of. */
  readonly state: string;
  /** Files whose change may change what the object is, where that is not known. */
  readonly sources: ReadonlySet<string>;
  /** True when nothing says that it is this chart that is deployed. */
  readonly isVague?: boolean;
}

/** An object that deploys charts. */
export type Source = ReleaseSource<ReleaseObject>;

/** A release on both sides; on one of them it may not exist. */
interface DeployedChart {
  /** What tells it from other releases of its chart. */
  readonly label: string;
  readonly by: string;
  readonly releases: PerSide<ChartRelease | undefined>;
  readonly makers: PerSide<Maker | undefined>;
}

export interface DeployedCharts {
  readonly releases: readonly DeployedChart[];
  /** Charts of which something is deployed that is not known. */
  readonly undecided: readonly UndecidedChart[];
  /** Documents that are judged through what they make. */
  readonly followed: readonly FollowedDocument[];
}

export interface UndecidedChart {
  readonly chart: string;
  readonly because: string;
  readonly isVague: boolean;
  /** Files whose change may deploy it in another way, and which nothing else reports. */
  readonly sources: ReadonlySet<string>;
  /** Whether it is known to be deployed in another way than before. */
  readonly differs?: boolean;
}

/** Puts the releases of both sides side by side. */
export function paired(sources: PerSide<readonly Source[]>): DeployedCharts {
  const all = { base: labelled(sources.base), head: labelled(sources.head) };
  const labels = labelsOf(all);
  const byLabel = { base: new Map<string, Labelled>(), head: new Map<string, Labelled>() };
  for (const side of sideNames) for (const one of all[side]) byLabel[side].set(labels(one), one);
  const releases: DeployedChart[] = [];
  const undecided: UndecidedChart[] = [];
  const refused = new Set<Source>();
  const different = new Set<Source>();
  for (const label of new Set([...byLabel.head.keys(), ...byLabel.base.keys()])) {
    const [base, head] = [byLabel.base.get(label), byLabel.head.get(label)];
    const one = head ?? base;
    if (one === undefined) continue;
    const absent = base === undefined ? "base" : head === undefined ? "head" : undefined;
    // What an object makes on the other side is not known: it may make this one too.
    const hidden = absent === undefined ? undefined : refusalOf(all[absent], one.release);
    const resolved = { base: base?.release.resolved, head: head?.release.resolved };
    const because = hidden ?? reasonAgainst(resolved.base, resolved.head, "chart");
    const both = [base, head].flatMap((side) => side?.source ?? []);
    if (because === undefined) {
      const pair = { base: releaseOf(resolved.base), head: releaseOf(resolved.head) };
      const makers = { base: makerOf(base?.release), head: makerOf(head?.release) };
      releases.push({ label, by: one.release.by, releases: pair, makers });
      if (isReplaced(makers) || JSON.stringify(pair.base) !== JSON.stringify(pair.head))
        for (const source of both) different.add(source);
    } else {
      for (const source of both) refused.add(source);
      undecided.push({
        chart: chartIn([resolved.head, resolved.base].find((side) => side?.ok === false) ?? one.release.resolved),
        because: `${one.release.by}: ${because}`,
        isVague: one.release.isVague === true,
        sources: one.release.sources,
        differs: hidden !== undefined || (base?.release.state ?? "") !== (head?.release.state ?? ""),
      });
    }
  }
  const isKnown = (source: Source): boolean => !refused.has(source);
  const followed = sideNames.flatMap((side) => followedOn(side, sources[side], isKnown, different));
  return { releases, undecided, followed };
}

/** The documents all of whose objects are known. */
function followedOn(
  side: SideName,
  sources: readonly Source[],
  isKnown: (source: Source) => boolean,
  different: ReadonlySet<Source>,
): FollowedDocument[] {
  const placed = sources.flatMap((source) => source.documents.map((place) => ({ place, source })));
  return [...groupBy(placed, ({ place }) => placeOf(place)).values()].flatMap((all) => {
    const made = all.map(({ source }) => source);
    if (!made.every(isKnown)) return [];
    return {
      side,
      ...all[0].place,
      files: made.flatMap(filesUsed),
      charts: made.flatMap(({ releases }) => releases.flatMap(({ resolved }) => chartOf(resolved))),
      differs: made.some((source) => different.has(source)),
      left: made.flatMap(({ left }) => left),
    };
  });
}

const chartOf = (resolved: Resolved): string[] => (resolved.ok ? [resolved.release.chart] : []);

interface Labelled {
  readonly release: ReleaseObject;
  readonly source: Source;
  readonly place: number;
}

function labelled(sources: readonly Source[]): Labelled[] {
  const counts = new Map<string, number>();
  return sources.flatMap((source) =>
    source.releases.map((release) => {
      const key = JSON.stringify([release.file, release.namespace, release.name]);
      const place = counts.get(key) ?? 0;
      counts.set(key, place + 1);
      return { release, source, place };
    }),
  );
}

/** Ways to name a release, shortest first; the last is unique in any case. */
const ways: readonly ((one: Labelled) => string)[] = [
  ({ release }: Labelled) => release.name,
  ({ release }: Labelled) => fullName(release),
  ({ release }: Labelled) => `${release.name} in ${posix.dirname(release.file)}`,
  ({ release }: Labelled) => `${fullName(release)} in ${release.file}`,
].map((way) => (one: Labelled) => `${way(one)}${one.place === 0 ? "" : ` ${one.place + 1}`}`);

/** The shortest way to name releases that is unique on each side. */
function labelsOf(all: PerSide<readonly Labelled[]>): (one: Labelled) => string {
  const isTelling = (way: (one: Labelled) => string): boolean =>
    sideNames.every((side) => new Set(all[side].map(way)).size === all[side].length);
  return ways.find(isTelling) ?? ways.at(-1)!;
}

const releaseOf = (resolved: Resolved | undefined): ChartRelease | undefined =>
  resolved?.ok === true ? resolved.release : undefined;

const refusalOf = (releases: readonly Labelled[], { owner, resolved }: ReleaseObject): string | undefined => {
  const refusal = releases
    .map(({ release }) => release)
    .find((one) => one.owner === owner && !one.resolved.ok)?.resolved;
  return refusal?.ok === false && resolved.ok ? refusal.because : undefined;
};

const chartIn = (resolved: Resolved): string => (resolved.ok ? resolved.release.chart : resolved.chart);

const filesUsed = ({ files, releases }: Source): string[] => [
  ...files,
  ...releases.flatMap(({ resolved }) => (resolved.ok ? filesOf(resolved.release) : [])),
];
