import { isBlank, isBreak, isBreakOrEnd, isDigit, letters } from "./characters.ts";
import { type Cursor, foundTab } from "./cursor.ts";

interface BlockScalar {
  readonly text: string;
  /** Where its first line begins. */
  readonly start: number;
}

/** A literal or folded block, whose `|` or `>` is here, in a collection at the column `parent`; -1 in none. */
export function scanBlockScalar(cursor: Cursor, parent: number): BlockScalar {
  const isLiteral = cursor.letter === letters.bar;
  const { chomping, increment } = header(cursor);
  const start = cursor.at;
  let value = "";
  let lineBreak = "";
  let { breaks, indent } = emptyLines(cursor, increment === 0 ? 0 : Math.max(parent, 0) + increment, parent);
  let wasBlank = false;
  while (cursor.column === indent && cursor.letter !== letters.end) {
    // Folding leaves lines alone that begin with white space, and those around them.
    const beginsBlank = isBlank(cursor.letter);
    const isFolded = !isLiteral && lineBreak === "\n" && !wasBlank && !beginsBlank;
    value += (isFolded ? (breaks === "" ? " " : "") : lineBreak) + breaks;
    wasBlank = beginsBlank;
    const from = cursor.at;
    while (!isBreakOrEnd(cursor.letter)) cursor.at += 1;
    value += cursor.text.slice(from, cursor.at);
    lineBreak = cursor.letter === letters.end ? "" : cursor.lineBreak();
    ({ breaks } = emptyLines(cursor, indent, parent));
  }
  if (chomping === letters.dash) return { text: value, start };
  return { text: value + lineBreak + (chomping === letters.plus ? breaks : ""), start };
}

/** What is after the `|` or `>`: whether line breaks at the end stay, and how far the text is indented. */
function header(cursor: Cursor): { readonly chomping: number; readonly increment: number } {
  const start = cursor.at;
  cursor.at += 1;
  let chomping = 0;
  let increment = 0;
  const sign = (): void => {
    const { letter } = cursor;
    if (letter !== letters.plus && letter !== letters.dash) return;
    chomping = letter;
    cursor.at += 1;
  };
  sign();
  if (isDigit(cursor.letter)) {
    increment = cursor.letter - letters.zero;
    if (increment === 0) cursor.fail("the indentation of a block of text cannot be 0", start);
    cursor.at += 1;
    if (chomping === 0) sign();
  }
  cursor.blanks();
  cursor.comment();
  if (!isBreakOrEnd(cursor.letter)) cursor.fail("only a comment may follow on the line that begins a block of text");
  if (isBreak(cursor.letter)) cursor.lineBreak();
  return { chomping, increment };
}

/** Goes over empty lines and the indentation of the next one, by which the text is indented if that is not known yet (0). */
function emptyLines(
  cursor: Cursor,
  known: number,
  parent: number,
): { readonly breaks: string; readonly indent: number } {
  let breaks = "";
  let deepest = 0;
  const most = known === 0 ? Infinity : known;
  for (;;) {
    cursor.spaces(most);
    deepest = Math.max(deepest, cursor.column);
    if (cursor.column < most && cursor.letter === letters.tab) cursor.fail(foundTab);
    if (!isBreak(cursor.letter)) break;
    breaks += cursor.lineBreak();
  }
  return { breaks, indent: known === 0 ? Math.max(deepest, parent + 1, 1) : known };
}
