import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { objectOf } from "../values.ts";

/** Why a patch does not apply. */
export class PatchError extends Error {}

/** A document that operations change in place. */
type Node = Json[] | Record<string, Json>;

/**
 * Applies a JSON patch as evanphx/json-patch v5 does with EnsurePathExistsOnAdd: `add` makes the containers that are missing,
 * and an index may count from the end.
 */
export function applyPatch(document: JsonObject, patch: readonly Json[]): JsonObject {
  const copy = structuredClone(document) as Record<string, Json>;
  for (const entry of patch) applyOperation(copy, objectOf(entry) ?? {});
  return copy;
}

function applyOperation(document: Record<string, Json>, operation: JsonObject): void {
  const path = textOf(operation["path"]);
  const value = operation["value"] ?? null;
  switch (operation["op"]) {
    case "add":
      return add(containerOf(document, path, true), path, structuredClone(value));
    case "remove":
      take(containerOf(document, path), path);
      return;
    case "replace": {
      const container = containerOf(document, path);
      held(container, path);
      put(container, lastOf(path), structuredClone(value));
      return;
    }
    case "test":
      if (canonicalText(held(containerOf(document, path), path, null)) !== canonicalText(value))
        throw new PatchError(`the test at ${path} fails`);
      return;
    case "move": {
      const from = textOf(operation["from"]);
      const moved = take(containerOf(document, from), from);
      return add(containerOf(document, path), path, moved);
    }
    case "copy": {
      const from = textOf(operation["from"]);
      return add(containerOf(document, path), path, structuredClone(held(containerOf(document, from), from)));
    }
    default:
      throw new PatchError(`no operation is called ${JSON.stringify(operation["op"])}`);
  }
}

const textOf = (value: Json | undefined): string => {
  if (typeof value === "string" && value.startsWith("/")) return value;
  throw new PatchError(`${JSON.stringify(value ?? null)} is no path below the document`);
};

const keysOf = (path: string): string[] =>
  path
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));

const lastOf = (path: string): string => keysOf(path).at(-1) ?? "";

const isIndex = (key: string): boolean => key === "-" || /^[+-]?\d+$/.test(key);

/** The list or object that holds the last part of a path. */
function containerOf(document: Record<string, Json>, path: string, ensure = false): Node {
  const keys = keysOf(path);
  let node: Node = document;
  for (const [index, key] of keys.slice(0, -1).entries()) {
    let inner = valueIn(node, key);
    if (inner === undefined || inner === null) {
      if (!ensure) throw new PatchError(`there is nothing at ${path}`);
      const next = keys[index + 1] ?? "";
      const made = isIndex(next) ? padded([], Number(next), path) : {};
      if (Array.isArray(node) && inner === undefined) insert(padded(node, Number(key), path), key, made, path);
      else put(node, key, made);
      inner = made;
    }
    if (typeof inner !== "object") throw new PatchError(`${path} leads into a plain value`);
    node = inner as Node;
  }
  return node;
}

/** A list with nulls up to an index; `-` and what counts from the end pad nothing. */
function padded(list: Json[], index: number, path: string): Json[] {
  if (index > 10_000) throw new PatchError(`${path} lies too far behind the end of its list`);
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
  if (!isIndex(key) || index < 0 || index > list.length) throw new PatchError(`${path} is no place in its list`);
  list.splice(index, 0, value);
}

function take(node: Node, path: string): Json {
  const value = held(node, path);
  const key = lastOf(path);
  if (Array.isArray(node)) node.splice(indexIn(node, key) ?? 0, 1);
  else delete node[key];
  return value;
}
