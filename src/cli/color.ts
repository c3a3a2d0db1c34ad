import { didYouMean } from "../validation/nearest-word.ts";
import { UsageError } from "./errors.ts";

const choices = ["auto", "always", "never"];

interface ColorCircumstances {
  /** The value of `--color`. */
  readonly wanted: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

/**
 * Whether to colour: `--color`, then FORCE_COLOR, then NO_COLOR (as Node.js ranks them), then whether the output is a terminal.
 * @throws {UsageError} when `--color` is not one of its values.
 */
export function wantsColor({ wanted, environment, isTerminal }: ColorCircumstances): boolean {
  if (wanted !== undefined && !choices.includes(wanted))
    throw new UsageError(
      `--color: no choice is called "${wanted}"${didYouMean(wanted, choices)}: one of ${choices.join(", ")}`,
    );
  if (wanted === "always" || wanted === "never") return wanted === "always";
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: terminal } = environment;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return isTerminal && terminal !== "dumb";
}
