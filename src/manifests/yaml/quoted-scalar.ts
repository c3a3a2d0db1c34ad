import { isBlank, isBreak, isGapOrEnd, letters } from "./characters.ts";
import { type Cursor, folded } from "./cursor.ts";
import type { Token } from "./tokens.ts";

/** A scalar in single or double quotes, the first of which is here. */
export function scanQuoted(cursor: Cursor, start: number): Token {
  const quote = cursor.letter;
  cursor.at += 1;
  let value = "";
  for (;;) {
    if (cursor.isAnyMark()) cursor.fail("the document ends in quoted text", start);
    if (cursor.letter === letters.end) cursor.fail("the quote that begins here does not end", start);
    const run = quote === letters.singleQuote ? singleQuoted(cursor) : doubleQuoted(cursor, start);
    value += run.text;
    if (cursor.letter === quote) break;
    value += gap(cursor, run.isContinued);
  }
  cursor.at += 1;
  return { kind: "scalar", start, text: value, textStart: start + 1, isPlain: false };
}

interface Run {
  readonly text: string;
  /** Whether it ends with a line break that a backslash takes away. */
  readonly isContinued: boolean;
}

function singleQuoted(cursor: Cursor): Run {
  const { text } = cursor;
  let value = "";
  let from = cursor.at;
  let { at } = cursor;
  for (; ; at += 1) {
    const letter = text.charCodeAt(at);
    if (isGapOrEnd(letter)) break;
    if (letter !== letters.singleQuote) continue;
    if (text.charCodeAt(at + 1) !== letters.singleQuote) break;
    at += 1;
    value += text.slice(from, at);
    from = at + 1;
  }
  cursor.at = at;
  return { text: value + text.slice(from, at), isContinued: false };
}

function doubleQuoted(cursor: Cursor, start: number): Run {
  const { text } = cursor;
  let value = "";
  let from = cursor.at;
  for (;;) {
    const { letter } = cursor;
    if (isGapOrEnd(letter) || letter === letters.doubleQuote)
      return { text: value + text.slice(from, cursor.at), isContinued: false };
    if (letter !== letters.backslash) {
      cursor.at += 1;
      continue;
    }
    value += text.slice(from, cursor.at);
    if (isBreak(cursor.ahead(1))) {
      cursor.at += 1;
      cursor.lineBreak();
      return { text: value, isContinued: true };
    }
    value += escaped(cursor, start);
    from = cursor.at;
  }
}

const named: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["a", "\u0007"],
  ["b", "\b"],
  ["t", "\t"],
  ["\t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["e", "\u001B"],
  [" ", " "],
  ['"', '"'],
  ["'", "'"],
  ["\\", "\\"],
  ["N", "\u0085"],
  ["_", "\u00A0"],
  ["L", "\u2028"],
  ["P", "\u2029"],
]);
const hexadecimal = /[0-9A-Fa-f]+/y;

/** The letter that the backslash here and what follows it stand for. */
function escaped(cursor: Cursor, start: number): string {
  const backslash = cursor.at;
  const kind = cursor.text[backslash + 1]!;
  cursor.at += 2;
  const letter = named.get(kind);
  if (letter !== undefined) return letter;
  const length = kind === "x" ? 2 : kind === "u" ? 4 : kind === "U" ? 8 : 0;
  if (length === 0) cursor.fail("YAML 1.1 knows no such escape in double quotes", backslash);
  const digits = cursor.text.slice(cursor.at, cursor.at + length);
  hexadecimal.lastIndex = 0;
  if (!hexadecimal.test(digits) || hexadecimal.lastIndex !== length)
    cursor.fail(`\\${kind} needs ${length} hexadecimal digits`, backslash);
  const code = Number.parseInt(digits, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff)
    cursor.fail("the escape names no Unicode character", Math.max(start, backslash));
  cursor.at += length;
  return String.fromCodePoint(code);
}

/** White space in quoted text: kept on a line, folded around line breaks. */
function gap(cursor: Cursor, isContinued: boolean): string {
  const start = cursor.at;
  let first: string | undefined = isContinued ? "" : undefined;
  let more = "";
  for (;;) {
    const { letter } = cursor;
    if (isBlank(letter)) cursor.at += 1;
    else if (!isBreak(letter)) return first === undefined ? cursor.text.slice(start, cursor.at) : folded(first, more);
    else if (first === undefined) first = cursor.lineBreak();
    else more += cursor.lineBreak();
  }
}
