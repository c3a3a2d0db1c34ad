import { type Document, documentText, Positions } from "./document.ts";
import type { Position, ValuePath } from "./manifest.ts";
import { placeAt, placeByCount, placesInOrder } from "./yaml/block-places.ts";
import { compose } from "./yaml/compose.ts";
import type { Composed, Places } from "./yaml/composed.ts";

/** The places in documents of at least this length are kept: they are few, and slow to search again. */
const long = 100_000;

/** Finds places in documents. Keeps the last document that it looked into, because callers ask for many places of one. */
export class Locator {
  readonly #long = new Map<Document, DocumentPlaces>();
  #last: DocumentPlaces | undefined;

  /** The position of the value at `path`, or of its nearest ancestor that is in the text. `known`: what the document says. */
  locate(document: Document, path: ValuePath, known?: Composed): Position {
    if (this.#last?.document !== document) {
      this.#last = this.#long.get(document) ?? this.#placesOf(document, known);
      if (document.text.length > long) this.#long.set(document, this.#last);
    }
    return this.#last.positionAt(path);
  }

  #placesOf(document: Document, known: Composed | undefined): DocumentPlaces {
    if (known?.starts !== undefined) return new DocumentPlaces(document, known);
    const places: Places = new Map();
    const composed = compose(documentText(document), { json: document.json === true, places });
    return new DocumentPlaces(document, composed, composed.starts === undefined ? places : undefined);
  }
}

/** Up to so many places are searched one by one before all are noted. */
const few = 8;

/** The places of the values of one document. */
export class DocumentPlaces {
  readonly #composed: Composed;
  readonly #positions: Positions;
  #places: Places | undefined;
  #asked = 0;

  /** `places`: all of them, unless the document was read by blocks. */
  constructor(document: Document, composed: Composed, places?: Places) {
    this.#composed = composed;
    this.#places = places;
    this.#positions = new Positions(document);
  }

  get document(): Document {
    return this.#positions.document;
  }

  positionAt(path: ValuePath): Position {
    const { value, starts } = this.#composed;
    this.#asked += 1;
    if (this.#places === undefined && this.#asked <= few) return this.#positions.at(placeByCount(this.#composed, path));
    this.#places ??= placesInOrder(value, starts ?? []);
    return this.#positions.at(placeAt(this.#composed, this.#places, path));
  }
}
