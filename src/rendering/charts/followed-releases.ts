import { posix } from "node:path";
import { type FollowedDocument, placeOf } from "../deployers/followed-documents.ts";
import { relevant } from "../relevant.ts";
import type { RenderOptions } from "../render-options.ts";
import type { TreeChange } from "../trees/file-tree.ts";
import { type ChartJob, chartsIn, filesBelow } from "./chart-job.ts";

/**
 * The documents that are judged through their releases: the change reaches them, all their releases are known, and all their
 * charts are judged.
 */
export async function judgedThroughReleases(
  trees: TreeChange,
  documents: readonly FollowedDocument[],
  jobs: readonly ChartJob[],
  { kinds, accepts }: Pick<RenderOptions, "kinds" | "accepts">,
): Promise<FollowedDocument[]> {
  const itself = documents.filter(
    ({ file, files, differs }) =>
      accepts(file) && (differs || trees.changed.has(file) || files.some((path) => trees.changed.has(path))),
  );
  // A set that makes one more on one side makes all others on both.
  const places = new Set(itself.map(placeOf));
  const reached = documents.filter((one) => places.has(placeOf(one)));
  const charts = [...new Set(reached.flatMap((one) => one.charts))].map((chart) => ({
    chart,
    files: new Set(accepts(posix.join(chart, "Chart.yaml")) ? filesBelow(trees, chart) : []),
  }));
  const judged = new Set([
    ...jobs.flatMap(({ releases }) => chartsIn(releases)),
    ...(await relevant(trees, charts, kinds, ({ files }) => files)).map(({ chart }) => chart),
  ]);
  return reached.filter((one) => one.charts.every((chart) => judged.has(chart)));
}
