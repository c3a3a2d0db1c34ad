import type { Document } from "../manifests/document.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Locator } from "../manifests/locator.ts";
import type { JsonObject, Position } from "../manifests/manifest.ts";
import { readValue, valueUnder } from "../manifests/read-value.ts";
import { splitFile } from "../manifests/read.ts";
import { titleOf } from "./deployers/deployment.ts";

/** The file that holds an object of a GitOps tool, for positions in it. */
export interface MakerText {
  /** The title of the `Maker`. */
  readonly title: string;
  /** As it is shown. */
  readonly path: string;
  readonly bytes: Buffer;
}

interface MakerDocument {
  readonly document: Document;
  readonly value: JsonObject;
}

/** The document of the object, or of the ApplicationSet that makes it. */
export const makerDocuments = ({ title, ...file }: MakerText): MakerDocument[] =>
  splitFile(file).flatMap((document) => {
    const value = readValue(document);
    return isObject(value) && title.endsWith(titleOf(value)) ? [{ document, value }] : [];
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
