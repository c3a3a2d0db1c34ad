import { posix } from "node:path";
import { addTo } from "../manifests/group-by.ts";
import type { Diagnostic, PerSide } from "../manifests/manifest.ts";
import { sideNames } from "../manifests/side-names.ts";
import type { ChartJob } from "./charts/chart-job.ts";
import { filesOf, textsOf } from "./charts/chart-release.ts";
import type { UnrenderedChart } from "./charts/reached-charts.ts";
import { relevantFiles } from "./relevant.ts";
import type { RenderOptions, Unrendered } from "./render-options.ts";
import type { TreeChange } from "./trees/file-tree.ts";

export const notRendered = ({ file }: { readonly file: string }): Diagnostic => ({
  severity: "warning",
  code: "not-rendered",
  message:
    "the change reaches this, but render: none keeps it from being rendered; its files were judged as they are, without what patches and values do to them",
  file,
  incomplete: true,
});

/** Why a run renders nothing although it was not told so, and what to do about it. */
const reasons = {
  unasked:
    "directories are assumed to be rendered already, so what it makes of its files was not judged; set render: auto in the configuration to have both sides rendered",
  apart:
    "two folders of two revisions are assumed to be rendered already, so what it makes of its files was not judged; render both sides and pass the two directories",
  untrusted:
    "a run for pull_request_target, workflow_run or issue_comment renders nothing of a pull request, so what it makes of its files was not judged; run on pull_request with actions/checkout and fetch-depth: 2 to have it rendered",
} as const satisfies Record<Unrendered, string>;

export const leftAlone = ({ file }: { readonly file: string }, mode: Unrendered): Diagnostic => ({
  severity: "warning",
  code: "not-rendered",
  message: `the change reaches this, but ${reasons[mode]}`,
  file,
  incomplete: true,
  hidesPools: true,
});

export const nothingThere = (setting: string, folder: string, what: string): Diagnostic => ({
  severity: "warning",
  code: "nothing-to-render",
  message: `${setting} in the configuration names ${folder}, but neither side has a ${what} there; correct the path, which starts at the root of the repository`,
  incomplete: true,
});

/** How many reasons are listed at most. */
const mostNamed = 3;

const listed = (all: readonly string[]): string =>
  `${all.slice(0, mostNamed).join("; ")}${all.length > mostNamed ? `; and ${all.length - mostNamed} more` : ""}`;

export const noValues = ({ file, because }: UnrenderedChart): Diagnostic => ({
  severity: "warning",
  code: "chart-without-values",
  message:
    because.length === 0
      ? "the change reaches this chart, but nothing says with which values to render it, so what it does to its pools is unknown; name the chart and its values in render.charts, put values into its ci folder, or name the values files in an Application"
      : `the change reaches this chart, but how it is deployed is not known here, so what it does to those pools is unknown: ${listed(because)}; name the chart and its values in render.charts, or render both sides and pass the two directories`,
  file,
  incomplete: true,
  hidesPools: true,
});

export const chartKept = ({ file, given }: ChartJob): Diagnostic => ({
  severity: "warning",
  code: "chart-version-kept",
  message: `the change reaches this chart, but its version stays the same: Flux deploys nothing of it for ${typeof given === "string" ? "its releases" : given.by}, whose reconcileStrategy is ChartVersion, until the version in Chart.yaml changes; what the chart and its values files do then was not judged`,
  file,
});

/** Reports charts that were rendered as objects of the repository deploy them, once for each chart. */
export function howRendered(jobs: readonly ChartJob[]): Diagnostic[] {
  const byChart = new Map<string, string[]>();
  for (const job of jobs) {
    const { given, file } = job;
    if (typeof given === "string") continue;
    const said = `the chart ${posix.dirname(file)} was rendered with ${valuesOf(job)}, as ${given.by} deploys it`;
    addTo(byChart, file, said);
  }
  return Array.from(byChart, ([file, [said = "", ...others]]): Diagnostic => {
    const more =
      others.length === 0
        ? ""
        : `; and as ${others.length} more of the repository ${others.length === 1 ? "does" : "do"}`;
    return { severity: "notice", code: "rendered-as-deployed", message: said + more, file };
  });
}

function valuesOf({ releases }: ChartJob): string {
  const release = releases.head ?? releases.base;
  const files = release === undefined ? [] : filesOf(release);
  const isInline = release !== undefined && (textsOf(release).length > 0 || (release.parameters ?? []).length > 0);
  const all = [...files, ...(isInline ? ["the values written there"] : [])];
  return all.length === 0 ? "its own values" : all.join(", ");
}

/** Reports changed files that would be judged if they were deployed, except those that one side includes in a build. */
export async function unusedFiles(
  trees: TreeChange,
  unused: PerSide<ReadonlySet<string>>,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const isUnused = (path: string): boolean =>
    sideNames.every((side) => unused[side].has(path) || !trees[side].entries.has(path));
  const paths = [...new Set([...unused.head, ...unused.base])].filter((path) => isUnused(path) && accepts(path));
  return (await relevantFiles(trees, paths, kinds)).map((path) => ({
    severity: "notice",
    code: "unused-file",
    message:
      "the kustomization beside this file does not list it, so it is assumed not to be deployed and was not judged; pass it as a file of its own if something else applies it",
    file: shown(unused.head.has(path) ? "head" : "base", path),
  }));
}
