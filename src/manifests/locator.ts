import type { Bounds } from "./bounds.ts";
import { compose } from "./compose.ts";
import type { Composed, Places } from "./composed.ts";
import { type Document, documentText, positionIn } from "./document.ts";
import type { Position } from "./manifest.ts";
import { placeByHolder, placeByOrder } from "./places.ts";

/** Finds places in documents. Keeps the last document it read, because callers ask for many places of one. */
export class Locator {
  readonly #bounds: Bounds;
  #last: { readonly document: Document; readonly composed: Composed; readonly places: Places } | undefined;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  /** The position of the value at `path`, or of its nearest ancestor that stands in the text. `known`: what the document says. */
  locate(document: Document, path: readonly (string | number)[], known?: Composed): Position {
    const { composed, places } =
      known?.starts === undefined ? this.#read(document) : { composed: known, places: new Map() as Places };
    const { starts } = composed;
    const place = starts === undefined ? placeByHolder(composed, places, path) : placeByOrder(composed, starts, path);
    return positionIn(document, place);
  }

  #read(document: Document) {
    if (this.#last?.document !== document) {
      const places: Places = new Map();
      const composed = compose(documentText(document), this.#bounds, { json: document.json === true, places });
      this.#last = { document, composed, places };
    }
    return this.#last;
  }
}
