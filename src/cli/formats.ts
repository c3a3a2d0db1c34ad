import type { Report } from "../report/report.ts";
import { didYouMean } from "../validation/nearest-word.ts";
import { UsageError } from "./errors.ts";
import { type FormatName, formatNames } from "./format-names.ts";
import { fileBehind } from "./output.ts";

/** One view, and where it is written. */
interface WantedFormat {
  readonly name: FormatName;
  /** A file; standard output when absent or `-`. */
  readonly file: string | undefined;
}

interface Screen {
  readonly color: boolean;
  readonly width: number;
}

const isFormat = (name: string): name is FormatName => formatNames.some((known) => known === name);

/** @throws {UsageError} when a name is not known, or two views would overwrite each other. */
export function wantedFormats(given: readonly string[] | undefined): WantedFormat[] {
  const wanted = (given ?? ["text"]).map((text): WantedFormat => {
    const equals = text.indexOf("=");
    const name = equals < 0 ? text : text.slice(0, equals);
    if (!isFormat(name))
      throw new UsageError(
        `--format: no format is called "${name}"${didYouMean(name, formatNames)}: one of ${formatNames.join(", ")}`,
      );
    const file = equals < 0 ? undefined : text.slice(equals + 1);
    if (file === "") throw new UsageError(`--format ${text}: the name of a file is missing behind =`);
    return { name, file: file === "-" ? undefined : file };
  });
  const files = wanted.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const behind = files.map(fileBehind);
  const twice = files.find((_, index) => behind.indexOf(behind[index] ?? "") !== index);
  if (twice !== undefined) throw new UsageError(`two formats would both be written to ${twice}`);
  const printed = wanted.filter(({ file }) => file === undefined).map(({ name }) => name);
  if (printed.length > 1)
    throw new UsageError(
      `${printed.join(" and ")} would both be written to standard output: give all but one a file, as in --format ${printed.at(-1)}=FILE`,
    );
  return wanted;
}

/**
 * The format of a command that prints one thing: for people or for programs.
 * @throws {UsageError} for any other, for several, and for a file
 */
export function textOrJson(command: string, given: readonly string[] | undefined): "text" | "json" {
  const [format, ...more] = wantedFormats(given);
  if (format === undefined || more.length > 0 || format.file !== undefined || format.name === "markdown")
    throw new UsageError(`${command} prints one of: --format text, --format json`);
  return format.name;
}

/** The text of a view. Views are loaded when they are asked for. */
export async function renderAs(name: FormatName, report: Report, screen: Screen): Promise<string> {
  switch (name) {
    case "text":
      return (await import("../views/text.ts")).renderText(report, screen);
    case "json":
      return (await import("../views/json.ts")).renderJson(report);
    case "markdown":
      return (await import("../views/markdown.ts")).renderMarkdown(report);
    default:
      return name satisfies never;
  }
}
