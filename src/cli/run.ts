import { InputError } from "../sources/input-error.ts";
import { ProblemsError } from "../validation/problems-error.ts";
import { version } from "../version.ts";
import { type Arguments, readArguments } from "./arguments.ts";
import { exitCodes, UsageError } from "./errors.ts";
import { formatNames } from "./format-names.ts";
import { helpText } from "./help.ts";
import { OutputError, say, toStdout } from "./output.ts";

/** Runs the command line; resolves to the exit code. Nothing but the report goes to standard output. */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    const given = readArguments(argv);
    if (given.values.help === true)
      return await toStdout(helpText(formatNames, given.command)).then(() => exitCodes.ok);
    if (given.values.version === true) return await toStdout(`will-it-roll ${version}\n`).then(() => exitCodes.ok);
    return await runCommand(given);
  } catch (error) {
    return failed(error);
  }
}

/** Commands are loaded when they are asked for: a run pays for the start of what it uses. */
async function runCommand(given: Arguments): Promise<number> {
  switch (given.command) {
    case undefined:
      return (await import("./commands/compare.ts")).compare(given);
    case "explain":
      return (await import("./commands/explain.ts")).explain(given);
    case "rules":
      return (await import("./commands/rules.ts")).rules(given);
    case "schema":
      return (await import("./commands/schema.ts")).schema(given);
    case "merge":
      return (await import("./commands/merge.ts")).merge(given);
    case "comment":
      return (await import("./commands/comment.ts")).comment(given);
    default:
      return given.command satisfies never;
  }
}

/** Reports what ended a run, and returns the exit code for it. */
export function failed(error: unknown): number {
  if (error instanceof UsageError || error instanceof ProblemsError || error instanceof OutputError) {
    say(error.message);
    return exitCodes.usage;
  }
  if (error instanceof InputError) {
    say(error.message);
    return exitCodes.input;
  }
  if (isFolderGone(error)) {
    say("the current folder is gone: change into one that exists");
    return exitCodes.input;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  say(`this is a bug in will-it-roll, please report it with what you ran:\n${detail}`);
  return exitCodes.bug;
}

const isFolderGone = (error: unknown): boolean =>
  error instanceof Error && "syscall" in error && error.syscall === "uv_cwd";
