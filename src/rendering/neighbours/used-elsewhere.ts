import type { Builds } from "../builds.ts";
import type { ChartJob } from "../charts/chart-job.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";
import type { RenderOptions } from "../render-options.ts";
import type { TreeChange } from "../trees/file-tree.ts";
import { type Neighbours, neighbours, noNeighbours } from "./neighbours.ts";

/** The neighbours of what the run may judge. */
export async function neighboursOf(
  trees: TreeChange,
  known: {
    readonly reached: Builds;
    readonly judged: Builds;
    readonly unreached: Builds;
    readonly built: ReadonlySet<string>;
  },
  { mode, uses, accepts }: RenderOptions,
): Promise<Neighbours> {
  if (mode === "none" || uses === undefined) return noNeighbours;
  const { judged, built } = known;
  const isJudged = new Set<unknown>([...judged.roots, ...judged.charts]);
  const only = ({ roots, charts }: Builds, isMeant: (one: ReachedRoot | ChartJob) => boolean): Builds => ({
    roots: roots.filter(isMeant),
    charts: charts.filter(isMeant),
  });
  const silent = only(known.reached, (one) => !isJudged.has(one));
  const others = only(known.unreached, ({ file }) => accepts(file));
  return await neighbours({ trees, judged, silent, others, built, uses });
}
