import { z } from "zod";
import * as report from "../src/report/report.ts";

/** The part of JSON Schema that zod writes for the report. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly description?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const named: Readonly<Record<string, z.ZodType>> = {
  Report: report.reportSchema,
  PoolReport: report.poolSchema,
  Cause: report.causeSchema,
  Pending: report.pendingSchema,
  ObjectReport: report.objectSchema,
  DiagnosticReport: report.diagnosticSchema,
  ReportedNodes: report.nodesSchema,
};

const plain: Readonly<Record<string, string>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  null: "null",
};

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace("#/$defs/", "");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(" | ");
  const { type } = schema;
  if (typeof type === "object") return type.map((one) => typeOf({ ...schema, type: one })).join(" | ");
  if (type === "array") {
    const item = typeOf(schema.items ?? {});
    return `readonly ${item.includes("|") ? `(${item})` : item}[]`;
  }
  if (type === "object") return objectOf(schema);
  return plain[type ?? ""] ?? "unknown";
}

function objectOf({ properties = {}, required = [], additionalProperties, propertyNames }: Schema): string {
  const members = Object.entries(properties).map(([name, member]) => {
    const comment = member.description === undefined ? "" : `/** ${member.description} */\n`;
    return `${comment}readonly ${name}${required.includes(name) ? "" : "?"}: ${typeOf(member)};`;
  });
  if (members.length === 0 && typeof additionalProperties === "object") {
    const keys = propertyNames?.enum === undefined ? "" : "?";
    return `{ readonly [key in ${propertyNames === undefined ? "string" : typeOf(propertyNames)}]${keys}: ${typeOf(additionalProperties)} }`;
  }
  return `{\n${members.join("\n").replaceAll(/^/gm, "    ")}\n}`;
}

/** The types of the report, without the library that they are inferred with. */
export function reportDeclarations(): [name: string, text: string][] {
  const metadata = z.registry<{ id?: string | undefined; description?: string | undefined }>();
  const ids = new Map(Object.entries(named).map(([id, schema]): [unknown, string] => [schema, id]));
  // Descriptions are in the global registry; the names are nobody's business but this file's.
  metadata.get = (schema) => {
    const id = ids.get(schema);
    return { ...z.globalRegistry.get(schema), ...(id === undefined ? {} : { id }) };
  };
  const { $defs = {}, ...whole } = z.toJSONSchema(report.reportSchema, { metadata }) as Schema;
  const schemas: Record<string, Schema> = { ...$defs };
  if (whole.properties !== undefined) schemas["Report"] = whole;
  return Object.entries(schemas).map(([name, schema]) => [name, `export type ${name} = ${typeOf(schema)};`]);
}
