import { readFileSync, statSync } from "node:fs";
import { readReport } from "../report/read-report.ts";
import type { Report } from "../report/report.ts";
import { reasonOf } from "../sources/files.ts";
import { InputError } from "../sources/input-error.ts";

/** The largest report that is read, in bytes. */
export const longestReport = 256 * 1024 * 1024;

/**
 * Reads a report that `--format json` wrote.
 * @throws {InputError} when it cannot be read, is too long or is no report.
 */
export function readReportFile(path: string): Report {
  try {
    if (statSync(path).size > longestReport) throw new Error(`it has more than ${longestReport} bytes`);
    return readReport(readFileSync(path, "utf8"));
  } catch (error) {
    const why = reasonOf(error);
    throw new InputError("not-a-report", `cannot read the report ${path}: ${why}. Make it with --format json`);
  }
}
