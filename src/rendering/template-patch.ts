import { defaultBounds } from "../manifests/bounds.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Json, JsonObject } from "../manifests/manifest.ts";
import { splitFile } from "../manifests/read.ts";
import { readValue } from "../manifests/read-value.ts";
import { Undecidable } from "./undecidable.ts";

/**
 * An Application with a `templatePatch` over it, whose text is filled in already (argo-cd `applicationset/controllers/template`
 * applyTemplatePatch): a strategic merge in which none of the lists has keys, so that each is replaced as a whole.
 */
export function patchedTemplate(application: JsonObject, patch: string): JsonObject {
  const [document] = splitFile({ path: "", bytes: Buffer.from(patch) });
  const value = document === undefined ? null : readValue(document, defaultBounds);
  if (value === null) return application;
  if (!isObject(value)) throw new Undecidable("has a templatePatch that is no mapping");
  return merged(application, value, false);
}

function merged(own: JsonObject, patch: JsonObject, isFlat: boolean): JsonObject {
  const found: Record<string, Json> = { ...own };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) throw new Undecidable("has a templatePatch that says how it is merged");
    const before = found[key];
    if (value === null) delete found[key];
    else if (!isObject(value)) found[key] = value;
    else if (!isObject(before)) found[key] = merged({}, value, false);
    // Of what stands in there the merge knows no fields, and fails where mappings meet.
    else if (isFlat) throw new Undecidable("has a templatePatch that merges mappings in valuesObject");
    else found[key] = merged(before, value, key === "valuesObject");
  }
  return found;
}
