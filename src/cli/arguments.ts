import { parseArgs, type ParseArgsConfig } from "node:util";
import { didYouMean } from "../validation/nearest-word.ts";
import { UsageError } from "./errors.ts";
import { type CommandName, commands, type OptionRow, options, type OptionValues, type Use } from "./options.ts";

export interface Arguments {
  /** Absent for the comparison itself. */
  readonly command: CommandName | undefined;
  readonly operands: readonly string[];
  readonly values: OptionValues;
}

const rows: ReadonlyMap<string, OptionRow> = new Map(options.map((row) => [row.name, row]));

const commandNames = commands.map(({ name }) => name);

const isCommand = (word: string | undefined): word is CommandName => commandNames.some((name) => name === word);

const configuration: ParseArgsConfig["options"] = Object.fromEntries(
  [...rows.values()].map(({ name, short, value }) => [
    name,
    { type: value === undefined ? "boolean" : "string", multiple: true, ...(short === undefined ? {} : { short }) },
  ]),
);

/** What other tools call it, and its name here. */
const elsewhere: Readonly<Record<string, string>> = {
  "-o": "--format",
  "--output": "--format",
  "--json": "--format json",
  "--markdown": "--format markdown",
  "--no-color": "--color never",
  "--base": "BASE and HEAD, without an option",
  "--head": "BASE and HEAD, without an option",
  "-v": "--version",
};

function unknownOption(rawName: string): UsageError {
  const other = elsewhere[rawName];
  if (other !== undefined)
    return new UsageError(`unknown option ${rawName}: here it is ${other}; see will-it-roll --help`);
  const hint = didYouMean(rawName.replace(/^-+/, ""), [...rows.keys()]);
  return new UsageError(`unknown option ${rawName}${hint.replace('"', '"--')}; see will-it-roll --help`);
}

/**
 * Reads the command line. Options may be anywhere; `--` ends them. The first operand may be a command, or one of the
 * words `help` and `version`: write `./help` for a file of that name.
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
  const values: Values = {};
  for (const token of tokens) if (token.kind === "option") readOption(token, values);
  const operands = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  if (operands.includes(""))
    throw new UsageError("an operand is empty, as a variable is that nobody has set; see will-it-roll --help");
  const first = tokens.find(({ kind }) => kind !== "option");
  const word = first?.kind === "positional" ? first.value : undefined;
  if (word === "help" || word === "version") values[word] = true;
  const [named] = word === "help" ? operands.slice(1) : [word];
  if (word === "help" && named !== undefined && !isCommand(named))
    throw new UsageError(`no command is called "${named}"${didYouMean(named, commandNames)}; see will-it-roll --help`);
  const command = isCommand(named) ? named : undefined;
  if (values["help"] === undefined && values["version"] === undefined)
    for (const name of Object.keys(values)) assertGoesWith(name, command ?? "comparison");
  return { command, operands: command === undefined ? operands : operands.slice(1), values };
}

type Values = Record<string, string | boolean | string[]>;

/** One of the tokens that stand for options. */
interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  /** The value is after an equals sign. */
  readonly inlineValue?: boolean | undefined;
}

function readOption(token: OptionToken, values: Values): void {
  const row = rows.get(token.name);
  if (row === undefined) throw unknownOption(token.rawName);
  const { name, value, repeatable } = row;
  if (value === undefined) {
    if (token.value !== undefined) throw new UsageError(`--${name} takes no value, but got "${token.value}"`);
    values[name] = true;
    return;
  }
  // Without an equals sign, a value that looks like an option is one: the value was forgotten.
  const forgotten = token.value === undefined || (token.inlineValue !== true && /^-./.test(token.value));
  if (forgotten || token.value === "") throw new UsageError(`--${name} needs a value: --${name} ${value}`);
  if (repeatable === true) (values[name] = (values[name] as string[] | undefined) ?? []).push(token.value);
  else if (values[name] === undefined) values[name] = token.value;
  else throw new UsageError(`--${name} was given twice: once is enough`);
}

/** Refuses an option that has no effect with this command: whoever gives it expects one. */
function assertGoesWith(name: string, use: Use): void {
  const of = rows.get(name)?.of;
  if (of === undefined || of.includes(use)) return;
  const others = of.map((one) => (one === "comparison" ? "a comparison" : one)).join(" and ");
  throw new UsageError(
    `--${name} does not go with ${use === "comparison" ? "a comparison" : use}: it is for ${others}; see will-it-roll --help`,
  );
}
