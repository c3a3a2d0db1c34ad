import { graphemes, graphemeWidth } from "./graphemes.ts";

const narrow = /^[\x20-\x7E–—…→←↑↓·•●○✓✗×±]*$/;

/** How many columns of a terminal a text without control characters takes. */
export function columns(text: string): number {
  if (narrow.test(text)) return text.length;
  let sum = 0;
  for (const grapheme of graphemes(text)) sum += graphemeWidth(grapheme);
  return sum;
}

/** The text, or its start and its end with `…` between, in at most `limit` columns: names often differ at their end. */
export function fit(text: string, limit: number): string {
  if (columns(text) <= limit) return text;
  if (limit <= 1) return limit === 1 ? "…" : "";
  const parts = [...graphemes(text)];
  const tailRoom = Math.floor((limit - 1) / 3);
  let tail = "";
  let tailWidth = 0;
  for (let index = parts.length - 1; index > 0; index -= 1) {
    const part = parts[index] ?? "";
    if (tailWidth + graphemeWidth(part) > tailRoom) break;
    tail = part + tail;
    tailWidth += graphemeWidth(part);
  }
  let start = "";
  let startWidth = 0;
  for (const part of parts) {
    if (startWidth + graphemeWidth(part) > limit - 1 - tailWidth) break;
    start += part;
    startWidth += graphemeWidth(part);
  }
  return `${start}…${tail}`;
}

/** Filled up with spaces to `width` columns. */
export const pad = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - columns(text)));

/** Words on lines of at most `width` columns; a word longer than a line keeps a line of its own, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  const [start = "", ...words] = text.split(" ");
  let line = start;
  let used = columns(start);
  for (const word of words) {
    const size = columns(word);
    if (used > 0 && used + 1 + size > width) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      line = `${line} ${word}`;
      used += 1 + size;
    }
  }
  return [...lines, line];
}
