import { appendFileSync } from "node:fs";
import { EOL } from "node:os";
import { error, info, notice, warning } from "@actions/core";
import { messageOf } from "../validation/message-of.ts";
import type { Annotation } from "../views/annotations.ts";
import { visible } from "../views/escape.ts";

const commands = { error, warning, notice } as const;

/** Writes annotations as workflow commands; nothing in them can be taken for a command of its own. */
export function annotate(list: readonly Annotation[]): void {
  for (const { level, title, message, file, line } of list)
    commands[level](message.split("\n").map(visible).join("\n"), {
      title: visible(title),
      ...(file === null ? {} : { file: visible(file) }),
      ...(line === null ? {} : { startLine: line }),
    });
}

/** One finding about the run as a whole. */
export function say(level: "error" | "warning" | "notice", message: string): void {
  annotate([{ level, title: "will-it-roll", message, file: null, line: null }]);
}

/** Writes to the log. Workflow commands stand at the beginning of a line, so each line begins with the program's name. */
export function tell(message: string): void {
  for (const line of message.split("\n")) info(`will-it-roll: ${visible(line)}`);
}

/** Sets the outputs of the step. A run by hand has no file for them, and nobody to read them. */
export function writeOutputs(outputs: Readonly<Record<string, string | number | boolean>>): void {
  const file = process.env["GITHUB_OUTPUT"] ?? "";
  if (file === "") return;
  // All values are of one line, and need no delimiter, for which the toolkit loads all of `node:crypto`.
  const lines = Object.entries(outputs).map(
    ([name, value]) => `${name}=${String(value).replaceAll(/[\r\n]/g, " ")}${EOL}`,
  );
  appendFileSync(file, lines.join(""));
}

/**
 * The job summary, made when there is a file for it; where it cannot be written the verdict stands all the same. The
 * toolkit would write it in the background, and start threads for that.
 */
export function writeSummary(markdown: () => string): void {
  const file = process.env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return;
  try {
    appendFileSync(file, `${markdown()}${EOL}`);
  } catch (failure) {
    say("warning", `the job summary could not be written: ${messageOf(failure)}`);
  }
}
