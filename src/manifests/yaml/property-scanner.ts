import { isDigit, isGapOrEnd, isBlank, isBreak, isBreakOrEnd, letters } from "./characters.ts";
import type { Cursor } from "./cursor.ts";
import type { Directive, Tag, Token } from "./tokens.ts";

/** The name of the anchor or alias that begins here. */
export function scanName(cursor: Cursor, start: number): Token {
  const kind = cursor.letter === letters.asterisk ? "alias" : "anchor";
  cursor.at += 1;
  const name = cursor.word();
  if (name === "" || !(isGapOrEnd(cursor.letter) || "?:,]}%@`".includes(cursor.text[cursor.at]!)))
    cursor.fail("an anchor's name may hold letters, digits, _ and - only", start);
  return { kind, start, name };
}

/** The tag that begins here. */
export function scanTag(cursor: Cursor, start: number): Token {
  const tag = cursor.ahead(1) === letters.less ? verbatim(cursor, start) : shorthand(cursor, start);
  if (!isGapOrEnd(cursor.letter)) cursor.fail("a tag must end with white space", start);
  return { kind: "tag", start, tag };
}

function verbatim(cursor: Cursor, start: number): Tag {
  cursor.at += 2;
  const suffix = address(cursor, "", start);
  if (cursor.letter !== letters.greater) cursor.fail("a tag that begins with !< must end with >", start);
  cursor.at += 1;
  return { handle: "", suffix };
}

function shorthand(cursor: Cursor, start: number): Tag {
  const handle = readHandle(cursor, start);
  if (handle.length > 1 && handle.endsWith("!")) return { handle, suffix: address(cursor, "", start) };
  const suffix = address(cursor, handle, start);
  return suffix === "" ? { handle: "", suffix: "!" } : { handle: "!", suffix };
}

/** `!`, `!!` or `!name!`, or the beginning of a tag of the first kind. */
function readHandle(cursor: Cursor, start: number): string {
  if (cursor.letter !== letters.bang) cursor.fail("a tag must begin with !", start);
  cursor.at += 1;
  const name = cursor.word();
  if (cursor.letter !== letters.bang) return `!${name}`;
  cursor.at += 1;
  return `!${name}!`;
}

const addressText = /(?:[\w;/?:@&=+$,.!~*'()[\]-]|%[0-9A-Fa-f]{2})*/y;

/** The rest of a tag after its handle. `head` is what was read before of a tag without one. */
function address(cursor: Cursor, head: string, start: number): string {
  addressText.lastIndex = cursor.at;
  const [text] = addressText.exec(cursor.text)!;
  cursor.at += text.length;
  if (cursor.letter === letters.percent) cursor.fail("% in a tag needs two hexadecimal digits", start);
  if (head === "" && text === "") cursor.fail("the tag has no name", start);
  return head.slice(1) + (text.includes("%") ? unescaped(cursor, text, start) : text);
}

function unescaped(cursor: Cursor, text: string, start: number): string {
  try {
    return decodeURIComponent(text);
  } catch {
    cursor.fail("the % escapes of a tag are not UTF-8", start);
  }
}

/** The directive that begins here, with its line. */
export function scanDirective(cursor: Cursor): Directive {
  const start = cursor.at;
  cursor.at += 1;
  const name = cursor.word();
  if (name === "" || !isGapOrEnd(cursor.letter)) cursor.fail("a line that begins with % must name a directive", start);
  if (name !== "YAML" && name !== "TAG") cursor.fail("YAML 1.1 knows no such directive", start);
  cursor.blanks();
  const directive: Directive =
    name === "YAML"
      ? { kind: "version", version: readVersion(cursor, start) }
      : { kind: "tag", ...tagDirective(cursor, start) };
  cursor.blanks();
  cursor.comment();
  if (!isBreakOrEnd(cursor.letter)) cursor.fail("only a comment may follow a directive", start);
  if (isBreak(cursor.letter)) cursor.lineBreak();
  return directive;
}

function readVersion(cursor: Cursor, start: number): string {
  const number = (): number => {
    const from = cursor.at;
    while (isDigit(cursor.letter)) cursor.at += 1;
    const digits = cursor.text.slice(from, cursor.at);
    if (digits === "" || digits.length > 2) cursor.fail("%YAML needs a version like 1.1", start);
    return Number(digits);
  };
  const major = number();
  if (cursor.letter !== letters.dot) cursor.fail("%YAML needs a version like 1.1", start);
  cursor.at += 1;
  return `${major}.${number()}`;
}

function tagDirective(cursor: Cursor, start: number): { readonly handle: string; readonly prefix: string } {
  const handle = readHandle(cursor, start);
  if (!handle.endsWith("!")) cursor.fail("the handle that %TAG declares must end with !", start);
  if (!isBlank(cursor.letter)) cursor.fail("%TAG needs a handle and a prefix", start);
  cursor.blanks();
  const prefix = address(cursor, "", start);
  if (!isGapOrEnd(cursor.letter)) cursor.fail("the prefix of %TAG must end with white space", start);
  return { handle, prefix };
}
