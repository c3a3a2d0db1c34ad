import type { Json } from "../manifest.ts";
import { letters } from "./characters.ts";
import { resolvePlain, toJson } from "./resolve.ts";

/** A value that was read, where it begins as the full reader counts, and the offset after it and its quotes. */
export interface Inline {
  readonly value: Json;
  readonly start: number;
  readonly end: number;
}

/** What a plain scalar says; undefined when it cannot be told to kubectl. */
export function meaning(plain: string): Json | undefined {
  const resolved = resolvePlain(plain);
  return resolved === undefined ? plain : toJson(resolved.value);
}

/** A plain key, or undefined for numbers, booleans and null, which as keys have spellings of their own. */
export const plainKey = (text: string): string | undefined => (resolvePlain(text) === undefined ? text : undefined);

/** A quoted key, or undefined for a whole number, which JavaScript would put before the keys that are before it. */
export const quotedKey = (text: string): string | undefined => (/^\d+$/.test(text) ? undefined : text);

/** Signs that begin something else, or must not begin anything. */
const notPlain = /[?:,[\]{}#&*!|>'"%@`]|-[ \n]/y;

/** A plain scalar that ends with its line, or undefined when it may be something else. */
export function readPlain(text: string, start: number): Inline | undefined {
  notPlain.lastIndex = start;
  if (notPlain.test(text)) return undefined;
  let end = start;
  for (let at = start; ; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === letters.lineFeed) break;
    if (letter === letters.blank) continue;
    if (letter === letters.hash && end < at) break;
    if (letter === letters.colon && isGap(text.charCodeAt(at + 1))) return undefined;
    end = at + 1;
  }
  const value = meaning(text.slice(start, end));
  return value === undefined ? undefined : { value, start, end };
}

const isGap = (letter: number): boolean => letter === letters.blank || letter === letters.lineFeed;

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\"', '"'],
  ["\\\\", "\\"],
  ["\\n", "\n"],
  ["\\t", "\t"],
]);

/** A quoted scalar that ends on its line with nothing but a comment after it, or undefined. */
export function readQuoted(text: string, open: number): Inline | undefined {
  const quote = text.charCodeAt(open);
  const start = open + 1;
  let isPlain = true;
  let end = start;
  for (; ; end += 1) {
    const letter = text.charCodeAt(end);
    if (letter === letters.lineFeed) return undefined;
    if (letter === letters.backslash && quote === letters.doubleQuote) {
      isPlain = false;
      end += 1;
      if (text.charCodeAt(end) === letters.lineFeed) return undefined;
    } else if (letter === quote) {
      if (quote === letters.doubleQuote || text.charCodeAt(end + 1) !== quote) break;
      isPlain = false;
      end += 1;
    }
  }
  if (!endsLine(text, end + 1)) return undefined;
  const raw = text.slice(start, end);
  const value = isPlain ? raw : quote === letters.singleQuote ? raw.replaceAll("''", "'") : unescape(raw);
  return value === undefined ? undefined : { value, start, end: end + 1 };
}

/** Only the common escapes. */
function unescape(raw: string): string | undefined {
  let isKnown = true;
  const text = raw.replaceAll(/\\./g, (escape) => {
    const letter = escapes.get(escape);
    isKnown &&= letter !== undefined;
    return letter ?? "";
  });
  return isKnown ? text : undefined;
}

const restOfLine = / *(?: #|\n)/y;

/** Whether nothing but a comment is on the rest of the line. */
export function endsLine(text: string, at: number): boolean {
  restOfLine.lastIndex = at;
  return restOfLine.test(text);
}
