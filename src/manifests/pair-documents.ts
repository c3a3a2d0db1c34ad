import type { Document } from "./document.ts";
import { addTo, groupBy } from "./group-by.ts";
import type { PerSide, SideName, SourceFile } from "./manifest.ts";

type Sides<T> = PerSide<readonly T[]>;

const placeIn = ({ place, path }: SourceFile): string => place ?? path;

/** Where documents are: a file has one place on both sides, and so have the only two files of one application. */
export class FilePlaces {
  readonly #files: Sides<SourceFile>;
  readonly #isOneFile: boolean;
  #known: PerSide<ReadonlySet<string>> | undefined;

  constructor(files: Sides<SourceFile>) {
    this.#files = files;
    this.#isOneFile =
      files.base.length === 1 && files.head.length === 1 && files.base[0]?.application === files.head[0]?.application;
  }

  of({ application, place, file }: Document): string {
    return this.#isOneFile ? "" : `${application ?? ""}\n${place ?? file}`;
  }

  /** Whether a side has the file of a document of the other. */
  isOn(side: SideName, { place, file }: Document): boolean {
    this.#known ??= {
      base: new Set(this.#files.base.map(placeIn)),
      head: new Set(this.#files.head.map(placeIn)),
    };
    return this.#known[side].has(place ?? file);
  }
}

/** Documents of the base with one text. */
interface Twins {
  readonly byPlace: Map<string, Document[]>;
  /** Those whose file the head lacks; looked up on demand. */
  gone?: Document[];
}

/**
 * Documents with the same text on both sides pair off, in one place or where their file moved. Between two files that both
 * sides have they do not: what production gets may be what the stage before it had. Nor between two applications.
 */
export function dropEqual({ base, head }: Sides<Document>, places: FilePlaces) {
  const byText = new Map<string, Twins>();
  for (const document of base) {
    const place = places.of(document);
    const twins = byText.get(document.text);
    if (twins === undefined) byText.set(document.text, { byPlace: new Map([[place, [document]]]) });
    else addTo(twins.byPlace, place, document);
  }
  const paired = new Set<Document>();
  const both: Document[] = [];
  const onlyHead = head.filter((document) => {
    const twins = byText.get(document.text);
    const twin =
      twins === undefined ? undefined : (takeAt(twins, document, places) ?? takeMoved(twins, document, places));
    if (twin === undefined) return true;
    paired.add(twin);
    both.push(document);
    return false;
  });
  return { base: base.filter((document) => !paired.has(document)), head: onlyHead, both };
}

const takeAt = ({ byPlace }: Twins, document: Document, places: FilePlaces): Document | undefined =>
  byPlace.get(places.of(document))?.pop();

function takeMoved(twins: Twins, document: Document, places: FilePlaces): Document | undefined {
  if (places.isOn("base", document)) return undefined;
  twins.gone ??= [...twins.byPlace.values()].flat().filter((twin) => !places.isOn("head", twin));
  const at = twins.gone.findLastIndex(({ application }) => application === document.application);
  return at === -1 ? undefined : twins.gone.splice(at, 1)[0];
}

/** What differs between the sides, and what the documents of the head were before. */
export interface ChangedDocuments {
  readonly base: readonly Document[];
  readonly head: readonly Document[];
  readonly earlier: ReadonlyMap<Document, Document>;
}

/**
 * The earlier version of each document, as far as that can be told before they are read: the one at the same place among
 * those of its file that differ.
 */
export function earlierVersions(
  base: readonly Document[],
  head: readonly Document[],
  places: FilePlaces,
): ReadonlyMap<Document, Document> {
  // From the last on, so that the first is the next to be taken.
  const byPlace = groupBy(base.toReversed(), (document) => places.of(document));
  const earlier = new Map<Document, Document>();
  for (const document of head) {
    const version = byPlace.get(places.of(document))?.pop();
    if (version !== undefined) earlier.set(document, version);
  }
  return earlier;
}
