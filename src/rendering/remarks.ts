import type { RenderOptions, Unrendered } from "./render-options.ts";
import { posix } from "node:path";
import type { Diagnostic, SideName } from "../manifests/manifest.ts";
import type { ChartJob } from "./charts/chart-job.ts";
import { filesOf, textsOf } from "./charts/chart-release.ts";
import type { UnrenderedChart } from "./charts/reached-charts.ts";
import type { TreeChange } from "./trees/file-tree.ts";
import { sideNames } from "../manifests/side-names.ts";
import { relevantFiles } from "./relevant.ts";

export const notRendered = ({ file }: { readonly file: string }): Diagnostic => ({
  severity: "warning",
  code: "not-rendered",
  message:
    "the change reaches this, and render: none says not to render it; its files were judged as they stand, so what patches and values do is not seen",
  file,
  incomplete: true,
});

/** Why a run renders nothing though nobody said that it should not, and what to do for it to. */
const reasons = {
  unasked:
    "two directories are taken to be rendered already, so what it makes of its files is not seen; write render: auto into the configuration to have both rendered",
  apart:
    "two folders of two revisions are taken to be rendered already, so what it makes of its files is not seen; render both sides and give the two directories",
  untrusted:
    "a run for pull_request_target renders nothing of a pull request, so what it makes of its files is not seen; run on pull_request with actions/checkout and fetch-depth: 2 to have it rendered",
} as const satisfies Record<Unrendered, string>;

export const leftAlone = ({ file }: { readonly file: string }, mode: Unrendered): Diagnostic => ({
  severity: "warning",
  code: "not-rendered",
  message: `the change reaches this, and ${reasons[mode]}`,
  file,
  incomplete: true,
  hidesPools: true,
});

export const nothingThere = (setting: string, folder: string, what: string): Diagnostic => ({
  severity: "warning",
  code: "nothing-to-render",
  message: `${setting} of the configuration names ${folder}, and neither side has a ${what} there; correct the path, which is that of the repository`,
  incomplete: true,
});

/** So many reasons are given at most, and so many deployments named. */
const mostNamed = 3;

const listed = (all: readonly string[]): string =>
  `${all.slice(0, mostNamed).join("; ")}${all.length > mostNamed ? `; and ${all.length - mostNamed} more` : ""}`;

export const noValues = ({ file, because }: UnrenderedChart): Diagnostic => ({
  severity: "warning",
  code: "chart-without-values",
  message:
    because.length === 0
      ? "the change reaches this chart, and nothing says with which values to render it, so what it does to its pools is unknown; name the chart and its values in render.charts, put values into its ci folder, or have an Application name the files"
      : `the change reaches this chart, and how it is deployed is not known here, so what it does to those pools is unknown: ${listed(because)}; name the chart and its values in render.charts, or render both sides and give the two directories`,
  file,
  incomplete: true,
  hidesPools: true,
});

export const chartKept = ({ file, given }: ChartJob): Diagnostic => ({
  severity: "warning",
  code: "chart-version-kept",
  message: `the change reaches this chart, and its version stays: Flux deploys nothing of it for ${typeof given === "string" ? "its releases" : given.by}, whose reconcileStrategy is ChartVersion, until the version in Chart.yaml changes; what the chart and its values files do then was not judged`,
  file,
});

/** Says with which values charts were rendered that the configuration does not name: of each once. */
export function howRendered(jobs: readonly ChartJob[]): Diagnostic[] {
  const byChart = new Map<string, { readonly job: ChartJob; readonly by: string }[]>();
  const found: Diagnostic[] = [];
  for (const job of jobs) {
    const { given, file } = job;
    const rendered = `the chart ${posix.dirname(file)} was rendered with ${valuesOf(job)}`;
    if (given === "for-tests") {
      const message = `${rendered}, the values for its tests; name the real ones in render.charts`;
      found.push({ severity: "notice", code: "rendered-with-ci-values", message, file });
    } else if (given !== "by-configuration")
      byChart.set(file, [...(byChart.get(file) ?? []), { job, by: `${rendered}, as ${given.by} deploys it` }]);
  }
  for (const [file, [one, ...others]] of byChart) {
    const more =
      others.length === 0
        ? ""
        : `; and as ${others.length} more of the repository ${others.length === 1 ? "does" : "do"}`;
    found.push({ severity: "notice", code: "rendered-as-deployed", message: `${one?.by ?? ""}${more}`, file });
  }
  return found;
}

function valuesOf({ releases }: ChartJob): string {
  const release = releases.head ?? releases.base;
  const files = release === undefined ? [] : filesOf(release);
  const isInline = release !== undefined && (textsOf(release).length > 0 || (release.parameters ?? []).length > 0);
  const all = [...files, ...(isInline ? ["the values that stand there"] : [])];
  return all.length === 0 ? "its own values" : all.join(", ");
}

/** Says of changed files that they would be judged if somebody deployed them; not of those that one side builds in. */
export async function unusedFiles(
  trees: TreeChange,
  unused: Readonly<Record<SideName, ReadonlySet<string>>>,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const isUnused = (path: string): boolean =>
    sideNames.every((side) => unused[side].has(path) || !trees[side].entries.has(path));
  const paths = [...new Set([...unused.head, ...unused.base])].filter((path) => isUnused(path) && accepts(path));
  return (await relevantFiles(trees, paths, kinds)).map((path) => ({
    severity: "notice",
    code: "unused-file",
    message:
      "the kustomization beside this file does not name it, so it was taken for deployed by nobody and not judged; give it as a file of its own if somebody applies it",
    file: shown(unused.head.has(path) ? "head" : "base", path),
  }));
}
