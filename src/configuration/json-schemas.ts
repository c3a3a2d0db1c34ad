import { z } from "zod";
import { reportSchema } from "../report/report.ts";
import { tablePartSchema } from "../rules/schema.ts";
import { configurationSchema } from "./schema.ts";

const schemas = {
  report: { title: "The report of will-it-roll, format version 1.0", schema: reportSchema },
  configuration: { title: "The configuration file of will-it-roll, .will-it-roll.yaml", schema: configurationSchema },
  rules: { title: "A table of rules of will-it-roll", schema: tablePartSchema },
} as const;

type SchemaName = keyof typeof schemas;
export const schemaNames = Object.keys(schemas) as SchemaName[];

/** A published JSON Schema as text; `schemas/NAME.json` holds the same. */
export function schemaOf(name: SchemaName): string {
  const { title, schema } = schemas[name];
  const { $schema, ...rest } = z.toJSONSchema(schema, { reused: "ref" });
  return `${JSON.stringify({ $schema, title, ...rest }, undefined, 2)}\n`;
}
