import { indexOfWord, lastIndexOfWord } from "./bytes.ts";

/** Bare separator lines, at which every reader cuts a stream whatever is around them: found in bytes. */

const lineFeed = 0x0a;
const lineAndDashes = new TextEncoder().encode("\n---");

/** The offset after a separator line that begins with the line break and dashes here; 0 when more is on it. */
function behindSeparator(bytes: Uint8Array, at: number): number {
  const end = at + lineAndDashes.length;
  if (bytes[end] === lineFeed) return end + 1;
  return bytes[end] === 0x0d && bytes[end + 1] === lineFeed ? end + 2 : 0;
}

/** After the last separator line between the offsets; `from` when there is none. */
export function lastBorder(bytes: Uint8Array, from: number, end: number): number {
  for (let at = lastIndexOfWord(bytes, lineAndDashes, end); at > from; at = lastIndexOfWord(bytes, lineAndDashes, at)) {
    const behind = behindSeparator(bytes, at);
    if (behind > 0 && behind <= end) return behind;
  }
  return from;
}

/** After the first separator line whose line before ends at or after `from`; the end of the bytes when there is none. */
export function firstBorder(bytes: Uint8Array, from: number): number {
  for (let at = indexOfWord(bytes, lineAndDashes, from); at !== -1; at = indexOfWord(bytes, lineAndDashes, at + 1)) {
    const behind = behindSeparator(bytes, at);
    if (behind > 0) return behind;
  }
  return bytes.length;
}
