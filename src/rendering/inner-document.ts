import type { Document } from "../manifests/document.ts";
import type { Locator } from "../manifests/locator.ts";
import type { Json, Position, ValuePath } from "../manifests/manifest.ts";
import { readValue } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";

/** A document that stands in another one as a text. */
export interface InnerDocument {
  readonly value: Json;
  /** Where a value of it is in the file that holds the text. */
  readonly locate: (path: ValuePath) => Position;
}

/** The documents in a text that is the value at `path` of another document. */
export const documentsInside = (outer: Document, path: ValuePath, text: string, locator: Locator): InnerDocument[] =>
  splitFile({ path: outer.file, bytes: Buffer.from(text) }).flatMap((document) => {
    const value = readValue(document);
    if (value === undefined) return [];
    const locate: InnerDocument["locate"] = (at) =>
      placeIn(outer, locator.locate(outer, path), document, locator.locate(document, at));
    return [{ value, locate }];
  });

/** The line of a block scalar, which begins below its header, or else the beginning of the scalar: quotes may fold lines. */
function placeIn(outer: Document, scalar: Position, inner: Document, { line, column }: Position): Position {
  const place = scalar.line + line - 1;
  const [wanted, written] = [lineOf(inner, line), lineOf(outer, place)];
  return wanted !== "" && written.endsWith(wanted)
    ? { file: outer.file, line: place, column: written.length - wanted.length + column }
    : scalar;
}

const lineOf = ({ text, line: first }: Document, line: number): string =>
  (text.split("\n", line - first + 1)[line - first] ?? "").trimEnd();
