import { mergeShards } from "../../report/merge-shards.ts";
import type { Report } from "../../report/report.ts";
import { InputError } from "../../sources/input-error.ts";
import { messageOf } from "../../validation/message-of.ts";
import type { Arguments } from "../arguments.ts";
import { UsageError } from "../errors.ts";
import { exitCodeOf } from "../gates.ts";
import { readReportFile } from "../report-file.ts";
import { reportWriter } from "../report-writer.ts";
import { readSettings } from "../settings.ts";

/** Joins the reports of all shards of a run, shows them as one, and applies the gates. */
export async function merge({ operands, values }: Arguments): Promise<number> {
  if (operands.length === 0) throw new UsageError("merge which reports? will-it-roll merge REPORT.json...");
  const write = reportWriter(values, operands);
  const settings = await readSettings(values);
  const report = joined(operands);
  await write(report);
  return exitCodeOf(report, settings, values["exit-code"] === true);
}

function joined(files: readonly string[]): Report {
  const parts = files.map((name) => ({ name, report: readReportFile(name) }));
  try {
    return mergeShards(parts);
  } catch (error) {
    throw new InputError("not-one-run", `cannot merge: ${messageOf(error)}`);
  }
}
