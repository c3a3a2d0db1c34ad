import { posix } from "node:path";
import { quote } from "../../manifests/quote.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { mostReleases } from "../deployers/bounds.ts";
import type { KustomizedDeployers } from "../deployers/kustomized-deployers.ts";
import { folderOf, foldersAbove, type TreeChange } from "../trees/file-tree.ts";
import { changesOutput } from "./chart-changes.ts";
import {
  type ChartJob,
  chartsIn,
  filesAreTouched,
  filesBelow,
  isReached,
  jobOf,
  planned,
  type PlannedChart,
  type Touched,
  type WantedChart,
} from "./chart-job.ts";
import { type Charts, chartsOf, cleanFolder } from "./chart-parts.ts";
import type { ChartRelease } from "./chart-release.ts";
import { deployedCharts } from "./deployed-charts.ts";
import { looseValues } from "./loose-values.ts";
import type { DeployedCharts, UndecidedChart } from "./release-pairs.ts";

/** A chart as the configuration names it; paths are of the repository. */
export interface ConfiguredChart {
  readonly chart: string;
  readonly values?: readonly string[];
  readonly release?: string;
  readonly namespace?: string;
  readonly apiVersions?: readonly string[];
  readonly kubeVersion?: string;
}

/** A chart of which at least one deployment cannot be rendered. */
export interface UnrenderedChart {
  readonly file: string;
  readonly files: ReadonlySet<string>;
  /** Its own values. */
  readonly values: readonly string[];
  /** Why: the objects that deploy it in a way that is not known. */
  readonly because: readonly string[];
  /** Whether all that is known to change is among its files, and no other chart is made of them. */
  readonly changesItself: boolean;
}

export interface ReachedCharts {
  readonly jobs: readonly ChartJob[];
  /** What the change does not reach. */
  readonly others: readonly ChartJob[];
  /** Charts without known values for all of their deployments, so that something is not rendered. */
  readonly withoutValues: readonly UnrenderedChart[];
  /** Releases that go on with the chart of the base, which changed. */
  readonly kept: readonly ChartJob[];
  /** The template folders of changed charts: templates are not manifests, whether or not their charts are rendered. */
  readonly templates: readonly string[];
  /** What is judged through the releases that are made of it. */
  readonly followed: DeployedCharts["followed"];
  /** Folders of the configuration in which neither side has a chart. */
  readonly missing: readonly string[];
}

/**
 * Charts that the change reaches: those of the configuration, those that are deployed, and those that carry values for their
 * tests.
 */
export async function reachedCharts(
  trees: TreeChange,
  configured: readonly ConfiguredChart[],
  kustomized: KustomizedDeployers,
): Promise<ReachedCharts> {
  const { changed } = trees;
  if (changed.size === 0)
    return { jobs: [], others: [], withoutValues: [], kept: [], templates: [], followed: [], missing: [] };
  const plan = await planOf(trees, configured, kustomized);
  const touched = { changed, folders: new Set([...changed].flatMap(foldersAbove)) };
  const reached = plan.all.filter((one) => isReached(one, touched));
  const isOver = new Set(reached.filter(({ given }) => typeof given !== "string").slice(mostReleases));
  const asJob = jobsOf(trees, plan);
  const isHere = new Set(reached);
  const isOther = (one: PlannedChart): boolean => !isHere.has(one) && sideNames.every((side) => one.releases[side]);
  const { folders } = plan.charts;
  return {
    jobs: reached.filter((one) => !isOver.has(one)).map(asJob),
    others: plan.all.filter(isOther).map(asJob),
    withoutValues: await withoutValues(trees, plan, touched, isOver),
    kept: await keptCharts(trees, plan, touched, asJob),
    templates: [...folders].filter((one) => touched.folders.has(one)).map((one) => posix.join(one, "templates")),
    followed: plan.deployed.followed,
    missing: plan.missing,
  };
}

/** Which charts are to be rendered, and with what, whether or not the change reaches them. */
interface Plan {
  readonly charts: Charts;
  /** Charts that the configuration does not name. */
  readonly others: readonly string[];
  readonly deployed: DeployedCharts;
  readonly all: readonly PlannedChart[];
  /** Those of the others of which at least one release is rendered. */
  readonly isRendered: ReadonlySet<string>;
  readonly missing: readonly string[];
}

async function planOf(
  trees: TreeChange,
  configured: readonly ConfiguredChart[],
  kustomized: KustomizedDeployers,
): Promise<Plan> {
  const charts = await chartsOf(trees);
  const known = new Set(configured.map(({ chart }) => cleanFolder(chart)));
  const others = [...charts.folders].filter((folder) => !known.has(folder) && !isInChart(folder, charts.folders));
  const links = [...charts.links.base, ...charts.links.head].map(({ from }) => from);
  const deployed = await deployedCharts(trees, others, kustomized, links);
  const released = deployed.releases.map(({ by, ...one }) => ({ ...one, given: { by } }));
  const isDeployed = new Set(released.flatMap(({ releases }) => chartsIn(releases)));
  const isOther = new Set(others);
  const forTests = valuesForTests(trees, charts).filter(
    ({ releases }) => isOther.has(releases.head.chart) && !isDeployed.has(releases.head.chart),
  );
  const wanted: readonly WantedChart[] = [...configured.map(asConfigured), ...released, ...forTests];
  return {
    charts,
    others,
    deployed,
    all: wanted.map((one) => planned(trees, charts, one)),
    isRendered: new Set([...isDeployed, ...forTests.flatMap(({ releases }) => chartsIn(releases))]),
    missing: [...known].filter((folder) => !charts.folders.has(folder)),
  };
}

/** Makes the job of a planned chart, whose name tells it from other jobs of that chart. */
function jobsOf(trees: TreeChange, { all, deployed }: Plan): (one: PlannedChart) => ChartJob {
  const counts = new Map<string, number>();
  const otherwise = deployed.undecided.flatMap(({ chart, isVague }) => (isVague ? [] : [chart]));
  for (const chart of [...all.flatMap(({ releases }) => chartsIn(releases)), ...otherwise])
    counts.set(chart, (counts.get(chart) ?? 0) + 1);
  const isOneOfSeveral = (chart: string): boolean => (counts.get(chart) ?? 0) > 1;
  return (one) => jobOf(trees, one, chartsIn(one.releases).some(isOneOfSeveral));
}

async function withoutValues(
  trees: TreeChange,
  { charts, others, deployed, all, isRendered }: Plan,
  { changed, folders }: Touched,
  isOver: ReadonlySet<PlannedChart>,
): Promise<UnrenderedChart[]> {
  const over = [...new Set([...isOver].flatMap(({ releases }) => chartsIn(releases)))];
  const because = `more than ${mostReleases} releases change`;
  const undecided: readonly UndecidedChart[] = [
    ...deployed.undecided,
    ...over.map((chart) => ({ chart, because, isVague: false, sources: new Set<string>() })),
  ];
  // Charts that another one is made of are seen through that one.
  const parts = new Set(all.flatMap(({ local }) => [...local.base, ...local.head].map(({ from }) => from)));
  const redeployed = undecided.filter(
    ({ sources, differs }) => differs === true || [...sources].some((path) => changed.has(path)),
  );
  const isElsewhere = new Set([...over, ...redeployed.map(({ chart }) => chart)]);
  const isKnown = new Set([
    ...deployed.releases.flatMap(({ releases }) => chartsIn(releases)),
    ...undecided.flatMap(({ chart, isVague }) => (isVague ? [] : [chart])),
  ]);
  const loose = await looseValues(
    trees,
    others.filter((one) => !isKnown.has(one) && !parts.has(one)),
    charts.folders,
  );
  const isPart = new Set(
    sideNames.flatMap((side) => [
      ...Array.from(charts.parts[side].values(), (one) => one.map(({ folder }) => folder)).flat(),
      ...charts.links[side].map(({ from }) => from),
    ]),
  );
  const found: UnrenderedChart[] = [];
  const touched = others.filter((one) => folders.has(one) && !parts.has(one));
  for (const folder of new Set([...touched, ...isElsewhere, ...loose.keys()])) {
    const values = loose.get(folder);
    const given = values === undefined ? undefined : [`${quote(values)} may hold its values, and nothing says so`];
    const reasons = given ?? reasonsFor(folder, undecided, isRendered.has(folder));
    if (reasons === undefined) continue;
    const isAsked = isElsewhere.has(folder) || values !== undefined;
    const chart = unrendered(trees, folder, reasons, !isAsked && !isPart.has(folder));
    if (isAsked || (await changesOutput(trees, chart))) found.push(chart);
  }
  return found;
}

async function keptCharts(
  trees: TreeChange,
  { all }: Plan,
  touched: Touched,
  asJob: (one: PlannedChart) => ChartJob,
): Promise<ChartJob[]> {
  const kept: ChartJob[] = [];
  for (const one of all.filter(({ chartOf }) => chartOf.head === "base")) {
    if (!filesAreTouched(one, touched)) continue;
    const job = asJob(one);
    if (one.valueFiles.some((path) => touched.changed.has(path)) || (await changesOutput(trees, job))) kept.push(job);
  }
  return kept;
}

const asConfigured = ({ values = [], release, ...one }: ConfiguredChart): WantedChart => {
  const called: ChartRelease = {
    ...one,
    chart: cleanFolder(one.chart),
    values: values.map((path) => ({ file: cleanFolder(path) })),
    ...(release === undefined ? {} : { release }),
  };
  return { label: release, given: "by-configuration", releases: { base: called, head: called } };
};

/** Why a chart is not rendered, or not for all; undefined where it is. A vague reason counts where there is nothing else. */
function reasonsFor(folder: string, undecided: readonly UndecidedChart[], isRendered: boolean): string[] | undefined {
  const reasons = undecided.filter(({ chart, isVague }) => chart === folder && !(isVague && isRendered));
  return isRendered && reasons.length === 0 ? undefined : reasons.map(({ because }) => because);
}

const unrendered = (
  trees: TreeChange,
  folder: string,
  because: readonly string[],
  changesItself: boolean,
): UnrenderedChart => ({
  file: posix.join(folder, "Chart.yaml"),
  files: new Set(filesBelow(trees, folder)),
  values: ["values.yaml", "values.yml"].map((name) => posix.join(folder, name)),
  because,
  changesItself,
});

/** Whether a chart is among the `charts` of another one. */
const isInChart = (folder: string, charts: ReadonlySet<string>): boolean =>
  foldersAbove(folder).some((one) => posix.basename(one) === "charts" && charts.has(folderOf(one)));

/** `ci/*-values.yaml`, as chart-testing and helm's own examples call them. */
function valuesForTests({ base, head }: TreeChange, { folders }: Charts) {
  const paths = new Set([...base.entries.keys(), ...head.entries.keys()]);
  return [...paths]
    .filter((path) => /^(?:.*-)?values\.ya?ml$/.test(posix.basename(path)))
    .toSorted()
    .flatMap((file) =>
      foldersAbove(file).flatMap((folder) => {
        const chart = posix.basename(folder) === "ci" ? folderOf(folder) : undefined;
        if (chart === undefined || !folders.has(chart)) return [];
        const release: ChartRelease = { chart, values: [{ file }] };
        return [{ label: undefined, given: "for-tests" as const, releases: { base: release, head: release } }];
      }),
    );
}
