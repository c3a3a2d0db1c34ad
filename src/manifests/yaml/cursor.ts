import { byteOrderMark, isBlank, isBreakOrEnd, isGapOrEnd, isWordLetter, letters } from "./characters.ts";
import { YamlError } from "./yaml-error.ts";

export const foundTab = "found a tab where only spaces may indent";

/** A place that moves forward through a text, with its line and column. At the end of the text it is at a NUL. */
export class Cursor {
  readonly text: string;
  at: number;
  line = 0;
  lineStart: number;
  readonly #given: string;

  constructor(given: string) {
    this.#given = given;
    this.text = `${given}\0`;
    this.at = given.charCodeAt(0) === byteOrderMark ? 1 : 0;
    this.lineStart = this.at;
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  get letter(): number {
    return this.text.charCodeAt(this.at);
  }

  ahead(distance: number): number {
    return this.text.charCodeAt(this.at + distance);
  }

  fail(reason: string, at = this.at): never {
    throw new YamlError(reason, this.#given, at);
  }

  /** Skips the line break here. Returns what it means in a scalar: a line feed, or U+2028 and U+2029 themselves. */
  lineBreak(): string {
    const { letter } = this;
    this.at += letter === letters.carriageReturn ? this.#returnLength() : 1;
    this.endLine();
    return letter >= 0x2028 ? String.fromCharCode(letter) : "\n";
  }

  /** kubectl reads by lines and drops a carriage return before a line break. */
  #returnLength(): number {
    const next = this.ahead(1);
    if (next === letters.carriageReturn && this.ahead(2) === letters.lineFeed) return 3;
    return next === letters.lineFeed ? 2 : 1;
  }

  endLine(): void {
    this.line += 1;
    this.lineStart = this.at;
  }

  /** Skips spaces, up to a column at most. */
  spaces(column = Infinity): void {
    while (this.letter === letters.blank && this.column < column) this.at += 1;
  }

  /** Skips spaces and tabs. */
  blanks(): void {
    while (isBlank(this.letter)) this.at += 1;
  }

  /** Skips a comment that begins here, up to the end of the line. */
  comment(): void {
    if (this.letter !== letters.hash) return;
    while (!isBreakOrEnd(this.letter)) this.at += 1;
  }

  /** The name that is here, perhaps empty. */
  word(): string {
    const start = this.at;
    while (isWordLetter(this.letter)) this.at += 1;
    return this.text.slice(start, this.at);
  }

  /** Whether three of these letters are here alone at the beginning of a line, which begins or ends a document. */
  isMark(letter: typeof letters.dash | typeof letters.dot): boolean {
    return (
      this.at === this.lineStart &&
      this.letter === letter &&
      this.ahead(1) === letter &&
      this.ahead(2) === letter &&
      isGapOrEnd(this.ahead(3))
    );
  }

  isAnyMark(): boolean {
    return this.at === this.lineStart && (this.isMark(letters.dash) || this.isMark(letters.dot));
  }
}

/** What line breaks between two parts of a scalar become: one is a blank, of more the first is left out. */
export const folded = (first: string, more: string): string =>
  first === "\n" ? (more === "" ? " " : more) : first + more;
