import { bounds } from "../bounds.ts";
import { bareObject } from "../json-object.ts";
import type { Json } from "../manifest.ts";
import { endsLine, type Inline, meaning, plainKey, quotedKey } from "./line-values.ts";

interface Entry {
  /** As written; undefined in a list. */
  readonly key: string | undefined;
  /** As written. */
  readonly value: string;
  readonly start: number;
}

const word = String.raw`\w[\w./-]*|"[^"\\\n]*"|'[^'\n]*'`;
const entry = new RegExp(String.raw`( *(?:(${word}): +)?)(${word}) *([,\]}])`, "y");
const nothing = / *[\]}]/y;

/**
 * A flow list or mapping that ends on its line and holds words and plainly quoted text only, or undefined: every sign that
 * could mean more in a flow collection is left to the full reader. Adds where its values begin to `starts`.
 */
export function readFlow(text: string, start: number, starts: number[]): Inline | undefined {
  const isList = text[start] === "[";
  const { entries, end } = entriesFrom(text, start + 1);
  if (text[end - 1] !== (isList ? "]" : "}") || !endsLine(text, end)) return undefined;
  const holder = (isList ? [] : bareObject()) as Record<string | number, Json>;
  for (const [index, { key: written, value, start: begin }] of entries.entries()) {
    if ((written === undefined) !== isList || (written?.length ?? 0) > bounds.keyLength) return undefined;
    const key = written === undefined ? index : keyOf(written);
    const read = isQuoted(value) ? value.slice(1, -1) : meaning(value);
    if (key === undefined || read === undefined || key in holder) return undefined;
    holder[key] = read;
    starts.push(isQuoted(value) ? begin + 1 : begin);
  }
  return { value: holder, start, end };
}

/** The entries up to the closing bracket, and the offset after it; 0 when something else is between them. */
function entriesFrom(text: string, from: number): { readonly entries: readonly Entry[]; readonly end: number } {
  const entries: Entry[] = [];
  nothing.lastIndex = from;
  if (nothing.test(text)) return { entries, end: nothing.lastIndex };
  entry.lastIndex = from;
  for (let match = entry.exec(text); match !== null; match = entry.exec(text)) {
    const [, before = "", key, value = "", sign] = match;
    entries.push({ key, value, start: match.index + before.length });
    if (sign !== ",") return { entries, end: entry.lastIndex };
  }
  return { entries, end: 0 };
}

const isQuoted = (written: string): boolean => written.startsWith('"') || written.startsWith("'");
const keyOf = (written: string): string | undefined =>
  isQuoted(written) ? quotedKey(written.slice(1, -1)) : plainKey(written);
