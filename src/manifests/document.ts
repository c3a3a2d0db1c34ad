import type { Position, SourceFile } from "./manifest.ts";
import type { Piece } from "./text/split.ts";

/** One document of a file. */
export interface Document extends Piece {
  readonly file: string;
  /** False when the document holds bytes that are not UTF-8. */
  readonly isUtf8: boolean;
  readonly place?: SourceFile["place"];
  readonly application?: SourceFile["application"];
  readonly origin?: SourceFile["origin"];
}

/** A piece of a file, all of which may be UTF-8. */
export const documentOf = (
  { path, place, application, origin }: SourceFile,
  piece: Piece,
  isUtf8: boolean,
): Document => ({
  ...piece,
  file: path,
  ...(place === undefined ? {} : { place }),
  ...(application === undefined ? {} : { application }),
  ...(origin === undefined ? {} : { origin }),
  isUtf8: isUtf8 || !piece.text.includes("\uFFFD"),
});

/**
 * The text as kubectl hands it to the YAML reader: it reads line by line and ends each with a line break, the last one
 * too. So a missing line break at the end of a file changes nothing.
 */
export function documentText(document: Piece): string {
  return document.text.endsWith("\n") ? document.text : `${document.text}\n`;
}

/** Line and column of an offset in the document's text. Whoever asks for many makes a `Positions`. */
export function positionIn(document: Document, offset: number): Position {
  const { text } = document;
  const at = Math.min(offset, text.length);
  let line = document.line;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < at; end = text.indexOf("\n", start)) {
    line += 1;
    start = end + 1;
  }
  // A document of a JSON stream may begin in the middle of a line; its column then counts from its own start.
  return { file: document.file, line, column: at - start + 1 };
}

/** Lines and columns of many offsets in a document's text. */
export class Positions {
  readonly document: Document;
  /** Where lines begin. */
  readonly #lines = [0];

  constructor(document: Document) {
    this.document = document;
    const { text } = document;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) this.#lines.push(end + 1);
  }

  at(offset: number): Position {
    const { file, line, text } = this.document;
    const at = Math.min(offset, text.length);
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.#lines[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return { file, line: line + low, column: at - this.#lines[low]! + 1 };
  }
}
