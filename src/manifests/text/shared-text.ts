import { type Document, documentOf } from "../document.ts";
import type { Stretch } from "./changed-text.ts";
import { decodeFile } from "./decode.ts";
import type { ByteSearch } from "./find-words.ts";
import { isJsonStream, type Part, partsOf, sliceOf } from "./parts.ts";
import { firstBorder, lastBorder } from "./separators.ts";
import { splitDocuments } from "./split.ts";

/** The documents of a stretch, with their places in its file. */
export const documentsIn = (stretch: Stretch): Document[] =>
  documentsOf(stretch, sliceOf(stretch.file, stretch.start, stretch.end));

function documentsOf({ file, start, lines }: Omit<Stretch, "end">, bytes: Uint8Array): Document[] {
  const { text, isUtf8 } = decodeFile(bytes);
  const pieces = splitDocuments(text, start === 0);
  const before = start === 0 || pieces.length === 0 ? 0 : lines.lineAt(start) - 1;
  return pieces.map((piece) =>
    documentOf(file, { ...piece, line: piece.line + before, offset: piece.offset + start }, isUtf8),
  );
}

/** A search in bytes, and who is told of the documents around what it finds. */
export interface DocumentSearch {
  readonly search: ByteSearch;
  readonly found: (document: Document, word: string) => void;
}

/** Text that both sides have. Only those documents are cut out of it that are asked for, and each once. */
export class SharedText {
  readonly #parts: () => Iterable<Part>;
  /** Whether its parts are not cut into documents between separators. */
  readonly #isWhole: boolean;
  readonly #documents: (part: Part) => readonly Document[];
  readonly #known = new Map<number, readonly Document[]>();

  private constructor(parts: () => Iterable<Part>, isWhole: boolean, documents: (part: Part) => readonly Document[]) {
    this.#parts = parts;
    this.#isWhole = isWhole;
    this.#documents = documents;
  }

  static ofStretch(stretch: Stretch): SharedText {
    const { file, start, end } = stretch;
    const isWhole = start === 0 && isJsonStream(file);
    return new SharedText(
      () => (isWhole ? [{ bytes: sliceOf(file, start, end), start }] : partsOf(file, start, end)),
      isWhole,
      (part) => documentsOf({ ...stretch, start: part.start }, part.bytes),
    );
  }

  static ofDocument(document: Document): SharedText {
    const bytes = new TextEncoder().encode(document.text);
    return new SharedText(
      () => [{ bytes, start: 0 }],
      true,
      () => [document],
    );
  }

  /** Searches for several things at once, since to read a large file again takes longer than to search it. */
  search(searches: readonly DocumentSearch[]): void {
    for (const part of this.#parts())
      for (const { search, found } of searches)
        search(part.bytes, (word, at) => {
          const { documents, end } = this.#documentsAt(part, at);
          for (const document of documents) found(document, word);
          return end;
        });
  }

  /** The documents around a place in a part, and where they end in it. */
  #documentsAt({ bytes, start }: Part, at: number): { readonly documents: readonly Document[]; readonly end: number } {
    const from = this.#isWhole ? 0 : lastBorder(bytes, 0, at);
    const end = this.#isWhole ? bytes.length : firstBorder(bytes, at);
    let documents = this.#known.get(start + from);
    if (documents === undefined) {
      documents = this.#documents({ bytes: bytes.subarray(from, end), start: start + from });
      this.#known.set(start + from, documents);
    }
    return { documents, end };
  }
}
