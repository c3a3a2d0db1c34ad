import { type CommandName, commands, type OptionRow, options } from "./options.ts";

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

function optionLines(shown: readonly OptionRow[], formats: readonly string[]): string[] {
  const column = 4 + Math.max(...shown.map((row) => optionName(row).length));
  const explained = (about: string): string => (about === "$formats" ? `${formats.join(", ")}; repeatable` : about);
  return shown.flatMap((row) => entry(optionName(row), explained(row.about), column));
}

/** The text of `COMMAND --help`: the command, and the options that go with it. */
function commandHelp(name: CommandName, formats: readonly string[]): string {
  const { usage, about, more } = commands.find((row) => row.name === name)!;
  const shown: readonly OptionRow[] = options;
  // Reports are written in several formats at once; all else is printed, in one.
  const isReport = name === "merge";
  const own = shown
    .filter(({ of }) => of === undefined || of.includes(name))
    .map((row) => (isReport || row.name !== "format" ? row : { ...row, value: "NAME", about: "text or json" }));
  return [
    `will-it-roll ${usage} [options]`,
    `${about[0]!.toUpperCase()}${about.slice(1)}.`,
    "",
    ...entry("", more, 0).map((line) => line.trimStart()),
    "",
    ...optionLines(own, formats),
    "",
  ].join("\n");
}

/** The text of `--help`, of one command where it is named; `formats` are the names that `--format` takes. */
export function helpText(formats: readonly string[], command?: CommandName): string {
  if (command !== undefined) return commandHelp(command, formats);
  const commandColumn = 4 + Math.max(...commands.map(({ usage }) => usage.length));
  return [
    "will-it-roll [options] [BASE [HEAD]]",
    "What a change to Gardener or HyperShift manifests does to each pool's nodes.",
    "",
    "BASE, HEAD: a file, a directory, - (standard input), a git revision REV or",
    "REV:PATH. Without them: the working tree against the merge base with the",
    "default branch.",
    "",
    ...optionLines(options, formats),
    "",
    ...commands.flatMap(({ usage, about }) => entry(usage, about, commandColumn)),
    "",
    "Exit: 0 ran, no gate hit; 1 gate hit; 2 usage or configuration; 3 an input",
    "could not be read; 4 incomplete under --strict. An error beats a finding.",
    "",
  ].join("\n");
}
