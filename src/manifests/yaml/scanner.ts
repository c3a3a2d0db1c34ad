import { scanBlockScalar } from "./block-scalar.ts";
import { isBreak, isGapOrEnd, letters } from "./characters.ts";
import { Cursor, foundTab } from "./cursor.ts";
import { scanPlain } from "./plain-scalar.ts";
import { PossibleKeys } from "./possible-keys.ts";
import { scanDirective, scanName, scanTag } from "./property-scanner.ts";
import { scanQuoted } from "./quoted-scalar.ts";
import { TokenQueue } from "./token-queue.ts";
import type { Sign, Token } from "./tokens.ts";

/**
 * Cuts a text into the tokens of YAML 1.1 as go-yaml v2 does (`scannerc.go`), no sooner than they are asked for: after the
 * place where go-yaml stops to read it refuses nothing.
 */
export class Scanner {
  readonly cursor: Cursor;
  readonly #keys: PossibleKeys;
  readonly #tokens = new TokenQueue();
  /** The column of the block collection that is open, and those of the ones around it. */
  #indent = -1;
  readonly #indents: number[] = [];
  #mayBeginKey = true;

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.#keys = new PossibleKeys(this.cursor);
  }

  /** The next token, which is decided when nothing after it can make a key of it. */
  peek(): Token {
    for (;;) {
      const { first, firstNumber } = this.#tokens;
      if (first !== undefined && !this.#keys.isUndecided(firstNumber)) return first;
      this.#scanNext();
    }
  }

  skip(): void {
    this.#tokens.take();
  }

  /** Notes that what is scanned next may be a key, if one may begin here. */
  #noteKey(): void {
    if (!this.#mayBeginKey) return;
    const isRequired = !this.#keys.isInFlow && this.#indent === this.cursor.column;
    this.#keys.note(this.#tokens.nextNumber, isRequired);
  }

  /** Begins a block collection, before the token of this number, if the column is deeper than that of the one around it. */
  #indentTo(column: number, number: number, kind: Sign, start: number): void {
    if (this.#keys.isInFlow || this.#indent >= column) return;
    this.#indents.push(this.#indent);
    this.#indent = column;
    this.#tokens.insert(number, { kind, start });
  }

  /** Ends the block collections that are deeper. */
  #unindentTo(column: number): void {
    if (this.#keys.isInFlow) return;
    while (this.#indent > column) {
      this.#tokens.add({ kind: "block-end", start: this.cursor.at });
      this.#indent = this.#indents.pop()!;
    }
  }

  /** Scans the next token, and those before it that end blocks. */
  #scanNext(): void {
    const { cursor } = this;
    this.#toNextToken();
    this.#unindentTo(cursor.column);
    if (cursor.column === 0 && this.#isOutsideAll()) return;
    this.#scanHere(this.#keys.isInFlow, isGapOrEnd(cursor.ahead(1)));
  }

  /** Scans the token that begins here: the letter says which, and a dash, `?` or `:` by what is around it. */
  #scanHere(isInFlow: boolean, isAlone: boolean): void {
    switch (this.cursor.letter) {
      case letters.end:
        return this.#streamEnd();
      case letters.openBracket:
        return this.#flowStart("flow-sequence-start");
      case letters.openBrace:
        return this.#flowStart("flow-mapping-start");
      case letters.closeBracket:
        return this.#flowEnd("flow-sequence-end");
      case letters.closeBrace:
        return this.#flowEnd("flow-mapping-end");
      case letters.comma:
        return this.#indicator("flow-entry", true);
      case letters.dash:
        return isAlone ? this.#blockEntry() : this.#plain();
      case letters.question:
        return isAlone || isInFlow ? this.#key() : this.#plain();
      case letters.colon:
        return isAlone || isInFlow ? this.#value() : this.#plain();
      case letters.asterisk:
      case letters.ampersand:
        return this.#mayBeKey(scanName);
      case letters.bang:
        return this.#mayBeKey(scanTag);
      case letters.singleQuote:
      case letters.doubleQuote:
        return this.#mayBeKey(scanQuoted);
      case letters.bar:
      case letters.greater:
        return isInFlow ? this.#failToBegin() : this.#block();
      case letters.tab:
      case letters.percent:
      case letters.at:
      case letters.backtick:
        return this.#failToBegin();
      default:
        return this.#plain();
    }
  }

  #failToBegin(): void {
    const letter = this.cursor.text[this.cursor.at]!;
    this.cursor.fail(letter === "\t" ? foundTab : `text that begins with ${letter} needs quotes`);
  }

  #toNextToken(): void {
    const { cursor } = this;
    for (;;) {
      if (this.#keys.isInFlow || !this.#mayBeginKey) cursor.blanks();
      else cursor.spaces();
      cursor.comment();
      if (!isBreak(cursor.letter)) return;
      cursor.lineBreak();
      if (!this.#keys.isInFlow) this.#mayBeginKey = true;
    }
  }

  /** Ends all blocks: what follows is outside of them. */
  #endAll(): void {
    this.#unindentTo(-1);
    this.#keys.drop();
    this.#mayBeginKey = false;
  }

  #streamEnd(): void {
    const { cursor } = this;
    // No key goes on after the last line, though no line break ends that.
    if (cursor.column !== 0) cursor.endLine();
    this.#endAll();
    this.#tokens.add({ kind: "stream-end", start: cursor.at });
  }

  /** Scans a directive or the mark that begins or ends a document, if one is here. */
  #isOutsideAll(): boolean {
    const { cursor } = this;
    const start = cursor.at;
    if (cursor.letter === letters.percent) {
      this.#endAll();
      this.#tokens.add({ kind: "directive", start, directive: scanDirective(cursor) });
      return true;
    }
    if (!cursor.isAnyMark()) return false;
    const kind = cursor.letter === letters.dash ? "document-start" : "document-end";
    this.#endAll();
    this.#tokens.add({ kind, start });
    cursor.at += 3;
    return true;
  }

  /** One letter that is a token. */
  #sign(kind: Sign): void {
    this.#tokens.add({ kind, start: this.cursor.at });
    this.cursor.at += 1;
  }

  /** One letter that is a token and ends what might be a key. */
  #indicator(kind: Sign, mayBeginKey: boolean): void {
    this.#keys.drop();
    this.#mayBeginKey = mayBeginKey;
    this.#sign(kind);
  }

  #flowStart(kind: Sign): void {
    this.#noteKey();
    this.#keys.enterFlow(this.#tokens.nextNumber);
    this.#indicator(kind, true);
  }

  #flowEnd(kind: Sign): void {
    this.#keys.leaveFlow();
    this.#mayBeginKey = false;
    this.#sign(kind);
  }

  #beginBlock(kind: "block-sequence-start" | "block-mapping-start"): void {
    if (this.#keys.isInFlow) return;
    const { at, column } = this.cursor;
    const what = kind === "block-mapping-start" ? "mapping" : "list";
    if (!this.#mayBeginKey)
      this.cursor.fail(`no ${what} may begin in the middle of this line; quote the text, or indent`);
    this.#indentTo(column, this.#tokens.nextNumber, kind, at);
  }

  #blockEntry(): void {
    this.#beginBlock("block-sequence-start");
    this.#indicator("block-entry", true);
  }

  #key(): void {
    this.#beginBlock("block-mapping-start");
    this.#indicator("key", !this.#keys.isInFlow);
  }

  #value(): void {
    const key = this.#keys.last;
    if (this.#keys.isStillPossible(key)) {
      this.#tokens.insert(key.token, { kind: "key", start: key.at });
      this.#indentTo(key.column, key.token, "block-mapping-start", key.at);
      this.#keys.forget(key);
      this.#mayBeginKey = false;
    } else {
      this.#beginBlock("block-mapping-start");
      this.#mayBeginKey = !this.#keys.isInFlow;
    }
    this.#sign("value");
  }

  /** What is on its own or begins a key: the letter here decides how it is scanned. */
  #mayBeKey(scan: (cursor: Cursor, start: number) => Token): void {
    this.#noteKey();
    this.#mayBeginKey = false;
    this.#tokens.add(scan(this.cursor, this.cursor.at));
  }

  #plain(): void {
    this.#noteKey();
    const start = this.cursor.at;
    const { text, isLineOver } = scanPlain(this.cursor, this.#keys.isInFlow, this.#indent + 1);
    this.#mayBeginKey = isLineOver;
    this.#tokens.add({ kind: "scalar", start, text, textStart: start, isPlain: true });
  }

  #block(): void {
    this.#keys.drop();
    this.#mayBeginKey = true;
    const { at } = this.cursor;
    const { text, start } = scanBlockScalar(this.cursor, this.#indent);
    this.#tokens.add({ kind: "scalar", start: at, text, textStart: start, isPlain: false });
  }
}
