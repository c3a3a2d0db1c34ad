import { isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { readValue } from "../../../manifests/read-value.ts";
import { splitFile } from "../../../manifests/read.ts";
import { Undecidable } from "../../templates/undecidable.ts";

/**
 * An Application with a `templatePatch` over it, whose text is filled in already (argo-cd `applicationset/controllers/template`
 * applyTemplatePatch): a strategic merge in which none of the lists has keys, so that each is replaced as a whole.
 */
export function patchedTemplate(application: JsonObject, patch: string): JsonObject {
  const [document] = splitFile({ path: "", bytes: Buffer.from(patch) });
  const value = document === undefined ? null : readValue(document);
  if (value === null) return application;
  if (!isObject(value)) throw new Undecidable("has a templatePatch that is not a mapping");
  return merged(application, value, false);
}

function merged(own: JsonObject, patch: JsonObject, isFlat: boolean): JsonObject {
  const found = new Map<string, Json>(Object.entries(own));
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) throw new Undecidable("has a templatePatch that says how it is merged");
    const before = found.get(key);
    if (value === null) found.delete(key);
    else if (!isObject(value)) found.set(key, value);
    else if (!isObject(before)) found.set(key, merged({}, value, false));
    // The merge does not know the fields in valuesObject, and fails where two mappings meet.
    else if (isFlat) throw new Undecidable("has a templatePatch that merges mappings in valuesObject");
    else found.set(key, merged(before, value, key === "valuesObject"));
  }
  return Object.fromEntries(found);
}
