import type { Document } from "../manifests/document.ts";
import { listOf } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Locator } from "../manifests/locator.ts";
import type { Json, JsonObject, ValuePath } from "../manifests/manifest.ts";
import { valueUnder } from "../manifests/read-value.ts";
import { documentsInside, type InnerDocument } from "./inner-document.ts";
import { makerDocuments, type MakerText } from "./maker-text.ts";

/** A patch whose text stands in a kustomization, or in the object of a GitOps tool that edits one. */
export interface InlinePatch extends InnerDocument {
  /** The objects that it is for; without one it names its object itself. */
  readonly target: Json | undefined;
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
    documentsInside(outer, path, text, locator).map((inner) => ({ ...inner, target })),
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
