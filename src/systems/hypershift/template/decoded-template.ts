import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import type { Scope } from "../../../rules/functions.ts";
import { PatchError } from "../go/json-patch.ts";
import { operatorBefore } from "../operator.ts";
import { objectOf } from "../values.ts";
import { amount } from "./vm-template.ts";

/**
 * The patched document is decoded into the template as it was. Only the annotations of the VM are emptied before, by operators
 * since 4.19, and the type of its spec reads itself anew (kubevirt.io/api core/v1 VirtualMachineInstanceSpec.UnmarshalJSON).
 * @throws {PatchError} where a value is of another type than the one that it replaces.
 */
export function decodedOver(template: JsonObject, document: JsonObject, scope: Scope): JsonObject {
  checkTypes(template, document, "");
  const spec = objectOf(template["spec"]) ?? {};
  const vm = objectOf(spec["template"]) ?? {};
  const keepsAnnotations = operatorBefore(scope, "4.19");
  const kept = Object.entries(objectOf(vm["metadata"]) ?? {}).filter(
    ([key]) => keepsAnnotations || key !== "annotations",
  );
  const isWritten = objectOf(objectOf(objectOf(document["spec"])?.["template"])?.["spec"]) !== undefined;
  const emptied = { ...vm, metadata: Object.fromEntries(kept), ...(isWritten ? { spec: {} } : {}) };
  // A template of a VM is its metadata and its spec (cluster-api-provider-kubevirt VirtualMachineTemplateSpec).
  const read = Object.fromEntries(Object.entries(document).filter(([key]) => key === "metadata" || key === "spec"));
  return objectOf(decoded({ ...template, spec: { ...spec, template: emptied } }, read, "")) ?? {};
}

/** Structures that are no pointers: null leaves them as they are. */
const structures = new Set(["metadata", "spec", "domain", "devices", "resources"]);
/** Maps of quantities, and the memory of a guest. */
const quantities = new Set(["requests", "limits"]);
/** Maps of texts, in which null is the empty one. */
const texts = new Set(["labels", "annotations", "nodeSelector", "matchLabels"]);

const typeOf = (value: Json): string => (Array.isArray(value) ? "array" : typeof value);

/** Go refuses a value of another JSON type than that of the field; of what the template lacks no type is known here. */
function checkTypes(old: Json | undefined, value: Json | undefined, key: string): void {
  if (old === undefined || old === null || value === undefined || value === null || key === "guest") return;
  if (typeOf(old) !== typeOf(value))
    throw new PatchError(
      `the controller cannot read ${key}, which is of type ${typeOf(value)} instead of ${typeOf(old)}`,
    );
  if (Array.isArray(old)) {
    if (Array.isArray(value)) for (const item of value) checkTypes(old[0], item, key);
    return;
  }
  if (quantities.has(key)) return;
  const fields = objectOf(old) ?? {};
  for (const [name, inner] of Object.entries(objectOf(value) ?? {}))
    checkTypes(texts.has(key) ? "" : fields[name], inner, name);
}

/** Go's encoding/json decodes into what is there: fields that the document lacks stay, and so do fields of a list's items. */
function decoded(old: Json | undefined, value: Json, key: string): Json | undefined {
  if (value === null) return structures.has(key) ? old : undefined;
  if (Array.isArray(value)) {
    const items: readonly Json[] = Array.isArray(old) ? old : [];
    // Empty lists are not written again.
    return value.length === 0 ? undefined : value.map((item: Json, index) => decoded(items[index], item, "") ?? null);
  }
  if (typeof value !== "object") return key === "guest" ? amount(value) : value;
  const isMap = texts.has(key) || quantities.has(key);
  const fields: Record<string, Json> = { ...objectOf(old) };
  for (const [name, inner] of Object.entries(value)) {
    const field = quantities.has(key)
      ? amount(inner)
      : texts.has(key)
        ? (inner ?? "")
        : decoded(fields[name], inner, name);
    if (field === undefined) delete fields[name];
    else fields[name] = field;
  }
  return isMap && Object.keys(fields).length === 0 ? undefined : fields;
}
