import type { ReadPart, SourceFile } from "../manifest.ts";
import { commonPrefix, commonSuffix } from "./bytes.ts";
import { firstBorder, lastBorder } from "./separators.ts";

/** Looks at files part by part, whether they are held in memory or not. */

/** The size of a part: small enough for the processor's cache. */
const piece = 128 * 1024;

/** How many bytes a file has. */
export const sizeOf = (file: SourceFile): number => file.stored?.size ?? file.bytes.length;

/** Gives parts of a file. Each may overwrite the one before. */
export const readerOf = (file: SourceFile): ReadPart =>
  file.stored?.reader() ?? ((start, end) => file.bytes.subarray(start, end));

/** The bytes of a file between two offsets. */
export const sliceOf = (file: SourceFile, start: number, end: number): Uint8Array => readerOf(file)(start, end);

/** How many bytes at the beginning of two files are the same. */
export function sameFromStart(a: SourceFile, b: SourceFile): number {
  const [left, right] = [readerOf(a), readerOf(b)];
  const most = Math.min(sizeOf(a), sizeOf(b));
  for (let same = 0; ;) {
    const end = Math.min(same + piece, most);
    const isEnd = end === most;
    const equal = commonPrefix(left(same, end), right(same, end));
    if (isEnd || same + equal < end) return same + equal;
    same = end;
  }
}

/** How many bytes at their end are, `most` at most. */
export function sameFromEnd(a: SourceFile, b: SourceFile, most: number): number {
  const [left, right] = [readerOf(a), readerOf(b)];
  const [leftEnd, rightEnd] = [sizeOf(a), sizeOf(b)];
  for (let same = 0; ;) {
    const length = Math.min(piece, most - same);
    const [from, to] = [leftEnd - same, rightEnd - same];
    const equal = commonSuffix(left(from - length, from), right(to - length, to), length);
    same += equal;
    if (same === most || equal < length) return same;
  }
}

/** After the last separator line that ends before `end`; the beginning of the file when there is none. */
export function borderBefore(file: SourceFile, end: number): number {
  const read = readerOf(file);
  for (let length = piece; ; length *= 2) {
    const start = Math.max(0, end - length);
    const border = lastBorder(read(start, end), 0, end - start);
    if (border > 0 || start === 0) return start + border;
  }
}

/** After the first separator line whose line before ends at or after `from`; the end of the file when there is none. */
export function borderBehind(file: SourceFile, from: number): number {
  const read = readerOf(file);
  const size = sizeOf(file);
  for (let length = piece; ; length *= 2) {
    const end = Math.min(from + length, size);
    const border = from + firstBorder(read(from, end), 0);
    if (border < end || end === size) return border;
  }
}

/** Whether a file is a stream of JSON objects, which has no separators. */
export function isJsonStream(file: SourceFile): boolean {
  const read = readerOf(file);
  const size = sizeOf(file);
  for (let start = 0; start < size; start += piece) {
    const first = read(start, Math.min(start + piece, size)).find((byte) => byte > 0x20);
    if (first !== undefined) return first === 0x7b;
  }
  return false;
}

/** A part of a file. Its bytes may be gone when the next part is taken. */
export interface Part {
  readonly bytes: Uint8Array;
  /** Where it begins in the file. */
  readonly start: number;
}

/**
 * The text between two borders: all of it or, when it is not in memory, part by part, cut at borders. A part may be gone when
 * the next one is taken.
 */
export function* partsOf(file: SourceFile, start: number, end: number): Generator<Part> {
  const read = readerOf(file);
  if (file.stored === undefined) yield { bytes: read(start, end), start };
  else
    for (let from = start; from < end;) {
      const bytes = toLastBorder(read, from, end);
      yield { bytes, start: from };
      from += bytes.length;
    }
}

function toLastBorder(read: ReadPart, from: number, end: number): Uint8Array {
  for (let length = piece; ; length *= 2) {
    const bytes = read(from, Math.min(from + length, end));
    const border = from + bytes.length === end ? bytes.length : lastBorder(bytes, 0, bytes.length);
    if (border > 0) return bytes.subarray(0, border);
  }
}
