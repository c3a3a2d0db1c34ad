import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { plainText } from "./plain-text.ts";

/** The report could not be written. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/**
 * Writes to standard output and waits until all of it is taken. A reader that has gone (`| head`) had what it wanted: that
 * is no failure, and the exit code stays what the report says.
 */
export function toStdout(text: string): Promise<void> {
  const { stdout } = process;
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => {
      if (error === undefined || error === null || codeOf(error) === "EPIPE") resolve();
      else reject(new OutputError(`cannot write to standard output: ${error.message}`));
    };
    // Without a listener the stream would throw what the callback is told too.
    stdout.once("error", done);
    stdout.write(text, (error) => {
      done(error);
      // A failed write emits its error after this call.
      if (error === undefined || error === null) stdout.off("error", done);
    });
  });
}

/** A line on standard error, named as a shell's tools do. What a stranger may have written in it is made harmless. */
export function say(message: string): void {
  process.stderr.write(`will-it-roll: ${plainText(message)}\n`);
}

const isRegularOrMissing = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? true;

/**
 * Writes a file as a whole or not at all: somebody who finds it can trust it.
 * @throws {OutputError} that names the file.
 */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    // /dev/stderr and FIFOs can only be written to, not replaced.
    if (!isRegularOrMissing(path)) return writeFileSync(path, text);
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new OutputError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
