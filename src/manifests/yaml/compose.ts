import { readBlocks, type Versions } from "./block-reader.ts";
import type { Bounds } from "../bounds.ts";
import { composeEvents } from "./compose-events.ts";
import type { Composed, ComposeOptions } from "./composed.ts";

/**
 * One YAML document with go-yaml v2 meaning, as sigs.k8s.io/yaml makes JSON of it. Throws a `YamlError`. Nearly every
 * manifest is written so plainly that it can be read line by line; the full reader gets the others.
 */
export function compose(text: string, bounds: Bounds, options: ComposeOptions & Versions = {}): Composed {
  const plain = options.json === true ? undefined : readBlocks(text, bounds, options);
  return plain ?? composeEvents(text, bounds, options);
}
