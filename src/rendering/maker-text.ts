import type { Document } from "../manifests/document.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Locator } from "../manifests/locator.ts";
import type { Json, JsonObject, Position } from "../manifests/manifest.ts";
import { readValue, valueUnder } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";
import type { ChangedFile } from "./changed-values.ts";
import { titleOf } from "./deployers/deployment.ts";

/** The file that holds an object of a GitOps tool, for positions in it. */
export interface MakerText {
  /** The title of the `Maker`. */
  readonly title: string;
  /** As it is shown. */
  readonly path: string;
  readonly bytes: Buffer;
  /** What the file is on the other side. */
  readonly other: Buffer | undefined;
  /** Changed files that the object takes parameters from, or that hold ConfigMaps from which it takes variables or values. */
  readonly settings: () => readonly ChangedFile[];
}

interface MakerDocument {
  readonly document: Document;
  readonly value: JsonObject;
}

/** Whether a document is the object, or the ApplicationSet that makes it. */
export const isMaker = ({ title }: Pick<MakerText, "title">, value: Json): value is JsonObject =>
  isObject(value) && title.endsWith(titleOf(value));

/** The document of the object. */
export const makerDocuments = (maker: Pick<MakerText, "title" | "path" | "bytes">): MakerDocument[] =>
  splitFile(maker).flatMap((document) => {
    const value = readValue(document);
    return value !== undefined && isMaker(maker, value) ? [{ document, value }] : [];
  });

/** Where a Kustomization of Flux gives a value to one of the variables in a text. */
export function variableOrigin(maker: MakerText, text: string, locator: Locator): Position | undefined {
  const names = Array.from(text.matchAll(/(?<!\$)\$\{([A-Za-z_]\w*)/g), ([, name = ""]) => name);
  if (names.length === 0) return undefined;
  for (const { document, value } of makerDocuments(maker)) {
    const given = valueUnder(value, "spec", "postBuild", "substitute");
    const name = names.find((one) => isObject(given) && Object.hasOwn(given, one));
    if (name !== undefined) return locator.locate(document, ["spec", "postBuild", "substitute", name]);
  }
  return undefined;
}
