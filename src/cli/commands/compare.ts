import { analyze, type Report, type Side } from "../../index.ts";
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
  const { base, head } = await readSides(operands, {
    accepts: await acceptedPaths(settings.configuration),
    rules: settings.rules,
  });
  const bytes = bytesOf(base) + bytesOf(head);
  progress.step(`judging ${base.files.length + head.files.length} files`, bytes > largeInput);
  const { targets, landscape, rules } = settings;
  const report = analyze(base, head, { targets, landscape, rules });
  if (!report.complete) (await import("../unreadable.ts")).refuseUnreadable([base, head], rules);
  progress.end();
  for (const { name, file } of formats) {
    if (file !== undefined) writeWhole(file, await renderAs(name, report, { color: false, width: Infinity }));
    else await toStdout(await renderAs(name, report, { color, width: process.stdout.columns ?? Infinity }));
  }
  if (values.stats === true) sayStats(report, base, head, bytes);
  return exitCodeOf(report, settings, values["exit-code"] === true);
}

const bytesOf = ({ files }: Side): number => files.reduce((sum, file) => sum + file.bytes.length, 0);

function sayStats(report: Report, base: Side, head: Side, bytes: number): void {
  const clusters = new Set(report.pools.map(({ system, namespace, cluster }) => `${system} ${namespace} ${cluster}`));
  say(
    `${base.files.length} and ${head.files.length} files, ${bytes} bytes, ${report.objects.length} changed objects, ` +
      `${report.pools.length} pools in ${clusters.size} clusters`,
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
