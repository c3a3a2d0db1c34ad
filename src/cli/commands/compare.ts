import { analyze, type ReadStatistics, type Report, type Side } from "../../index.ts";
import type { Arguments } from "../arguments.ts";
import { wantsColor } from "../color.ts";
import { exitCodes } from "../errors.ts";
import { renderAs, wantedFormats } from "../formats.ts";
import { say, toStdout, writeWhole } from "../output.ts";
import { Progress } from "../progress.ts";
import { acceptedPaths, readSettings, type Settings } from "../settings.ts";
import { readSides } from "../sides.ts";

/** Above this many bytes an analysis may take longer than people wait without a word. */
const largeInput = 4 * 1024 * 1024;

/** The comparison itself: reads both sides, says what happens, and holds the gates. */
export async function compare({ operands, values }: Arguments): Promise<number> {
  const formats = wantedFormats(values.format);
  const color = wantsColor({ wanted: values.color, environment: process.env, isTerminal: process.stdout.isTTY });
  const settings = await readSettings(values);
  const progress = new Progress();
  progress.step("reading");
  let judged: Judged;
  try {
    judged = await judge(operands, settings, progress);
  } finally {
    progress.end();
  }
  const { report } = judged;
  for (const { name, file } of formats) {
    if (file !== undefined) writeWhole(file, await renderAs(name, report, { color: false, width: Infinity }));
    else await toStdout(await renderAs(name, report, { color, width: process.stdout.columns ?? Infinity }));
  }
  if (values.stats === true) sayStats(judged);
  return exitCodeOf(report, settings, values["exit-code"] === true);
}

interface Judged {
  readonly report: Report;
  readonly statistics: ReadStatistics | undefined;
  readonly processes: number | undefined;
}

async function judge(operands: readonly string[], settings: Settings, progress: Progress): Promise<Judged> {
  const { targets, landscape, rules } = settings;
  const accepts = await acceptedPaths(settings.configuration);
  const { render } = settings.configuration;
  const { base, head, processes, rendering } = await readSides(operands, { accepts, rules, render });
  const files = base.files.length + head.files.length;
  progress.step(`judging ${files} files`, bytesOf(base) + bytesOf(head) > largeInput);
  let statistics: ReadStatistics | undefined;
  const onStatistics = (read: ReadStatistics): void => {
    statistics = read;
  };
  const report = analyze(base, head, {
    targets,
    landscape,
    rules,
    onStatistics,
    ...(rendering === undefined ? {} : { rendering }),
  });
  const isUndecided = rendering !== undefined && rendering.undecided.length > 0;
  if (!report.complete && !isUndecided) (await import("../unreadable.ts")).refuseUnreadable([base, head], rules);
  return { report, statistics, processes };
}

const bytesOf = ({ files }: Side): number => files.reduce((sum, file) => sum + file.bytes.length, 0);

function sayStats({ report, statistics, processes }: Judged): void {
  const { files = 0, bytes = 0, changed = 0, parsed = 0 } = statistics ?? {};
  const clusters = new Set(report.pools.map(({ system, namespace, cluster }) => `${system} ${namespace} ${cluster}`));
  say(
    `${files} files, ${bytes} bytes, ${changed} changed documents, ${parsed} parsed, ${report.objects.length} changed objects, ` +
      `${report.pools.length} pools in ${clusters.size} clusters${processes === undefined ? "" : `, ${processes} git processes`}`,
  );
}

/** Incompleteness beats a finding: a gate that was not hit on half the evidence says little, and one that was will be again. */
async function exitCodeOf(report: Report, settings: Settings, anyEffect: boolean): Promise<number> {
  if (settings.strict && !report.complete) {
    say("--strict: the report is not complete, see its diagnostics");
    return exitCodes.incomplete;
  }
  const gates = settings.configuration.gates ?? [];
  if (settings.failOn.length === 0 && gates.length === 0)
    return anyEffect && report.pools.some(({ effect }) => effect !== "none") ? exitCodes.gate : exitCodes.ok;
  const { breachesOf } = await import("../../configuration/gates.ts");
  const breaches = breachesOf(report, { failOn: settings.failOn, anyEffect, gates });
  for (const { gate, because } of breaches) say(`gate ${gate}: ${because}`);
  return breaches.length > 0 ? exitCodes.gate : exitCodes.ok;
}
