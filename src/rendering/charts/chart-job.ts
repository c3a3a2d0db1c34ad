import { posix } from "node:path";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { shownRoot } from "../application.ts";
import { isReplaced, type Maker } from "../maker.ts";
import { isBelow, pathsBelow, type TreeChange } from "../trees/file-tree.ts";
import { keepsChart } from "./chart-changes.ts";
import { type Charts, type LocalDependency, localDependencies } from "./chart-parts.ts";
import { type ChartRelease, filesOf } from "./chart-release.ts";

type Given = "by-configuration" | "for-tests" | { readonly by: string };

/** A chart that is to be rendered if the change reaches it. */
export interface WantedChart {
  /** What tells it from other releases of its chart. */
  readonly label: string | undefined;
  /** Where the values come from: the configuration, an object that deploys the chart, or the chart's own tests. */
  readonly given: Given;
  readonly releases: PerSide<ChartRelease | undefined>;
  readonly makers?: PerSide<Maker | undefined>;
}

/** The same, with what it is made of. */
export interface PlannedChart extends WantedChart {
  /** Charts of the repository that it depends on. */
  readonly local: PerSide<readonly LocalDependency[]>;
  /**
   * From which side each side takes the chart's files: the head takes those of the base where Flux stays with the chart that it
   * has.
   */
  readonly chartOf: PerSide<SideName>;
  /** Files of its values, on either side. */
  readonly valueFiles: readonly string[];
}

/** One rendering of one chart. */
export interface ChartJob extends PlannedChart {
  /** Its name in the report. */
  readonly name: string;
  readonly file: string;
  /** Files that take part, on either side. */
  readonly files: ReadonlySet<string>;
  /** True where the change does not reach it, but what its pools use. */
  readonly isSame?: true;
}

export function planned(trees: TreeChange, charts: Charts, wanted: WantedChart): PlannedChart {
  const exists = (side: SideName): ChartRelease | undefined => {
    const release = wanted.releases[side];
    const isThere = release !== undefined && trees[side].entries.has(posix.join(release.chart, "Chart.yaml"));
    // A deployer that no longer finds its chart leaves what it deployed.
    return isThere || (side === "head" && typeof wanted.given !== "string") ? release : undefined;
  };
  const releases = { base: exists("base"), head: exists("head") };
  const isKept = keepsChart(charts, releases);
  const parts = (side: SideName): readonly LocalDependency[] =>
    releases[side] === undefined
      ? []
      : [
          ...localDependencies(charts.parts[side], releases[side].chart),
          ...charts.links[side].filter(({ to }) => isBelow(to, releases[side]!.chart)),
        ];
  const base = parts("base");
  return {
    ...wanted,
    releases,
    local: { base, head: isKept ? base : parts("head") },
    chartOf: { base: "base", head: isKept ? "base" : "head" },
    valueFiles: sideNames.flatMap((side) => (releases[side] === undefined ? [] : filesOf(releases[side]))),
  };
}

export const chartsIn = ({ base, head }: WantedChart["releases"]): string[] => [
  ...new Set([head, base].flatMap((one) => (one === undefined ? [] : [one.chart]))),
];

/** The folders of a chart and of those that it depends on. */
const foldersOf = ({ releases, local }: PlannedChart): string[] => [
  ...chartsIn(releases),
  ...[...local.base, ...local.head].map(({ from }) => from),
];

/** What of a repository changed, and the folders above it. */
export interface Touched {
  readonly changed: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

export const filesAreTouched = (chart: PlannedChart, { changed, folders }: Touched): boolean =>
  foldersOf(chart).some((folder) => folders.has(folder)) || chart.valueFiles.some((path) => changed.has(path));

/** Whether a change reaches what is rendered. */
export function isReached(chart: PlannedChart, touched: Touched): boolean {
  const { base, head } = chart.releases;
  if (base === undefined && head === undefined) return false;
  if (isReplaced(chart.makers) || JSON.stringify(base) !== JSON.stringify(head)) return true;
  return chart.chartOf.head === "head" && filesAreTouched(chart, touched);
}

export function jobOf(trees: TreeChange, chart: PlannedChart, isOneOfSeveral: boolean): ChartJob {
  const [folder = ""] = chartsIn(chart.releases);
  const detail = chart.label ?? [...new Set(chart.valueFiles)].map((path) => posix.relative(folder, path)).join(", ");
  const isDetailed = (isOneOfSeveral || chart.given === "for-tests") && detail !== "";
  return {
    ...chart,
    name: isDetailed ? `${shownRoot(folder)} (${detail})` : shownRoot(folder),
    file: posix.join(folder, "Chart.yaml"),
    files: new Set([...foldersOf(chart).flatMap((one) => filesBelow(trees, one)), ...chart.valueFiles]),
  };
}

/** The files below a folder on either side. */
export const filesBelow = ({ base, head }: TreeChange, folder: string): string[] => [
  ...new Set([...pathsBelow(base, folder), ...pathsBelow(head, folder)]),
];
