import { letters } from "./characters.ts";
import type { Inline } from "./line-values.ts";

const header = /\|([-+]?) *\n/y;
/** Empty lines, then the blanks that all lines share. */
const firstLine = /\n*( +)(?=[^ \n])/y;
const blankLine = /^ +$/m;
const lineOfBlanks = / +\n/y;

/**
 * A literal block whose header is at `at`, below a key or dash in the column `indent`; or undefined when it is not of
 * the plain kind: with the indentation given, without content, or with blanks on lines that look empty.
 */
export function readLiteral(text: string, at: number, indent: number): Inline | undefined {
  header.lastIndex = at;
  const chomping = header.exec(text)?.[1];
  const start = header.lastIndex;
  firstLine.lastIndex = start;
  const blanks = firstLine.exec(text)?.[1];
  if (chomping === undefined || blanks === undefined || blanks.length <= indent) return undefined;
  const end = behindBlock(text, start, blanks);
  // A line of too few blanks belongs to the block too, and between the block and its key even a comment is doubtful.
  lineOfBlanks.lastIndex = end;
  if (lineOfBlanks.test(text) || text.startsWith(" ".repeat(indent + 1), end)) return undefined;
  const lines = text.slice(start - 1, end);
  if (blankLine.test(lines)) return undefined;
  return { value: chomped(lines.replaceAll(`\n${blanks}`, "\n").slice(1), chomping), start, end };
}

/** The beginning of the first line that is neither empty nor indented as far. */
function behindBlock(text: string, from: number, blanks: string): number {
  for (let at = from; ;) {
    if (text.charCodeAt(at) === letters.lineFeed) at += 1;
    else if (text.startsWith(blanks, at)) at = text.indexOf("\n", at) + 1;
    else return at;
  }
}

/** Line breaks at the end: all of them, one, or none. */
function chomped(text: string, chomping: string): string {
  if (chomping === "+") return text;
  let end = text.length;
  while (text.charCodeAt(end - 1) === letters.lineFeed) end -= 1;
  return chomping === "-" ? text.slice(0, end) : text.slice(0, end + 1);
}
