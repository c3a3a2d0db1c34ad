import type { Report } from "../report/report.ts";
import { wantsColor } from "./color.ts";
import { renderAs, wantedFormats } from "./formats.ts";
import type { OptionValues } from "./options.ts";
import { toStdout, writeWhole } from "./output.ts";
import { isTerminal, widthOf } from "./streams.ts";

/**
 * Where a report goes, and in which formats: asked before there is one, so that a mistyped format costs no run.
 * @throws {UsageError}
 */
export function outletOf(values: OptionValues): (report: Report) => Promise<void> {
  const formats = wantedFormats(values.format);
  const color = wantsColor({ wanted: values.color, environment: process.env, isTerminal: isTerminal("stdout") });
  return async (report) => {
    for (const { name, file } of formats) {
      if (file !== undefined) writeWhole(file, await renderAs(name, report, { color: false, width: Infinity }));
      else await toStdout(await renderAs(name, report, { color, width: widthOf("stdout") }));
    }
  };
}
