import { bounds } from "../bounds.ts";
import { bareObject } from "../json-object.ts";
import type { Json } from "../manifest.ts";
import { letters } from "./characters.ts";
import type { Composed } from "./composed.ts";
import type { EarlierBlocks, KnownBlocks } from "./known-blocks.ts";
import type { KnownTexts } from "./known-texts.ts";
import { readFlow } from "./line-flow.ts";
import { type Inline, plainKey, quotedKey, readPlain, readQuoted } from "./line-values.ts";
import { readLiteral } from "./literal-block.ts";

/**
 * Reads the part of YAML that people write manifests in: block mappings and lists, values on one line, literal blocks,
 * comments. Gives what the full reader gives, places included, or undefined: then the text is not of that part, or may not
 * be, and nothing is known of it. Whatever is doubtful belongs to the full reader, and so does every error.
 */
export function readBlocks(text: string, versions: Versions = {}): Composed | undefined {
  if (text.length > bounds.documentLength || !text.endsWith("\n") || unusual.test(text)) return undefined;
  return new BlockReader(text, versions).document();
}

/** For texts of which there are two versions. */
export interface Versions {
  /** Blocks that need not be read again. */
  readonly earlier?: EarlierBlocks | undefined;
  /** Filled in with the blocks of this text. */
  readonly known?: KnownBlocks | undefined;
  /** Texts that were read before, of whatever files. */
  readonly texts?: KnownTexts | undefined;
}

/** Tabs, line breaks but the line feed, control characters, halves of letters, and the byte order mark. */
const unusual = /[^\n -~\u00A0-\u2027\u202A-\uD7FF\uE000-\uFEFE\uFF00-\uFFFD]/;
/** The line that may begin a document. */
const documentStart = /---(?: +#.*| *)\n/y;
/** A key with its colon. Signs in other places than these are left to the full reader. */
const keyWithColon = /(?:\.?\w[\w./-]*|"[^"\\\n]*"|'[^'\n]*'):(?=[ \n])/y;
/** No manifest nests deeper; the stack carries a hundred times that. */
const deepest = 64;

class BlockReader {
  readonly #text: string;
  readonly #starts: number[];
  readonly #earlier: EarlierBlocks | undefined;
  readonly #known: KnownBlocks | undefined;
  #depth = 0;
  /** The offset of what is to be read next. Between values: of the first letter of a line that holds more than a comment. */
  #at = 0;
  /** The column of that letter; -1 after the last line. */
  #column = -1;
  /** Where the key or value that was read last begins. A null that is not written is where its key does. */
  #start = 0;

  constructor(text: string, { earlier, known }: Versions) {
    this.#text = text;
    this.#earlier = earlier;
    this.#known = known;
    this.#starts = known?.starts ?? [];
  }

  document(): Composed | undefined {
    this.#nextLine(0);
    documentStart.lastIndex = this.#at;
    if (this.#column === 0 && documentStart.test(this.#text)) this.#nextLine(documentStart.lastIndex);
    const start = this.#at;
    const value = this.#column === 0 && !this.#isItem() ? this.#mapping(0) : undefined;
    if (value === undefined || this.#column !== -1) return undefined;
    return { value, start, duplicates: [], ignoredFrom: undefined, starts: this.#starts };
  }

  /** The mapping whose first key is at `at`, in this column. */
  #mapping(indent: number): Json | undefined {
    const shared = this.#shared(indent);
    if (shared !== undefined) return shared;
    if (++this.#depth > deepest) return undefined;
    const object = bareObject();
    const start = this.#at;
    const first = this.#starts.length;
    do {
      const key = this.#key();
      if (key === undefined || key in object) return undefined;
      const value = this.#valueBehindKey(indent);
      if (value === undefined) return undefined;
      object[key] = value;
      this.#starts.push(this.#start);
    } while (this.#column === indent);
    return this.#ended(object, start, indent, first);
  }

  /** The same block of an earlier version of the text. */
  #shared(indent: number): Json | undefined {
    const block = this.#earlier?.take(this.#at, indent, this.#depth, this.#starts);
    if (block === undefined) return undefined;
    this.#start = this.#at;
    this.#at = block.end;
    this.#column = block.column;
    return block.value;
  }

  /** Ends a block that begins at `start`; undefined when what follows is deeper. */
  #ended(value: Json, start: number, indent: number, first: number): Json | undefined {
    this.#depth -= 1;
    this.#start = start;
    if (this.#column > indent) return undefined;
    const [end, column, depth, last] = [this.#at, this.#column, this.#depth, this.#starts.length];
    this.#known?.add(start, { value, indent, depth, end, column, first, last });
    return value;
  }

  #key(): string | undefined {
    const colon = this.#colonBehindKey();
    const start = this.#at;
    if (colon === -1 || colon - start > bounds.keyLength) return undefined;
    this.#at = colon + 1;
    const first = this.#text.charCodeAt(start);
    const isQuoted = first === letters.doubleQuote || first === letters.singleQuote;
    this.#start = isQuoted ? start + 1 : start;
    return isQuoted ? quotedKey(this.#text.slice(start + 1, colon - 1)) : plainKey(this.#text.slice(start, colon));
  }

  #colonBehindKey(): number {
    keyWithColon.lastIndex = this.#at;
    return keyWithColon.test(this.#text) ? keyWithColon.lastIndex - 1 : -1;
  }

  #valueBehindKey(indent: number): Json | undefined {
    if (!this.#isLineEmptyFromHere()) return this.#inline(indent);
    this.#nextLine(this.#at);
    if (this.#column > indent) return this.#block();
    if (this.#column === indent && this.#isItem()) return this.#sequence(indent);
    return null;
  }

  /** The list whose first dash is at `at`, in this column. */
  #sequence(indent: number): Json | undefined {
    const shared = this.#shared(indent);
    if (shared !== undefined) return shared;
    if (++this.#depth > deepest) return undefined;
    const items: Json[] = [];
    const start = this.#at;
    const first = this.#starts.length;
    do {
      const item = this.#item(indent);
      if (item === undefined) return undefined;
      this.#starts.push(this.#start);
      items.push(item);
    } while (this.#column === indent && this.#isItem());
    return this.#ended(items, start, indent, first);
  }

  #item(indent: number): Json | undefined {
    const dash = this.#at;
    this.#at += 1;
    if (this.#isLineEmptyFromHere()) {
      this.#nextLine(this.#at);
      return this.#column > indent ? this.#block() : undefined;
    }
    if (this.#colonBehindKey() === -1) return this.#inline(indent);
    this.#column = indent + this.#at - dash;
    return this.#mapping(this.#column);
  }

  #isItem(): boolean {
    if (this.#text.charCodeAt(this.#at) !== letters.dash) return false;
    const next = this.#text.charCodeAt(this.#at + 1);
    return next === letters.blank || next === letters.lineFeed;
  }

  /** The mapping or list that begins a line. */
  #block(): Json | undefined {
    return this.#isItem() ? this.#sequence(this.#column) : this.#mapping(this.#column);
  }

  /** A value on the rest of the line, or the literal block that it announces, below a key or dash in the column `indent`. */
  #inline(indent: number): Json | undefined {
    const read = this.#readInline(indent);
    if (read === undefined) return undefined;
    this.#nextLine(read.end);
    this.#start = read.start;
    return read.value;
  }

  #readInline(indent: number): Inline | undefined {
    switch (this.#text.charCodeAt(this.#at)) {
      case letters.bar:
        return readLiteral(this.#text, this.#at, indent);
      case letters.doubleQuote:
      case letters.singleQuote:
        return readQuoted(this.#text, this.#at);
      case letters.openBracket:
      case letters.openBrace:
        return readFlow(this.#text, this.#at, this.#starts);
      default:
        return readPlain(this.#text, this.#at);
    }
  }

  /** Goes on after the colon or dash; true when the rest of the line is empty or a comment. */
  #isLineEmptyFromHere(): boolean {
    while (this.#text.charCodeAt(this.#at) === letters.blank) this.#at += 1;
    const letter = this.#text.charCodeAt(this.#at);
    return letter === letters.lineFeed || letter === letters.hash;
  }

  /** Goes from the beginning or the rest of a line, where nothing but a comment may be, to the next line with content. */
  #nextLine(from: number): void {
    const text = this.#text;
    for (let at = from, start = from; ;) {
      const letter = text.charCodeAt(at);
      if (letter === letters.blank) at += 1;
      else if (letter === letters.lineFeed) start = at += 1;
      else if (letter === letters.hash) at = text.indexOf("\n", at);
      else {
        this.#at = at;
        this.#column = at < text.length ? at - start : -1;
        return;
      }
    }
  }
}
