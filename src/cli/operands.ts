import { existsSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import { InputError } from "../sources/input-error.ts";
import { didYouMean } from "../validation/nearest-word.ts";
import { UsageError } from "./errors.ts";
import { commands } from "./options.ts";

/** An operand that exists is a path, and so is an absolute one and one with the ending of a manifest; all others are revisions. */
export const isPath = (operand: string): boolean =>
  operand === "-" ||
  (existsSync(operand) && !isHeadOfBare(operand)) ||
  isAbsolute(operand) ||
  (/\.(?:ya?ml|json)$/i.test(operand) && !operand.includes(":"));

/** In a bare repository `HEAD` and its like are files, and never meant as such. */
const isHeadOfBare = (operand: string): boolean =>
  /^(?:[A-Z]+_)?HEAD$/.test(operand) && existsSync("objects") && existsSync("refs");

/** @throws {UsageError} where there are too many operands, or one is missing. */
export function assertSides(operands: readonly string[]): void {
  const [base, head, ...more] = operands;
  if (more.length > 0)
    throw new UsageError(
      `too many operands: ${operands.join(" ")}${commandLike(base ?? "")}; give BASE and HEAD, see --help. A part of two revisions is BASE:PATH HEAD:PATH`,
    );
  if (base === "-" && head === "-")
    throw new UsageError("- stands for standard input, which can be one of the two sides only");
  if (base !== undefined && head === undefined && isPath(base))
    throw new UsageError(
      `${base} is one side: give the other too, for example will-it-roll ${exampleBase(base)} ${base}`,
    );
}

/** One file against all of a revision: each other manifest of it would count as deleted or new. */
export function assertAlike(operands: readonly string[], [revision]: readonly string[]): void {
  const file = operands.find(
    (operand) =>
      operand !== revision && isPath(operand) && statSync(operand, { throwIfNoEntry: false })?.isFile() === true,
  );
  if (file === undefined || revision === undefined || revision.includes(":")) return;
  throw new UsageError(
    `${file} is one file and ${revision} no path, so a whole revision: give ${isHere(file) ? `${revision}:./${file}` : `${revision}:PATH`} for the file as it was there`,
  );
}

/** Whether a path exists in the working directory; it may be one of a revision too. */
const isHere = (path: string): boolean => path !== "-" && !isAbsolute(path) && !path.startsWith("..");

/** What a lone head may be compared with: a file or folder with itself as it was. */
const exampleBase = (head: string): string => (isHere(head) ? `HEAD:./${head}` : "BASE");

const commandLike = (word: string): string =>
  didYouMean(
    word,
    commands.map(({ name }) => name),
  );

/** What an unknown word may have been meant as: a mistyped command, or a path that does not exist. */
export function withHint(error: unknown, operands: readonly string[]): unknown {
  const [first] = operands;
  if (!(error instanceof InputError) || first === undefined) return error;
  const unknown = operands.find((operand) => !isPath(operand));
  if (error.code === "not-a-repository" && unknown !== undefined && operands.length === 2)
    return new InputError(
      "not-found",
      `${unknown} does not exist${commandLike(first)}, and no git repository is here that could have a revision of that name. Check the path`,
    );
  if (error.code === "unknown-revision" && operands.length > 1 && /[^./]\.{2,3}(?![./])/.test(first))
    return new UsageError(
      `${first} is a range, which names both sides: give it alone. A part of two revisions is BASE:PATH HEAD:PATH`,
    );
  const hint = commandLike(first);
  return hint === "" ? error : new InputError(error.code, `${error.message}${hint}`);
}
