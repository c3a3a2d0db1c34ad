import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import {
  constraintsOf,
  fieldsOf,
  isList,
  itemOf,
  type NamedShape,
  type ObjectShape,
  resolved,
  type Shape,
} from "../../api-shape.ts";
import { typeProblem, wordProblem } from "./schema-values.ts";
import { listOf, objectOf, textOf } from "../values.ts";

/** Something that the API server refuses in one value. */
export interface SchemaProblem {
  readonly path: readonly string[];
  readonly message: string;
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
  named: NamedShape,
): Generator<SchemaProblem> {
  if (isAbsent(value) || (!isAbsent(old) && (value === old || canonicalText(value) === canonicalText(old)))) return;
  if (typeof shape === "string") {
    if (shape.startsWith("@")) yield* schemaProblems(resolved(shape, named), value, old, path, named);
    else yield* leafProblems(shape, value, path);
    return;
  }
  const wanted = isList(shape) ? "array" : "object";
  if (isList(shape) ? !Array.isArray(value) : objectOf(value) === undefined) {
    yield { path, message: `must be of type ${wanted}` };
    return;
  }
  for (const word of wordsOf(shape)) {
    const message = wordProblem(word, isList(shape) ? value : withDefaults(shape, withoutNulls(value)));
    if (message !== undefined) yield { path, message };
  }
  if (isList(shape)) yield* listProblems(shape, listOf(value), listOf(old), path, named);
  else yield* objectProblems(shape, objectOf(value) ?? {}, objectOf(old), path, named);
}

const isAbsent = (value: Json | undefined): value is undefined | null => value === undefined || value === null;

const wordsOf = (shape: Shape): readonly string[] => constraintsOf(shape).split(" ");

const settingOf = (shape: Shape, name: string): string | undefined =>
  wordsOf(shape)
    .find((word) => word.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const withoutNulls = (value: Json): JsonObject =>
  Object.fromEntries(Object.entries(objectOf(value) ?? {}).filter(([, inner]) => inner !== null));

/** Entries are counted after defaults are filled in. */
const withDefaults = (shape: ObjectShape, value: JsonObject): JsonObject => ({
  ...Object.fromEntries(
    fieldsOf(shape).flatMap(([name, field]) => {
      const text = settingOf(field, "default");
      return text === undefined ? [] : [[name, text]];
    }),
  ),
  ...value,
});

function* leafProblems(shape: string, value: Json, path: readonly string[]): Generator<SchemaProblem> {
  const [type = "", ...words] = shape.split(" ");
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
  shape: readonly Shape[],
  value: readonly Json[],
  old: readonly Json[],
  path: readonly string[],
  named: NamedShape,
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
    const inner = [...path, nameOf(item) ?? String(index)];
    if (item === null) yield { path: inner, message: "must not be null" };
    else yield* schemaProblems(itemOf(shape), item, before.get(keyOf(item)), inner, named);
  }
}

/** Entries that are known by a name are called by it, as in the rest of the report. */
export const nameOf = (item: Json): string | undefined => {
  const name = objectOf(item)?.["name"] ?? objectOf(item)?.["key"];
  return typeof name === "string" ? name : undefined;
};

function* objectProblems(
  shape: ObjectShape,
  value: JsonObject,
  old: JsonObject | undefined,
  path: readonly string[],
  named: NamedShape,
): Generator<SchemaProblem> {
  const known = new Set(
    old === undefined ? [] : presenceProblems(shape, old, named).map(({ name, message }) => name + message),
  );
  for (const { name, message } of presenceProblems(shape, value, named))
    if (!known.has(name + message)) yield { path: [...path, name], message };
  const fields = new Map(fieldsOf(shape));
  for (const [name, inner] of Object.entries(value)) {
    const field = fields.get(name) ?? fields.get("*");
    if (field !== undefined) yield* schemaProblems(field, inner, old?.[name], [...path, name], named);
  }
}

interface PresenceProblem {
  readonly name: string;
  readonly message: string;
}

/** Fields that must be there, or must not, by themselves or for what stands beside them. */
function presenceProblems(shape: ObjectShape, value: JsonObject, named: NamedShape): PresenceProblem[] {
  const field = (name: string): Shape => resolved(shape[name] ?? "any", named);
  const neighbours: Neighbours = {
    has: (name) => !isAbsent(value[name]) || settingOf(field(name), "default") !== undefined,
    text: (name) => (isAbsent(value[name]) ? settingOf(field(name), "default") : textOf(value[name])),
  };
  return fieldsOf(shape).flatMap(([name]) => {
    for (const word of wordsOf(field(name))) {
      const message = presenceProblem(word, neighbours, !isAbsent(value[name]));
      if (message !== undefined) return [{ name, message }];
    }
    return [];
  });
}

/** What stands beside a field, with defaults filled in. */
interface Neighbours {
  readonly has: (name: string) => boolean;
  readonly text: (name: string) => string | undefined;
}

function presenceProblem(word: string, beside: Neighbours, present: boolean): string | undefined {
  if (word === "required") return present ? undefined : "is required";
  const [, kind, name = "", meant = ""] = /^(iff|only|except|with|without|unless)=(\w+):?(.*)$/.exec(word) ?? [];
  switch (kind) {
    case undefined:
      return undefined;
    case "with":
      return present && !beside.has(name) ? `needs ${name}` : undefined;
    case "without":
      return present && beside.has(name) ? `is forbidden beside ${name}` : undefined;
    case "unless":
      return !present && !beside.has(name) ? `is required where there is no ${name}` : undefined;
    default: {
      const holds = meant.split("|").includes(beside.text(name) ?? "");
      const said = `${name} is ${meant.replaceAll("|", " or ")}`;
      if (kind === "except") return holds && present ? `is forbidden when ${said}` : undefined;
      if (kind === "iff" && holds && !present) return `is required when ${said}`;
      return !holds && present ? `is forbidden unless ${said}` : undefined;
    }
  }
}
