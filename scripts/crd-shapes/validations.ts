import type { ValidationRow } from "../../src/rules/rows.ts";
import type { Schema } from "./shape.ts";

/** The CEL rules of a schema that look at the new value alone. Those about `oldSelf` are refusals of the tables, with what to do instead. */
export function* validationsOf(schema: Schema, path: string): Generator<ValidationRow> {
  for (const { rule, message } of schema["x-kubernetes-validations"] ?? [])
    if (!rule.includes("oldSelf"))
      yield { at: path, rule: rule.replaceAll(/\s*\n\s*/g, " ").trim(), message: message ?? `must hold: ${rule}` };
  for (const [name, inner] of Object.entries(schema.properties ?? {})) yield* validationsOf(inner, `${path}/${name}`);
  if (schema.items !== undefined) yield* validationsOf(schema.items, `${path}/*`);
  if (typeof schema.additionalProperties === "object") yield* validationsOf(schema.additionalProperties, `${path}/*`);
}
