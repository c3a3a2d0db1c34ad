import type { RenderOptions } from "../render-options.ts";
import { posix } from "node:path";
import type { FollowedDocument } from "../deployers/followed-documents.ts";
import { relevant } from "../relevant.ts";
import type { TreeChange } from "../trees/file-tree.ts";
import { type ChartJob, chartsIn, filesBelow } from "./chart-job.ts";

/**
 * Of the documents whose releases are known those that are to be judged through them: the change reaches them, and all their
 * charts are judged. What a chart takes from elsewhere may make pools though nothing in it names any.
 */
export async function judgedThroughReleases(
  trees: TreeChange,
  documents: readonly FollowedDocument[],
  jobs: readonly ChartJob[],
  { kinds, accepts }: Pick<RenderOptions, "kinds" | "accepts">,
): Promise<FollowedDocument[]> {
  const reached = documents.filter(
    ({ file, files, differs }) =>
      accepts(file) && (differs || trees.changed.has(file) || files.some((path) => trees.changed.has(path))),
  );
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
