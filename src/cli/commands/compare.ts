import type { Shard } from "../../analysis/shard.ts";
import { analyzeOnDemand } from "../../analyze-on-demand.ts";
import type { ReadStatistics } from "../../manifests/read-sides.ts";
import type { Report } from "../../report/report.ts";
import { bytesOf, optimizeLater } from "../../sources/optimize-later.ts";
import { countClusters } from "../../views/phrases.ts";
import type { Arguments } from "../arguments.ts";
import { exitCodes } from "../errors.ts";
import { exitCodeOf } from "../gates.ts";
import { say } from "../output.ts";
import { Progress } from "../progress.ts";
import { reportWriter } from "../report-writer.ts";
import { acceptedPaths, readSettings, type Settings } from "../settings.ts";
import { shardOf } from "../shard.ts";
import { readSides } from "../sides.ts";

/** Above so many bytes an analysis may take long enough to announce it. */
const largeInput = 4 * 1024 * 1024;

/** The comparison itself: reads both sides, judges them, and applies the gates. */
export async function compare({ operands, values }: Arguments): Promise<number> {
  const write = reportWriter(values, operands);
  const shard = shardOf(values);
  const settings = await readSettings(values);
  const progress = new Progress();
  progress.step("reading");
  let judged: Judged;
  try {
    judged = await judge({ operands, values }, settings, shard, progress);
  } finally {
    progress.end();
  }
  const { report } = judged;
  await write(report);
  if (values.stats === true) sayStats(judged);
  // A part says nothing about the whole: `merge` applies the gates.
  return shard === undefined ? exitCodeOf(report, settings, values["exit-code"] === true) : exitCodes.ok;
}

interface Judged {
  readonly report: Report;
  readonly statistics: ReadStatistics | undefined;
  readonly processes: number | undefined;
}

async function judge(
  { operands, values }: Pick<Arguments, "operands" | "values">,
  settings: Settings,
  shard: Shard | undefined,
  progress: Progress,
): Promise<Judged> {
  const { targets, landscape, rules } = settings;
  const accepts = await acceptedPaths(settings.configuration);
  const { render } = settings.configuration;
  const gitTimeout = values["git-timeout"];
  const { base, head, processes, rendering } = await readSides(operands, { accepts, rules, render, gitTimeout });
  const files = base.files.length + head.files.length;
  const bytes = bytesOf(base, head);
  progress.step(`judging ${files} files`, bytes > largeInput);
  await optimizeLater(bytes);
  let statistics: ReadStatistics | undefined;
  const onStatistics = (read: ReadStatistics): void => {
    statistics = read;
  };
  const report = await analyzeOnDemand(base, head, {
    targets,
    landscape,
    rules,
    now: new Date(),
    onStatistics,
    ...(rendering === undefined ? {} : { rendering }),
    ...(shard === undefined ? {} : { shard }),
  });
  const isUndecided = rendering !== undefined && rendering.undecided.length > 0;
  // Of two revisions the files that differ were read: one that is no manifest says nothing of the rest.
  const isGit = processes !== undefined;
  if (!report.complete && !isUndecided && !isGit)
    (await import("../refuse-unreadable.ts")).refuseUnreadable(base, head, rules);
  return { report, statistics, processes };
}

function sayStats({ report, statistics, processes }: Judged): void {
  const { files = 0, bytes = 0, changed = 0, parsed = 0 } = statistics ?? {};
  say(
    `${files} files, ${bytes} bytes, ${changed} changed documents, ${parsed} parsed, ${report.objects.length} changed objects, ` +
      `${report.pools.length} pools in ${countClusters(report.pools)} clusters${processes === undefined ? "" : `, ${processes} git processes`}`,
  );
}
