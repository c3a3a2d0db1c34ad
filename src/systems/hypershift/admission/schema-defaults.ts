import { isList } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Shape } from "../../../rules/rows.ts";
import { fieldsOf, isListShape, itemOf, type NamedShape, resolved, settingOf } from "../../api-shape.ts";
import { objectOf } from "../values.ts";

/** A value with the defaults that its schema fills in before any rule of the CRD is asked. Null counts as absent there. */
export function withSchemaDefaults(of: Shape, value: Json, named: NamedShape): Json {
  const shape = resolved(of, named);
  if (typeof shape === "string") return value;
  if (isListShape(shape))
    return isList(value) ? value.map((item) => withSchemaDefaults(itemOf(shape), item, named)) : value;
  const object = objectOf(value);
  if (object === undefined) return value;
  const filled: Record<string, Json> = { ...object };
  for (const [name, inner] of fieldsOf(shape))
    for (const field of name === "*" ? Object.keys(object) : [name]) {
      const found = (Object.hasOwn(object, field) ? object[field] : undefined) ?? defaultOf(resolved(inner, named));
      if (found !== undefined && (name !== "*" || !Object.hasOwn(shape, field)))
        filled[field] = withSchemaDefaults(inner, found, named);
    }
  return filled;
}

/** The default of a shape: that of a string is as it is, any other as JSON. */
function defaultOf(shape: Shape): Json | undefined {
  const text = settingOf(shape, "default");
  if (text === undefined) return undefined;
  return typeof shape === "string" && shape.startsWith("string ") ? text : (JSON.parse(text) as Json);
}
