import { isBlank, isBreak, isGapOrEnd, letters } from "./characters.ts";
import { type Cursor, folded, foundTab } from "./cursor.ts";

interface PlainScalar {
  readonly text: string;
  /** Whether line breaks were passed after it. */
  readonly isLineOver: boolean;
}

const endsInFlow = (letter: number): boolean =>
  letter === letters.comma ||
  letter === letters.question ||
  letter === letters.openBracket ||
  letter === letters.closeBracket ||
  letter === letters.openBrace ||
  letter === letters.closeBrace;

/** A scalar without quotes, and the white space after it. Further lines of it begin at the column `indent` or after. */
export function scanPlain(cursor: Cursor, isFlow: boolean, indent: number): PlainScalar {
  const { text } = cursor;
  let value = "";
  let partStart = cursor.at;
  let end = cursor.at;
  let lineBreaks: string | undefined;
  for (;;) {
    if (cursor.isAnyMark() || cursor.letter === letters.hash) break;
    let { at } = cursor;
    for (; ; at += 1) {
      const letter = text.charCodeAt(at);
      if (isGapOrEnd(letter) || (isFlow && endsInFlow(letter))) break;
      if (letter === letters.colon && isGapOrEnd(text.charCodeAt(at + 1))) break;
    }
    if (at > cursor.at) {
      if (lineBreaks !== undefined) {
        value += text.slice(partStart, end) + lineBreaks;
        partStart = cursor.at;
        lineBreaks = undefined;
      }
      end = at;
    }
    cursor.at = at;
    if (!isBlank(cursor.letter) && !isBreak(cursor.letter)) break;
    lineBreaks = gap(cursor, indent);
    if (!isFlow && cursor.column < indent) break;
  }
  return { text: value + text.slice(partStart, end), isLineOver: lineBreaks !== undefined };
}

/** Skips white space. Returns what its line breaks become if the scalar goes on after them; undefined without any. */
function gap(cursor: Cursor, indent: number): string | undefined {
  let first: string | undefined;
  let more = "";
  for (;;) {
    const { letter } = cursor;
    if (isBlank(letter)) {
      if (first !== undefined && letter === letters.tab && cursor.column < indent) cursor.fail(foundTab);
      cursor.at += 1;
    } else if (!isBreak(letter)) return first === undefined ? undefined : folded(first, more);
    else if (first === undefined) first = cursor.lineBreak();
    else more += cursor.lineBreak();
  }
}
