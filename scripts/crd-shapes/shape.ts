import type { Shape } from "../../src/rules/rows.ts";

/** The part of a structural schema that says what a value may be. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly default?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-list-type"?: string;
  readonly "x-kubernetes-list-map-keys"?: readonly string[];
  readonly "x-kubernetes-validations"?: readonly { readonly rule: string; readonly message?: string }[];
}

/** A schema in the words of the tables; `required` is what the parent says of it. */
export function shapeOf(schema: Schema, required = false): Shape {
  const words = wordsOf(schema, required).join(" ");
  if (schema.type === "array") {
    const item = schema.items === undefined ? "any" : shapeOf(schema.items);
    return words === "" ? [item] : [words, item];
  }
  const fields = fieldsOf(schema);
  if (fields.length > 0) return Object.fromEntries(words === "" ? fields : [["!", words], ...fields]);
  return [typeOf(schema), words].filter((text) => text !== "").join(" ");
}

function fieldsOf(schema: Schema): [string, Shape][] {
  const required = new Set(schema.required);
  const fields = Object.entries(schema.properties ?? {}).map(([name, field]): [string, Shape] => [
    name,
    shapeOf(field, required.has(name)),
  ]);
  const rest = schema.additionalProperties;
  return typeof rest === "object" ? [...fields, ["*", shapeOf(rest)]] : fields;
}

function typeOf(schema: Schema): string {
  if (schema["x-kubernetes-int-or-string"] === true) return "int-or-string";
  if (schema.type === "boolean") return "bool";
  if (schema.type === "integer") return schema.format === "int32" || schema.format === "int64" ? schema.format : "int";
  if (schema.type === "number") return "float64";
  if (schema.type === "object" && schema["x-kubernetes-preserve-unknown-fields"] !== true) return "object";
  return schema.type === "string" ? "string" : "any";
}

function wordsOf(schema: Schema, required: boolean): string[] {
  const words: string[] = [];
  const bound = (word: string, limit: number | undefined): void => {
    if (limit !== undefined && (limit > 0 || !word.startsWith("size>"))) words.push(`${word}${limit}`);
  };
  // What has a default is never missing.
  if (required && schema.default === undefined) words.push("required");
  if (schema.default !== undefined)
    words.push(`default=${typeof schema.default === "string" ? schema.default : JSON.stringify(schema.default)}`);
  if (schema.enum !== undefined) words.push(`in=${schema.enum.join("|")}`);
  bound("size>=", schema.minLength ?? schema.minItems ?? schema.minProperties);
  bound("size<=", schema.maxLength ?? schema.maxItems ?? schema.maxProperties);
  bound(">=", schema.minimum);
  bound("<=", schema.maximum);
  if (schema.pattern !== undefined) words.push(matches(schema.pattern));
  if (schema.type === "string" && schema.format !== undefined) words.push(`format=${schema.format}`);
  const keys = schema["x-kubernetes-list-map-keys"];
  if (schema["x-kubernetes-list-type"] === "set") words.push("unique");
  if (keys !== undefined) words.push(`key=${keys.join(",")}`);
  return words;
}

/** Words are parted by spaces, so a pattern holds none. */
const matches = (pattern: string): string => `matches=${pattern.replaceAll(" ", String.raw`\x20`)}`;
