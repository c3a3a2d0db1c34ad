import { jsonValueEnd } from "./json-stream.ts";

/** One document of a stream, as kubectl cuts it. */
export interface Piece {
  /** Verbatim, including the line break at its end. */
  readonly text: string;
  /** Of its first character, counted from 1. */
  readonly line: number;
  /** Of its first character in the stream. */
  readonly offset: number;
  /** Why kubectl refuses the stream here, though the document itself may be well-formed. */
  readonly error?: string;
  /** True when the piece is an object of a JSON stream, which is JSON to its last letter. */
  readonly json?: true;
}

/**
 * Cuts a stream where kubectl does (apimachinery `pkg/util/yaml/decoder.go`): before YAML is parsed, at lines that begin
 * with `---`. A stream that begins with `{` is first read as JSON objects one after the other. kubectl stops at the first
 * error; here the error belongs to one piece and the pieces after it are still given. A text from the middle of a stream holds
 * no JSON stream.
 */
export function splitDocuments(text: string, isBeginning = true): Piece[] {
  const cutter = new Cutter(text);
  cutter.yaml(isBeginning ? cutter.json() : 0);
  return cutter.pieces;
}

class Cutter {
  readonly pieces: Piece[] = [];
  readonly #text: string;
  #line = 1;
  #counted = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #lineAt(offset: number): number {
    for (;;) {
      const next = this.#text.indexOf("\n", this.#counted);
      if (next === -1 || next >= offset) return this.#line;
      this.#counted = next + 1;
      this.#line += 1;
    }
  }

  #add(start: number, end: number, more?: Pick<Piece, "error" | "json">): void {
    this.pieces.push({ text: this.#text.slice(start, end), line: this.#lineAt(start), offset: start, ...more });
  }

  /** JSON objects at the beginning of the stream. Returns the offset after them and the white space that is skipped there. */
  json(): number {
    const text = this.#text;
    const start = text.startsWith("\uFEFF") ? 1 : 0;
    if (text[skip(goSpace, text, start)] !== "{") return start;
    let behind = start;
    let objects = 0;
    for (;;) {
      const at = skip(jsonSpace, text, behind);
      if (at === text.length) return at;
      const end = jsonValueEnd(text, at);
      if (end === -1) break;
      this.#add(at, end, { json: true });
      objects += 1;
      behind = end;
    }
    const rest = objects > 1 ? -1 : behindSpace(text, behind);
    if (rest !== -1) return rest;
    const where =
      objects === 0
        ? "the text"
        : objects === 1
          ? "after a JSON object the text"
          : `after ${objects} JSON objects the text`;
    this.#add(behind, text.length, { error: `${where} continues with something other than JSON` });
    return text.length;
  }

  yaml(from: number): void {
    const text = this.#text;
    let start = from;
    let problem: Pick<Piece, "error"> | undefined;
    // kubectl keeps a separator that nothing is before: it is the `---` that begins the document.
    let empty = true;
    for (let at = from; at < text.length;) {
      const separator = separatorFrom(text, at);
      if (separator === -1) break;
      const end = lineEnd(text, separator);
      const rest = skip(goSpace, text, separator + 3);
      const isInvalid = rest < end && text[rest] !== "#";
      empty &&= separator === start;
      if (isInvalid) {
        // kubectl has not handed out yet what is before, and never does.
        if (!empty) this.#add(start, separator, problem ?? { error: `before an ${invalidSeparator}` });
        problem = { error: invalidSeparator };
        start = separator;
        empty = false;
      } else if (!empty) {
        this.#add(start, separator, problem);
        problem = undefined;
        start = end;
        empty = true;
      } else empty = false;
      at = end;
    }
    if (start < text.length) this.#add(start, text.length, problem);
  }
}

const invalidSeparator = "invalid document separator: a line that begins with --- must hold nothing else but a comment";

/** What Go's `unicode.IsSpace` accepts. */
const goSpace = /[\t\n\v\f\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]*/y;
const jsonSpace = /[\t\n\r ]*/y;

function skip(space: RegExp, text: string, from: number): number {
  space.lastIndex = from;
  space.test(text);
  return space.lastIndex;
}

/**
 * Where YAML begins after JSON: after white space on its line. kubectl looks for that four bytes ahead (`consumeWhitespace`)
 * and gives the stream up where fewer are left; -1 then.
 */
function behindSpace(text: string, from: number): number {
  for (let at = from; ; at += 1) {
    if (at + 4 > text.length && new TextEncoder().encode(text.slice(at)).length < 4) return -1;
    if (text[at] === "\n") return at + 1;
    if (skip(goSpace, text, at) === at) return at;
  }
}

/** The next line that begins with `---`, from a line's beginning on. */
function separatorFrom(text: string, lineStart: number): number {
  if (text.startsWith("---", lineStart)) return lineStart;
  const lineBreak = text.indexOf("\n---", lineStart);
  return lineBreak === -1 ? -1 : lineBreak + 1;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end + 1;
}
