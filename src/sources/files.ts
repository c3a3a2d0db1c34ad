import {
  closeSync,
  constants,
  createReadStream,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
  type Stats,
} from "node:fs";
import { relative, resolve, sep } from "node:path";
import type { Diagnostic, SourceFile } from "../manifests/manifest.ts";
import { walk } from "./directory.ts";
import type { FolderLinks } from "./folder-links.ts";
import { InputError } from "./input-error.ts";
import { shownName } from "./shown-name.ts";

/** What an operand holds. */
export interface Input {
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** For a directory only. */
  readonly folderLinks?: FolderLinks;
}

interface FileOptions {
  readonly cwd?: string;
  /** What `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  readonly bounds?: Partial<FileBounds>;
  /** Leave a file where it is, and read of it what is needed. */
  readonly isStored?: boolean;
}

/** How much is read. */
export interface FileBounds {
  /**
   * Of one file, or of standard input, in bytes: at the bound the operand is refused; in a directory the file is left out and
   * the report is not complete.
   */
  readonly fileBytes: number;
  /** Files of one directory: those after it are left out and the report is not complete. */
  readonly files: number;
}
export const defaultFileBounds: FileBounds = { fileBytes: 256 * 1024 * 1024, files: 200_000 };

/**
 * Reads an operand that names a file, a directory, a pipe (`<(kustomize build .)`, `/dev/null`) or, as `-`, standard
 * input. In a directory: all files below it that are called like manifests or like programs that make them, those that
 * `kubectl diff` writes, and those without an ending that read as manifests.
 * @throws {InputError}
 */
export async function readOperand(operand: string, options: FileOptions = {}): Promise<Input> {
  const bounds = { ...defaultFileBounds, ...options.bounds };
  if (operand === "-") {
    const bytes = await readStream(options.stdin ?? process.stdin, operand, bounds.fileBytes);
    return { files: [{ path: "stdin", bytes }], diagnostics: [] };
  }
  const cwd = options.cwd ?? process.cwd();
  const path = resolve(cwd, operand);
  const stats = statOperand(path, operand);
  const below = relative(cwd, path);
  const isInside = below !== ".." && !below.startsWith(`..${sep}`) && resolve(below) !== below;
  if (stats.isDirectory()) {
    const prefix = isInside && below !== "" ? `${forward(below)}/` : "";
    try {
      return walk(path, prefix, bounds);
    } catch (error) {
      throw refusal(error, operand);
    }
  }
  if (stats.isFIFO() || stats.isCharacterDevice()) {
    const bytes = await readStream(createReadStream(path), operand, bounds.fileBytes);
    return { files: [{ path: operand, bytes }], diagnostics: [] };
  }
  if (!stats.isFile()) throw new InputError("not-a-file", notAFile(operand, stats));
  if (stats.size > bounds.fileBytes) throw tooLarge(operand, bounds.fileBytes);
  try {
    const shown = shownName(isInside ? forward(below) : forward(operand));
    const file =
      options.isStored === true
        ? (await import("./stored-file.ts")).openStored(path, shown)
        : { path: shown, bytes: readRegular(path) };
    return { files: [file], diagnostics: [] };
  } catch (error) {
    throw refusal(error, operand);
  }
}

/** Opens without waiting, so that a FIFO put in the place of a file cannot stop the run. */
export function readRegular(path: string | Buffer): Uint8Array {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) throw new Error("it is no longer a file");
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/** Why a file system call failed, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "it does not exist";
    case "EACCES":
    case "EPERM":
      return "permission is denied";
    case "ELOOP":
      return "its symbolic links form a loop";
    case "ENOTDIR":
      return "a part of its path is not a directory";
    case "ENAMETOOLONG":
      return "its name is too long";
    case "EISDIR":
      return "it is a folder";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open";
    default:
      return error instanceof Error ? error.message : "of an unknown error";
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

/** Why a file could not be read, and what to look at. */
export function reasonAndAdvice(error: unknown): string {
  return `${reasonOf(error)}. ${isMissing(error) ? "Check the path" : "Check the path and its permissions"}`;
}

function statOperand(path: string, operand: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw refusal(error, operand);
  }
}

function refusal(error: unknown, operand: string): InputError {
  if (error instanceof InputError) return error;
  return new InputError(
    isMissing(error) ? "not-found" : "not-readable",
    `cannot read ${shownName(operand)}: ${reasonAndAdvice(error)}`,
  );
}

function notAFile(operand: string, stats: Stats): string {
  const kind = stats.isSocket() ? "a socket" : "a block device";
  return `cannot read ${shownName(operand)}: it is ${kind}, not a file or a directory. Pass - to read standard input`;
}

function tooLarge(operand: string, bytes: number): InputError {
  return new InputError("too-large", `cannot read ${streamName(operand)}: it is larger than ${bytes} bytes. Split it`);
}

const streamName = (operand: string): string => (operand === "-" ? "standard input" : shownName(operand));

/** What comes out of a stream until its end. */
async function readStream(
  stream: AsyncIterable<Uint8Array | string>,
  operand: string,
  bound: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      if (length > bound) throw tooLarge(operand, bound);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError("not-readable", `cannot read ${streamName(operand)}: ${reasonOf(error)}. Pass a file instead`);
  }
  return Buffer.concat(chunks);
}

function forward(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}
