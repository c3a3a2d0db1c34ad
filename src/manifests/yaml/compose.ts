import { readBlocks, type Versions } from "./block-reader.ts";
import type { Composed, ComposeOptions } from "./composed.ts";
import { readFully } from "./full-reader.ts";
import { readJson } from "./json-reader.ts";

/**
 * One document with the meaning that it has for kubectl: YAML as sigs.k8s.io/yaml makes JSON of it, or JSON. Throws a
 * `YamlError`. Nearly every manifest is written so plainly that it can be read line by line; the full reader gets the others.
 */
export function compose(text: string, options: ComposeOptions & Versions = {}): Composed {
  if (options.json === true) return readJson(text, options.places);
  const { texts } = options;
  const known = options.places === undefined && options.textKeys !== true ? texts?.get(text) : undefined;
  if (known !== undefined) return known;
  const read = readBlocks(text, options);
  if (read !== undefined) return read;
  const composed = readFully(text, options);
  return options.textKeys === true ? composed : (texts?.keep(text, composed) ?? composed);
}
