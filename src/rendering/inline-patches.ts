import type { Document } from "../manifests/document.ts";
import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Locator } from "../manifests/locator.ts";
import type { Json, JsonObject, Position, ValuePath } from "../manifests/manifest.ts";
import { readValue, valueUnder } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";
import { makerDocuments, type MakerText } from "./maker-text.ts";

/** A patch whose text stands in a kustomization, or in the object of a GitOps tool that edits one. */
export interface InlinePatch {
  readonly value: Json;
  /** The objects that it is for; without one it names its object itself. */
  readonly target: Json | undefined;
  /** Where a value of the patch is in the file that holds it. */
  readonly locate: (path: ValuePath) => Position;
}

/** The patches whose texts stand in a document of a kustomization. */
export const patchesIn = (kustomization: Document, value: Json, locator: Locator): InlinePatch[] =>
  inlinePatches(kustomization, { value, path: [] }, locator);

/** The patches that an object of a GitOps tool adds. */
export const patchesOf = (maker: MakerText, locator: Locator): InlinePatch[] =>
  makerDocuments(maker).flatMap(({ document, value }) =>
    editsIn(value).flatMap((edits) => inlinePatches(document, edits, locator)),
  );

/** A part of a document. */
interface Part {
  readonly value: Json;
  readonly path: ValuePath;
}

const parts = ({ value, path }: Part, ...keys: readonly string[]): Part[] => {
  const found = valueUnder(value, ...keys);
  return found === undefined ? [] : [{ value: found, path: [...path, ...keys] }];
};
const items = (part: Part, key: string): Part[] =>
  parts(part, key).flatMap(({ value, path }) =>
    listOf(value).map((item, index) => ({ value: item, path: [...path, index] })),
  );

/** The parts of a Kustomization, Application or ApplicationSet that edit a kustomization. */
function editsIn(object: JsonObject): Part[] {
  const whole = { value: object, path: [] };
  return [...parts(whole, "spec"), ...parts(whole, "spec", "template", "spec")].flatMap((spec) => [
    spec,
    ...[...parts(spec, "source"), ...items(spec, "sources")].flatMap((one) => parts(one, "kustomize")),
  ]);
}

const inlinePatches = (outer: Document, edits: Part, locator: Locator): InlinePatch[] =>
  textsIn(edits).flatMap(({ text, path, target }) =>
    splitFile({ path: outer.file, bytes: Buffer.from(text) }).flatMap((document) => {
      const value = readValue(document);
      if (value === undefined) return [];
      const locate: InlinePatch["locate"] = (at) =>
        placeIn(outer, locator.locate(outer, path), document, locator.locate(document, at));
      return [{ value, target, locate }];
    }),
  );

interface PatchText {
  readonly text: string;
  readonly path: ValuePath;
  readonly target: Json | undefined;
}

function textsIn(edits: Part): PatchText[] {
  const entries = ["patches", "patchesJson6902"].flatMap((list) =>
    items(edits, list).flatMap(({ value: entry, path }): PatchText[] =>
      isObject(entry) && typeof entry["patch"] === "string"
        ? [{ text: entry["patch"], path: [...path, "patch"], target: entry["target"] }]
        : [],
    ),
  );
  const merged = items(edits, "patchesStrategicMerge").flatMap(({ value, path }): PatchText[] =>
    typeof value === "string" && value.includes("\n") ? [{ text: value, path, target: undefined }] : [],
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
