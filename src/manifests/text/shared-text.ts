import type { Stretch } from "./changed-text.ts";
import { decodeFile } from "./decode.ts";
import { type Document, fromFile } from "../document.ts";
import type { WordSearch } from "./find-words.ts";
import { sliceOf } from "../manifest.ts";
import { firstBorder, isJsonStream, lastBorder } from "./separators.ts";
import { splitDocuments } from "./split.ts";

/** The documents of a stretch, with their places in its file. */
export function documentsIn({ file, start, end, lines }: Stretch): Document[] {
  const { text, isUtf8 } = decodeFile(sliceOf(file, start, end));
  const pieces = splitDocuments(text, start === 0);
  const before = start === 0 || pieces.length === 0 ? 0 : lines.lineAt(start) - 1;
  return pieces.map((piece) => ({
    ...piece,
    line: piece.line + before,
    offset: piece.offset + start,
    ...fromFile(file),
    isUtf8: isUtf8 || !piece.text.includes("\uFFFD"),
  }));
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Text that both sides have. Only those documents are cut out of it that are asked for, and each once. */
export class SharedText {
  readonly bytes: Uint8Array;
  readonly extent: Extent;
  /** Where the documents around a place begin and end. */
  readonly #around: (at: number) => Extent;
  readonly #documents: (extent: Extent) => readonly Document[];
  readonly #known = new Map<number, readonly Document[]>();

  private constructor(
    bytes: Uint8Array,
    extent: Extent,
    around: (at: number) => Extent,
    documents: (extent: Extent) => readonly Document[],
  ) {
    this.bytes = bytes;
    this.extent = extent;
    this.#around = around;
    this.#documents = documents;
  }

  static ofStretch(stretch: Stretch): SharedText {
    const { bytes } = stretch.file;
    const isWhole = stretch.start === 0 && isJsonStream(bytes);
    return new SharedText(
      bytes,
      stretch,
      (at) => (isWhole ? stretch : { start: lastBorder(bytes, stretch.start, at), end: firstBorder(bytes, at) }),
      ({ start, end }) => documentsIn({ ...stretch, start, end }),
    );
  }

  static ofDocument(document: Document): SharedText {
    const bytes = new TextEncoder().encode(document.text);
    const extent = { start: 0, end: bytes.length };
    return new SharedText(
      bytes,
      extent,
      () => extent,
      () => [document],
    );
  }

  /** The documents around a place, and where they end. */
  documentsAt(at: number): { readonly documents: readonly Document[]; readonly end: number } {
    const extent = this.#around(at);
    let documents = this.#known.get(extent.start);
    if (documents === undefined) this.#known.set(extent.start, (documents = this.#documents(extent)));
    return { documents, end: extent.end };
  }

  /** The documents in which one of the words stands whole. */
  findWords(search: WordSearch, found: (word: string, document: Document) => void): void {
    search(this.bytes, this.extent, (word, at) => {
      const { documents, end } = this.documentsAt(at);
      for (const document of documents) if (document.text.includes(word)) found(word, document);
      return end;
    });
  }

  /** The documents in which one of the pairs of bytes stands. */
  findPairs(first: number, seconds: ReadonlySet<number>): Document[] {
    const { bytes, extent } = this;
    const found: Document[] = [];
    for (let at = bytes.indexOf(first, extent.start); at !== -1 && at < extent.end;) {
      let next = at + 1;
      if (seconds.has(bytes[next] ?? -1)) {
        const around = this.documentsAt(at);
        found.push(...around.documents);
        next = around.end;
      }
      at = bytes.indexOf(first, next);
    }
    return found;
  }
}
