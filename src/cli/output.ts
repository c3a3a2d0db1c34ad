import { lstatSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf } from "../validation/message-of.ts";
import { plainText } from "./plain-text.ts";
import { writeTo } from "./streams.ts";

/** The report could not be written. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/**
 * Writes to standard output and waits until all of it is taken; the exit code stays what the report says when nobody reads it.
 * @throws {OutputError}
 */
export async function toStdout(text: string): Promise<void> {
  try {
    await writeTo("stdout", text);
  } catch (error) {
    throw new OutputError(`cannot write to standard output: ${reasonOf(error)}`, { cause: error });
  }
}

/** A line on standard error that begins with the program's name. Control characters in it are made harmless. */
export function say(message: string): void {
  // The exit code still tells when not even an error can be written.
  void writeTo("stderr", `will-it-roll: ${plainText(message)}\n`).catch(() => undefined);
}

/** Why a write failed, in plain words for the common reasons. */
function reasonOf(error: unknown): string {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "ENOENT":
      return "its folder does not exist";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "you may not write it";
    case "EROFS":
      return "the file system can only be read";
    case "ENOSPC":
      return "no space is left";
    default:
      return messageOf(error);
  }
}

/** /dev/stderr and FIFOs can only be written to, and so can what a link names that is not there yet. */
const isReplaceable = (name: string, path: string): boolean =>
  !/^\/(?:dev|proc)\//.test(name) && (lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? true);

/** The file behind a name, by which two names of one file are told to be that. */
export function fileBehind(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/**
 * Writes a file as a whole or not at all, so that nobody finds half of one. A link stays, and its file is written.
 * @throws {OutputError} that names the file.
 */
export function writeWhole(name: string, text: string): void {
  const path = fileBehind(name);
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    if (!isReplaceable(name, path)) return writeFileSync(name, text);
    writeFileSync(unfinished, text);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new OutputError(`cannot write ${name}: ${reasonOf(error).replace(unfinished, () => name)}`, { cause: error });
  }
}
