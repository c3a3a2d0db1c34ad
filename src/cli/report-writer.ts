import type { Report } from "../report/report.ts";
import { wantsColor } from "./color.ts";
import { UsageError } from "./errors.ts";
import { renderAs, wantedFormats } from "./formats.ts";
import type { OptionValues } from "./options.ts";
import { fileBehind, toStdout, writeWhole } from "./output.ts";
import { isTerminal, widthOf } from "./streams.ts";

/**
 * Writes a report in the wanted formats, to the places that the command line names. Made before there is a report, so that a
 * mistyped format, and the name of a file that is an operand, are refused at once.
 * @throws {UsageError}
 */
export function reportWriter(values: OptionValues, operands: readonly string[]): (report: Report) => Promise<void> {
  const formats = wantedFormats(values.format);
  const read = new Set(operands.map(fileBehind));
  const over = formats.find(({ file }) => file !== undefined && read.has(fileBehind(file)));
  if (over !== undefined)
    throw new UsageError(`--format ${over.name}=${over.file} would be written over what is read: name another file`);
  const color = wantsColor({ wanted: values.color, environment: process.env, isTerminal: isTerminal("stdout") });
  return async (report) => {
    for (const { name, file } of formats) {
      if (file !== undefined) writeWhole(file, await renderAs(name, report, { color: false, width: Infinity }));
      else await toStdout(await renderAs(name, report, { color, width: widthOf("stdout") }));
    }
  };
}
