import { bounds } from "./bounds.ts";
import { type Document, documentText } from "./document.ts";
import { isObject } from "./json-object.ts";
import type { Json } from "./manifest.ts";
import { compose } from "./yaml/compose.ts";
import type { KnownTexts } from "./yaml/known-texts.ts";
import { YamlError } from "./yaml/yaml-error.ts";

/** What a document says, whatever it is about; undefined when kubectl would not read it, or it is beyond the bounds. */
export function readValue(document: Document, texts?: KnownTexts): Json | undefined {
  if (document.text.length > bounds.documentLength) return undefined;
  try {
    return compose(documentText(document), { json: document.json === true, texts }).value;
  } catch (error) {
    if (error instanceof YamlError) return undefined;
    throw error;
  }
}

/** The value under these keys, one in the other; undefined where one is missing or is in no object. */
export function valueUnder(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((found, key) => (isObject(found) ? found[key] : undefined), value);
}

/** The same where it is a text; undefined where it is anything else. */
export function textUnder(value: Json | undefined, ...keys: readonly string[]): string | undefined {
  const found = valueUnder(value, ...keys);
  return typeof found === "string" ? found : undefined;
}
