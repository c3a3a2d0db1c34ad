import { parseArgs, type ParseArgsConfig } from "node:util";
import { didYouMean } from "../validation/nearest-word.ts";
import { UsageError } from "./errors.ts";
import { type CommandName, commands, type OptionRow, options, type OptionValues } from "./options.ts";

export interface Arguments {
  /** Absent for the comparison itself. */
  readonly command: CommandName | undefined;
  readonly operands: readonly string[];
  readonly values: OptionValues;
}

const rows: ReadonlyMap<string, OptionRow> = new Map(options.map((row) => [row.name, row]));

/** An operand of one dash is standard input, and a command only where a first operand stands. */
const isCommand = (word: string | undefined): word is CommandName => commands.some(({ name }) => name === word);

const configuration: ParseArgsConfig["options"] = Object.fromEntries(
  [...rows.values()].map(({ name, short, value }) => [
    name,
    { type: value === undefined ? "boolean" : "string", multiple: true, ...(short === undefined ? {} : { short }) },
  ]),
);

function unknownOption(rawName: string): UsageError {
  const hint = didYouMean(rawName.replace(/^-+/, ""), [...rows.keys()]);
  return new UsageError(`unknown option ${rawName}${hint.replace('"', '"--')}; see will-it-roll --help`);
}

/**
 * Reads the command line. Options may stand anywhere; `--` ends them.
 * @throws {UsageError} that names the word, and the nearest known one.
 */
export function readArguments(argv: readonly string[]): Arguments {
  // Not `strict`: its messages are for developers, and name no nearest word.
  const { tokens } = parseArgs({
    args: [...argv],
    options: configuration,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string | boolean | string[]> = {};
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const row = rows.get(token.name);
    if (row === undefined) throw unknownOption(token.rawName);
    const { name, value, repeatable } = row;
    if (value === undefined) {
      if (token.value !== undefined) throw new UsageError(`--${name} takes no value, but got "${token.value}"`);
      values[name] = true;
      continue;
    }
    // Without an equals sign, a value that looks like an option is one: the value was forgotten.
    const forgotten = token.value === undefined || (!token.inlineValue && /^-./.test(token.value));
    if (forgotten || token.value === "") throw new UsageError(`--${name} needs a value: --${name} ${value}`);
    if (repeatable === true) (values[name] = (values[name] as string[] | undefined) ?? []).push(token.value);
    else if (values[name] === undefined) values[name] = token.value;
    else throw new UsageError(`--${name} was given twice: once is enough`);
  }
  const first = tokens.find(({ kind }) => kind !== "option");
  const command = first?.kind === "positional" && isCommand(first.value) ? first.value : undefined;
  return { command, operands: command === undefined ? operands : operands.slice(1), values };
}
