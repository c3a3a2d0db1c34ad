import { sideNames } from "../manifests/side-names.ts";
import { appliedFolders, type AppliedFolders, nothingApplied, unreachedOf } from "./applied/applied-folders.ts";
import { withApplied } from "./applied/applied-roots.ts";
import type { Builds } from "./builds.ts";
import { type ChangedLinks, changedLinks } from "./changed-links.ts";
import type { ChartJob } from "./charts/chart-job.ts";
import { textsOf } from "./charts/chart-release.ts";
import { reachedCharts, type ReachedCharts } from "./charts/reached-charts.ts";
import { type KustomizedDeployers, kustomizedDeployers, notKustomized } from "./deployers/kustomized-deployers.ts";
import { filesOfRoot, reachedRoots, type ReachedRoots } from "./kustomize/reached-roots.ts";
import type { Neighbours } from "./neighbours/neighbours.ts";
import { neighboursOf } from "./neighbours/used-elsewhere.ts";
import { opaqueCharts, opaqueRoots } from "./opaque.ts";
import { isRelevant, type JudgedKind, relevant } from "./relevant.ts";
import type { RenderOptions } from "./render-options.ts";
import type { TreeChange } from "./trees/file-tree.ts";

/** Everything that a repository deploys and a change reaches. */
export interface Reach {
  readonly kustomizations: ReachedRoots;
  readonly applied: AppliedFolders;
  readonly kustomized: KustomizedDeployers;
  readonly charts: ReachedCharts;
  readonly links: ChangedLinks;
  readonly beside: Neighbours;
  /** What is to be built: what holds pools, and what uses or is used by that. */
  readonly jobs: Builds;
}

/** Looks for the kustomizations, folders and charts that a change reaches. */
export async function reachOf(trees: TreeChange, options: RenderOptions): Promise<Reach> {
  const { mode, kinds, accepts } = options;
  const kustomizations = await reachedRoots(trees, options.roots, options.interest);
  const { graphs, others, built } = kustomizations;
  const plain = kustomizations.roots.filter(({ file }) => accepts(file));
  const kustomized = mode === "none" ? notKustomized : kustomizedDeployers(trees, graphs, options);
  const applied =
    mode === "none"
      ? nothingApplied
      : await appliedFolders(
          { trees, graphs, kustomized, reached: await relevant(trees, plain, kinds, filesOfRoot) },
          options,
        );
  const charts = await reachedCharts(trees, options.charts ?? [], kustomized);
  const links = await changedLinks(trees, graphs, options);
  const reached: Builds = {
    roots: [...withApplied(plain, applied, options.roots), ...links.roots],
    charts: charts.jobs.filter(({ file }) => accepts(file)),
  };
  const judged = await holdingJudged(trees, reached, kinds);
  const unreached = { roots: withApplied(others, unreachedOf(applied), options.roots), charts: charts.others };
  const beside = await neighboursOf(trees, { reached, judged, unreached, built: built.head }, options);
  const jobs: Builds = {
    roots: [...judged.roots, ...beside.builds.roots],
    charts: [...judged.charts, ...beside.builds.charts],
  };
  return { kustomizations, applied, kustomized, charts, links, beside, jobs };
}

/**
 * The builds that hold something to judge, or may hold it where nobody can see it. A chart that the configuration names always
 * counts.
 */
async function holdingJudged(
  trees: TreeChange,
  { roots, charts }: Builds,
  kinds: readonly JudgedKind[],
): Promise<Builds> {
  const isNamed = ({ given }: ChartJob): boolean => given === "by-configuration";
  const found = charts.filter((chart) => !isNamed(chart));
  const isRelevantText = ({ releases }: ChartJob): boolean =>
    sideNames
      .flatMap((side) => (releases[side] === undefined ? [] : textsOf(releases[side])))
      .some((text) => isRelevant(Buffer.from(text), kinds));
  return {
    roots: [
      ...new Set([...(await relevant(trees, roots, kinds, filesOfRoot)), ...(await opaqueRoots(trees, roots, kinds))]),
    ],
    charts: [
      ...charts.filter(isNamed),
      ...new Set([
        ...(await relevant(trees, found, kinds, ({ files }) => files)),
        ...found.filter(isRelevantText),
        ...(await opaqueCharts(trees, found)),
      ]),
    ],
  };
}
