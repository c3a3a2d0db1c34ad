import { commands, type OptionRow, options } from "./options.ts";

const width = 80;

/** `  left   right`, the right part wrapped below itself. */
function entry(left: string, right: string, column: number): string[] {
  const lines: string[] = [];
  let line = `  ${left}`.padEnd(column);
  for (const word of right.split(" ")) {
    if (line.length + 1 + word.length > width && line.trim() !== "") {
      lines.push(line.trimEnd());
      line = " ".repeat(column);
    }
    line += line.endsWith(" ") ? word : ` ${word}`;
  }
  return [...lines, line.trimEnd()];
}

const optionName = ({ name, short, value }: OptionRow): string =>
  `${short === undefined ? "   " : `-${short},`} --${name}${value === undefined ? "" : ` ${value}`}`;

/** The text of `--help`; `formats` are the names that `--format` takes. */
export function helpText(formats: readonly string[]): string {
  const shown: readonly OptionRow[] = options;
  const column = 4 + Math.max(...shown.map((row) => optionName(row).length));
  const commandColumn = 4 + Math.max(...commands.map(({ usage }) => usage.length));
  const explained = (about: string): string => (about === "$formats" ? `${formats.join(", ")}; repeatable` : about);
  return [
    "will-it-roll [options] [BASE [HEAD]]",
    "What a change to Gardener or HyperShift manifests does to each pool's nodes.",
    "",
    "BASE, HEAD: a file, a directory, - (standard input), a git revision REV or",
    "REV:PATH. Without them: merge base with the default branch, to working tree.",
    "",
    ...shown.flatMap((row) => entry(optionName(row), explained(row.about), column)),
    "",
    ...commands.flatMap(({ usage, about }) => entry(usage, about, commandColumn)),
    "",
    "Exit: 0 ran, no gate hit; 1 gate hit; 2 usage or configuration; 3 an input",
    "could not be read; 4 incomplete under --strict. An error beats a finding.",
    "",
  ].join("\n");
}
