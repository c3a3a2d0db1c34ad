import { isList } from "../../../manifests/json-list.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { objectOf } from "../values.ts";

/** Why a patch does not apply. */
export class PatchError extends Error {}

/** Why a patch is not followed: upstream has no such bound, and few operations can make a document of any size. */
export class PatchBoundError extends Error {}

/** Values that the operations of a patch write or compare, and levels of each, and of each path. */
export const mostPatched = { values: 10_000, levels: 100 } as const;

/** A document that operations change in place. */
type Node = Json[] | Record<string, Json>;

/**
 * Applies a JSON patch as evanphx/json-patch v5 does with EnsurePathExistsOnAdd: `add` makes the containers that are missing,
 * and an index may count from the end.
 * @throws {PatchError} when it does not apply
 * @throws {PatchBoundError} when that is not known, at a bound
 */
export function applyPatch(document: JsonObject, patch: readonly Json[]): JsonObject {
  const copy = structuredClone(document) as Record<string, Json>;
  const budget = new Budget();
  for (const entry of patch) applyOperation(copy, objectOf(entry) ?? {}, budget);
  return copy;
}

/**
 * The operations of a patch, when they are within its bounds themselves.
 * @throws {PatchBoundError} when they are not
 */
export function boundedPatch(patch: readonly Json[]): readonly Json[] {
  const budget = new Budget();
  return patch.map((entry) => budget.copy(entry));
}

/** What a patch may still write. */
class Budget {
  #left: number = mostPatched.values;

  take(values: number): void {
    this.#left -= values;
    if (this.#left < 0) throw new PatchBoundError(`the patch writes more than ${mostPatched.values} values`);
  }

  /** A copy of a value. All that is put into a document goes through here, and so no place in it is deep. */
  copy(value: Json, levels: number = mostPatched.levels): Json {
    this.take(1);
    if (typeof value !== "object" || value === null) return value;
    if (levels === 0) throw new PatchBoundError(`the patch holds more than ${mostPatched.levels} levels`);
    if (isList(value)) return value.map((item) => this.copy(item, levels - 1));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.copy(inner, levels - 1)]));
  }
}

function applyOperation(document: Record<string, Json>, operation: JsonObject, budget: Budget): void {
  const path = textOf(operation["path"]);
  const value = operation["value"] ?? null;
  switch (operation["op"]) {
    case "add":
      return add(containerOf(document, path, budget), path, budget.copy(value));
    case "remove":
      take(containerOf(document, path), path);
      return;
    case "replace": {
      const container = containerOf(document, path);
      held(container, path);
      put(container, lastOf(path), budget.copy(value));
      return;
    }
    case "test":
      if (
        canonicalText(budget.copy(held(containerOf(document, path), path, null))) !== canonicalText(budget.copy(value))
      )
        throw new PatchError(`the test at ${path} fails`);
      return;
    case "move": {
      const from = textOf(operation["from"]);
      const moved = budget.copy(take(containerOf(document, from), from));
      return add(containerOf(document, path), path, moved);
    }
    case "copy": {
      const from = textOf(operation["from"]);
      return add(containerOf(document, path), path, budget.copy(held(containerOf(document, from), from)));
    }
    default:
      throw new PatchError(`no operation is called ${JSON.stringify(operation["op"])}`);
  }
}

const textOf = (value: Json | undefined): string => {
  if (typeof value === "string" && value.startsWith("/")) return value;
  throw new PatchError(`${JSON.stringify(value ?? null)} is not a path below the document`);
};

const keysOf = (path: string): string[] =>
  path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));

const lastOf = (path: string): string => keysOf(path).at(-1) ?? "";

const isIndex = (key: string): boolean => key === "-" || /^[+-]?\d+$/.test(key);

/** The list or object that holds the last part of a path; made where it is missing, if there is a budget for it. */
function containerOf(document: Record<string, Json>, path: string, budget?: Budget): Node {
  const keys = keysOf(path);
  if (keys.length > mostPatched.levels)
    throw new PatchBoundError(`a path of the patch has more than ${mostPatched.levels} levels`);
  let node: Node = document;
  for (const [index, key] of keys.slice(0, -1).entries()) {
    let inner = valueIn(node, key);
    if (inner === undefined || inner === null) {
      if (budget === undefined) throw new PatchError(`there is nothing at ${path}`);
      const next = keys[index + 1] ?? "";
      const made = isIndex(next) ? padded([], Number(next), budget) : {};
      budget.take(1);
      if (Array.isArray(node) && inner === undefined) insert(padded(node, Number(key), budget), key, made, path);
      else put(node, key, made);
      inner = made;
    }
    if (typeof inner !== "object") throw new PatchError(`${path} leads into a plain value`);
    node = inner as Node;
  }
  return node;
}

/** A list with nulls up to an index; `-` and what counts from the end pad nothing. */
function padded(list: Json[], index: number, budget: Budget): Json[] {
  if (index > list.length) budget.take(index - list.length);
  while (list.length < index) list.push(null);
  return list;
}

function valueIn(node: Node, key: string): Json | undefined {
  if (Array.isArray(node)) return node[indexIn(node, key) ?? -1];
  return Object.hasOwn(node, key) ? node[key] : undefined;
}

/** An index counts from the end when it is negative. */
function indexIn(list: readonly Json[], key: string): number | undefined {
  if (!/^[+-]?\d+$/.test(key)) return undefined;
  const index = Number(key);
  return index < 0 ? index + list.length : index;
}

function held(node: Node, path: string, otherwise?: Json): Json {
  const found = valueIn(node, lastOf(path));
  const value = found === undefined ? otherwise : found;
  if (value === undefined) throw new PatchError(`there is nothing at ${path}`);
  return value;
}

function put(node: Node, key: string, value: Json): void {
  if (!Array.isArray(node))
    Object.defineProperty(node, key, { value, enumerable: true, writable: true, configurable: true });
  else node[indexIn(node, key) ?? 0] = value;
}

function add(node: Node, path: string, value: Json): void {
  if (Array.isArray(node)) insert(node, lastOf(path), value, path);
  else put(node, lastOf(path), value);
}

function insert(list: Json[], key: string, value: Json, path: string): void {
  const given = key === "-" ? list.length : Number(key);
  const index = given < 0 ? given + list.length + 1 : given;
  if (!isIndex(key) || index < 0 || index > list.length) throw new PatchError(`${path} is not a place in its list`);
  list.splice(index, 0, value);
}

function take(node: Node, path: string): Json {
  const value = held(node, path);
  const key = lastOf(path);
  if (Array.isArray(node)) node.splice(indexIn(node, key) ?? 0, 1);
  else delete node[key];
  return value;
}
