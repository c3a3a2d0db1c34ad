import { existsSync } from "node:fs";
import type { Side } from "../index.ts";
import { readOperand } from "../sources/files.ts";
import { InputError } from "../sources/input-error.ts";
import { didYouMean } from "../validation/nearest-word.ts";
import { UsageError } from "./errors.ts";
import { commands } from "./options.ts";

export interface Sides {
  readonly base: Side;
  readonly head: Side;
}

/** Reads one operand; a word that is nothing may be a mistyped command. */
async function readSide(operand: string, accepts: (path: string) => boolean): Promise<Side> {
  try {
    const { files, diagnostics } = await readOperand(operand);
    return {
      label: operand === "-" ? "standard input" : operand,
      files: files.filter(({ path }) => accepts(path)),
      diagnostics,
    };
  } catch (error) {
    if (!(error instanceof InputError) || existsSync(operand)) throw error;
    const hint = didYouMean(
      operand,
      commands.map(({ name }) => name),
    );
    throw hint === "" ? error : new InputError(error.code, operand, `${error.message}${hint}`);
  }
}

/**
 * Reads the two sides of a run.
 * @throws {UsageError | InputError}
 */
export async function readSides(operands: readonly string[], accepts: (path: string) => boolean): Promise<Sides> {
  const [base, head, ...more] = operands;
  if (more.length > 0) throw new UsageError(`too many operands: ${operands.join(" ")}; give BASE and HEAD, see --help`);
  if (base === undefined || head === undefined)
    throw new UsageError("give BASE and HEAD: two files, two directories, or one of them - for standard input");
  if (base === "-" && head === "-")
    throw new UsageError("- stands for standard input, which can be one of the two sides only");
  return { base: await readSide(base, accepts), head: await readSide(head, accepts) };
}
