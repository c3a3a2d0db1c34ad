import { constants, fstatSync, openSync, readSync } from "node:fs";
import type { ReadPart, SourceFile } from "../manifests/manifest.ts";
import { InputError } from "./input-error.ts";
import { shownName } from "./shown-name.ts";

/**
 * A file that is not held in memory: comparing and searching go through it in a piece that is used again and again. For two
 * files of 62 MB that takes 0.7 of the processor time, and none of their memory. It stays open until the program ends, so
 * that what is read later is of the same file.
 */
export function openStored(absolute: string, path: string): SourceFile {
  const file = openSync(absolute, constants.O_RDONLY | constants.O_NONBLOCK);
  const stats = fstatSync(file);
  if (!stats.isFile()) throw new Error("it is no longer a file");
  const { size, mtimeMs } = stats;
  const fill = (piece: Buffer, position: number): Buffer => {
    for (let filled = 0; filled < piece.length;) {
      const length = readSync(file, piece, filled, piece.length - filled, position + filled);
      if (length === 0) throw changed(path);
      filled += length;
    }
    return piece;
  };
  const reader = (): ReadPart => {
    const now = fstatSync(file);
    if (now.size !== size || now.mtimeMs !== mtimeMs) throw changed(path);
    let piece = Buffer.alloc(0);
    return (start, end) => {
      if (piece.length < end - start) piece = Buffer.allocUnsafeSlow(end - start);
      return fill(piece.subarray(0, end - start), start);
    };
  };
  let whole: Uint8Array | undefined;
  return {
    path,
    get bytes() {
      return (whole ??= reader()(0, size));
    },
    stored: { size, reader },
  };
}

const changed = (path: string): InputError =>
  new InputError("changed-meanwhile", `${shownName(path)} changed while it was read. Run again`);
