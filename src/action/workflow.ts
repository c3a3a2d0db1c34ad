import { appendFileSync } from "node:fs";
import { writeTo } from "../cli/streams.ts";
import type { Annotation } from "../views/annotations.ts";
import { visible } from "../views/escape.ts";

// The protocol of the runner (actions/runner ActionCommand.cs, FileCommandManager.cs), without the toolkit: that loads more
// of Node.js than all the rest of a run in which nothing relevant changed.

const inMessage = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const inProperty = (text: string): string => inMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Lines that nobody can read any more are lost, and the exit code still says how it went. */
function print(line: string): void {
  void writeTo("stdout", `${line}\n`).catch(() => undefined);
}

/** Annotations as the runner takes them; it is told nothing that could be a command of its own. */
export function annotate(list: readonly Annotation[]): void {
  for (const { level, title, message, file, line } of list) {
    const properties = { title, file, line: line === null ? null : String(line) };
    const given = Object.entries(properties).flatMap(([name, value]) =>
      value === null ? [] : [`${name}=${inProperty(visible(value))}`],
    );
    print(`::${level} ${given.join(",")}::${inMessage(message.split("\n").map(visible).join("\n"))}`);
  }
}

/** One finding about the run as a whole. */
export function say(level: "error" | "warning" | "notice", message: string): void {
  annotate([{ level, title: "will-it-roll", message, file: null, line: null }]);
}

/** A line in the log. Workflow commands begin a line, so what is told does not. */
export function tell(message: string): void {
  for (const line of message.split("\n")) print(`- ${visible(line)}`);
}

/** Outputs of the step; without a file for them (a run by hand) there is nobody to read them. */
export function writeOutputs(outputs: Readonly<Record<string, string | number | boolean>>): void {
  const file = process.env["GITHUB_OUTPUT"] ?? "";
  if (file === "") return;
  // A value ends at a line that it cannot hold itself: it would let a stranger set other outputs.
  const text = Object.values(outputs).join("\n");
  let end = "ghadelimiter_end";
  while (text.includes(end)) end += "_";
  appendFileSync(
    file,
    Object.entries(outputs)
      .map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`)
      .join(""),
  );
}

/** The job summary, made when there is a file for it; where it cannot be written the verdict stands all the same. */
export function writeSummary(markdown: () => string): void {
  const file = process.env["GITHUB_STEP_SUMMARY"] ?? "";
  if (file === "") return;
  try {
    appendFileSync(file, `${markdown()}\n`);
  } catch (failure) {
    say(
      "warning",
      `the job summary could not be written: ${failure instanceof Error ? failure.message : String(failure)}`,
    );
  }
}
