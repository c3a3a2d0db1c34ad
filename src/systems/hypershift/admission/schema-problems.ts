import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import type { Shape } from "../../../rules/rows.ts";
import { isWithin } from "../../../rules/version.ts";
import {
  fieldsOf,
  isListShape,
  type ListShape,
  itemOf,
  type NamedShape,
  type ObjectShape,
  resolved,
  sectionsOf,
  settingOf,
  wordsOf,
} from "../../api-shape.ts";
import { listOf, objectOf } from "../values.ts";
import { withSchemaDefaults } from "./schema-defaults.ts";
import { typeProblem, wordProblem } from "./schema-values.ts";

/** Something that the API server refuses in one value. */
export interface SchemaProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** The API whose schema it is. */
interface SchemaApi {
  readonly named: NamedShape;
  readonly version: string;
}

/** The words that its version has. */
function inForce(words: readonly string[], { version }: SchemaApi): readonly string[] {
  if (!words.some((word) => word.startsWith("@"))) return words;
  return sectionsOf(words).flatMap((section) => (isWithin(version, section.from, section.before) ? section.words : []));
}

/**
 * What the schema refuses of `value`. Only what differs from `old` is checked, as the API server lets a value pass that
 * it holds already; a list without keys is checked as a whole. Null is absent: it is pruned, or replaced by the default.
 */
export function* schemaProblems(
  shape: Shape,
  value: Json | undefined,
  old: Json | undefined,
  path: readonly string[],
  api: SchemaApi,
): Generator<SchemaProblem> {
  const { named } = api;
  if (isAbsent(value) || (!isAbsent(old) && (value === old || canonicalText(value) === canonicalText(old)))) return;
  if (typeof shape === "string") {
    if (shape.startsWith("@")) yield* schemaProblems(resolved(shape, named), value, old, path, api);
    else yield* leafProblems(shape, value, path, api);
    return;
  }
  const wanted = isListShape(shape) ? "array" : "object";
  if (isListShape(shape) ? !Array.isArray(value) : objectOf(value) === undefined) {
    yield { path, message: `must be of type ${wanted}` };
    return;
  }
  for (const word of inForce(wordsOf(shape), api)) {
    const message = wordProblem(word, isListShape(shape) ? value : withDefaults(shape, value, named));
    if (message !== undefined) yield { path, message };
  }
  if (isListShape(shape)) yield* listProblems(shape, listOf(value), listOf(old), path, api);
  else yield* objectProblems(shape, objectOf(value) ?? {}, objectOf(old), path, api);
}

const isAbsent = (value: Json | undefined): value is undefined | null => value === undefined || value === null;

/** Entries are counted after defaults are filled in. */
function withDefaults(shape: ObjectShape, value: Json, named: NamedShape): JsonObject {
  const entries = Object.entries(objectOf(value) ?? {}).filter(([, inner]) => inner !== null);
  return objectOf(withSchemaDefaults(shape, Object.fromEntries(entries), named)) ?? {};
}

function* leafProblems(shape: string, value: Json, path: readonly string[], api: SchemaApi): Generator<SchemaProblem> {
  const [type = "", ...all] = shape.split(" ");
  const words = inForce(all, api);
  const wrong = typeProblem(type, value);
  if (wrong !== undefined) yield { path, message: wrong };
  else {
    // What is too long already is held against no pattern.
    const sizes = words.filter((word) => word.startsWith("size")).map((word) => wordProblem(word, value));
    const others = sizes.some((message) => message !== undefined)
      ? []
      : words.filter((word) => !word.startsWith("size"));
    for (const message of [...sizes, ...others.map((word) => wordProblem(word, value))])
      if (message !== undefined) yield { path, message };
  }
}

function* listProblems(
  shape: ListShape,
  value: readonly Json[],
  old: readonly Json[],
  path: readonly string[],
  api: SchemaApi,
): Generator<SchemaProblem> {
  const keys = settingOf(shape, "key")?.split(",");
  const keyOf = (item: Json): string =>
    canonicalText(keys === undefined ? item : keys.map((key) => objectOf(item)?.[key] ?? null));
  if (keys !== undefined || wordsOf(shape).includes("unique")) {
    const repeats = (items: readonly Json[]): boolean => new Set(items.map(keyOf)).size < items.length;
    if (repeats(value) && !repeats(old)) yield { path, message: "must not name an entry twice" };
  }
  const before = new Map(keys === undefined ? [] : old.map((item) => [keyOf(item), item]));
  for (const [index, item] of value.entries()) {
    const inner = [...path, String(index)];
    if (item === null) yield { path: inner, message: "must not be null" };
    else yield* schemaProblems(itemOf(shape), item, before.get(keyOf(item)), inner, api);
  }
}

function* objectProblems(
  shape: ObjectShape,
  value: JsonObject,
  old: JsonObject | undefined,
  path: readonly string[],
  api: SchemaApi,
): Generator<SchemaProblem> {
  for (const [name, field] of fieldsOf(shape)) {
    const isMissing = isAbsent(value[name]) && inForce(wordsOf(resolved(field, api.named)), api).includes("required");
    if (isMissing && (old === undefined || !isAbsent(old[name])))
      yield { path: [...path, name], message: "is required" };
  }
  const fields = new Map(fieldsOf(shape));
  for (const [name, inner] of Object.entries(value)) {
    const field = fields.get(name) ?? fields.get("*");
    if (field !== undefined) yield* schemaProblems(field, inner, old?.[name], [...path, name], api);
  }
}
