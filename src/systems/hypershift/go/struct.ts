import { isList } from "../../../manifests/json-list.ts";
import { bareObject, isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { jsonText } from "./json-text.ts";

/**
 * The Go type behind a value. A value is read as `encoding/json` reads it into that type and written back, so that what
 * the type does not know is dropped and what equals its zero value is absent. `raw` keeps everything.
 */
export type Shape =
  | { readonly is: "string" | "bool" | "raw"; readonly pointer?: true }
  /** Of 64 bits, where nothing else is said. */
  | { readonly is: "int"; readonly bits?: 32; readonly pointer?: true }
  /** `keepEmpty`: the field has no `omitempty`, so `[]` is written and differs from absent. */
  | { readonly is: "list"; readonly of: Shape; readonly keepEmpty?: true }
  | { readonly is: "map"; readonly of: Shape }
  | { readonly is: "struct"; readonly fields: { readonly [name: string]: Shape }; readonly pointer?: true }
  /** A type with a form of its own: the function gives it, or throws a `GoTypeError`. */
  | { readonly is: "scalar"; readonly read: (value: Json, place: string) => Json | undefined };

type Fields = Readonly<Record<string, Shape>>;
export const struct = (fields: Fields): Shape => ({ is: "struct", fields });
export const pointer = (fields: Fields): Shape => ({ is: "struct", fields, pointer: true });
export const listOf = (of: Shape): Shape => ({ is: "list", of });

/** A value that does not fit its Go type; the decoder of the controller refuses the document. */
export class GoTypeError extends Error {
  constructor(place: string, wanted: string) {
    super(`${place === "" ? "the value" : place} must be ${wanted}`);
    this.name = "GoTypeError";
  }
}

/** Refuses keys that the type does not know, as a strict decoder does. */
export function requireKnownKeys(shape: Shape, value: Json | undefined, place = ""): void {
  if (shape.is === "list" && isList(value))
    for (const [index, item] of value.entries()) requireKnownKeys(shape.of, item, `${place}[${index}]`);
  if (!isObject(value)) return;
  if (shape.is === "map")
    for (const key of Object.keys(value)) requireKnownKeys(shape.of, value[key], `${place}.${key}`);
  if (shape.is !== "struct") return;
  for (const key of Object.keys(value)) {
    const here = place === "" ? key : `${place}.${key}`;
    const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined;
    if (field === undefined) throw new GoTypeError(here, "left out: the type has no such field");
    requireKnownKeys(field, value[key], here);
  }
}

/**
 * The value as the Go type writes it, without what equals absence; undefined when nothing is left.
 * @throws {GoTypeError} when a value does not fit.
 */
export function throughGo(shape: Shape, value: Json | undefined, place = ""): Json | undefined {
  // encoding/json leaves a field as it is when the value is null.
  if (value === undefined || value === null) return undefined;
  switch (shape.is) {
    case "raw":
      return value;
    case "scalar":
      return shape.read(value, place);
    case "string":
      if (typeof value !== "string") throw new GoTypeError(place, "a string");
      return value === "" && shape.pointer !== true ? undefined : value;
    case "bool":
      if (typeof value !== "boolean") throw new GoTypeError(place, "true or false");
      return value || shape.pointer === true ? value : undefined;
    case "int":
      if (typeof value !== "bigint" && !(typeof value === "number" && Number.isInteger(value)))
        throw new GoTypeError(place, "a whole number");
      if (BigInt.asIntN(shape.bits ?? 64, BigInt(value)) !== BigInt(value))
        throw new GoTypeError(place, `a whole number of ${shape.bits ?? 64} bits`);
      return Number(value) === 0 && shape.pointer !== true ? undefined : value;
    case "list":
      return listThroughGo(shape, value, place);
    case "map":
      if (!isObject(value)) throw new GoTypeError(place, "a map");
      return filled(
        Object.keys(value).map((key) => {
          const item = throughGo(shape.of, value[key], `${place}.${key}`);
          return [key, item ?? zeroOf(shape.of)];
        }),
      );
    case "struct":
      if (!isObject(value)) throw new GoTypeError(place, "a map");
      return structThroughGo(shape, value, place);
  }
}

function listThroughGo(shape: Shape & { is: "list" }, value: Json, place: string): Json | undefined {
  if (!isList(value)) throw new GoTypeError(place, "a list");
  const items = value.map((item, index) => throughGo(shape.of, item, `${place}[${index}]`) ?? zeroOf(shape.of));
  return items.length === 0 && shape.keepEmpty !== true ? undefined : items;
}

function structThroughGo(shape: Shape & { is: "struct" }, value: JsonObject, place: string): Json | undefined {
  const entries = Object.entries(shape.fields).map(
    ([name, field]) => [name, throughGo(field, value[name], place === "" ? name : `${place}.${name}`)] as const,
  );
  return filled(entries) ?? (shape.pointer === true ? emptyObject : undefined);
}

const emptyObject: JsonObject = Object.freeze(bareObject());

/** What stands for an item of a list or a map whose value is the zero value of its type. */
const zeroOf = (shape: Shape): Json => (shape.is === "string" ? "" : shape.is === "struct" ? emptyObject : null);

function filled(entries: readonly (readonly [string, Json | undefined])[]): JsonObject | undefined {
  const object = bareObject();
  for (const [name, value] of entries) if (value !== undefined) object[name] = value;
  return Object.keys(object).length === 0 ? undefined : object;
}

/**
 * The same as JSON, of a field of an object of the API. What does not fit its type never passes the API server, which a rule
 * says by itself: then its own text is as good as any.
 */
export function textThroughGo(shape: Shape, value: Json | undefined): string | undefined {
  try {
    const read = throughGo(shape, value);
    return read === undefined ? undefined : jsonText(read);
  } catch (error) {
    if (!(error instanceof GoTypeError)) throw error;
    return jsonText(value ?? null);
  }
}
