import type { Document } from "../manifests/document.ts";
import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Locator } from "../manifests/locator.ts";
import type { Json, Position, ValuePath } from "../manifests/manifest.ts";
import { readValue } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";

/** A patch whose text stands in a kustomization. */
export interface InlinePatch {
  readonly document: Document;
  readonly value: Json;
  /** The objects that it is for; without one it names its object itself. */
  readonly target: Json | undefined;
  /** Where a value of the patch is in the kustomization. */
  readonly locate: (path: ValuePath) => Position;
}

/** The patches whose texts stand in a document of a kustomization. */
export const inlinePatches = (kustomization: Document, value: Json, locator: Locator): InlinePatch[] =>
  textsIn(value).flatMap(({ text, path, target }) =>
    splitFile({ path: kustomization.file, bytes: Buffer.from(text) }).flatMap((document) => {
      const patch = readValue(document);
      if (patch === undefined) return [];
      const locate: InlinePatch["locate"] = (at) =>
        placeIn(kustomization, locator.locate(kustomization, path), document, locator.locate(document, at));
      return [{ document, value: patch, target, locate }];
    }),
  );

interface PatchText {
  readonly text: string;
  readonly path: ValuePath;
  readonly target: Json | undefined;
}

function textsIn(value: Json): PatchText[] {
  if (!isObject(value)) return [];
  const entries = ["patches", "patchesJson6902"].flatMap((list) =>
    listOf(value[list]).flatMap((entry, index): PatchText[] =>
      isObject(entry) && typeof entry["patch"] === "string"
        ? [{ text: entry["patch"], path: [list, index, "patch"], target: entry["target"] }]
        : [],
    ),
  );
  const list = "patchesStrategicMerge";
  const merged = listOf(value[list]).flatMap((text, index): PatchText[] =>
    typeof text === "string" && text.includes("\n") ? [{ text, path: [list, index], target: undefined }] : [],
  );
  return [...entries, ...merged];
}

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
