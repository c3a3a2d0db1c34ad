import type { Interest } from "./interest.ts";
import { isList } from "./json-list.ts";
import { bareObject, isObject } from "./json-object.ts";
import type { Json, JsonObject, ValuePath } from "./manifest.ts";
import { objectsAmong, type Wrapped, wrappedIn } from "./wrappers.ts";

/** An object of a document, and its place in the document's value. */
export type Found =
  | (Pick<Wrapped, "value" | "path"> & Partial<Wrapped>)
  | { readonly problem: string; readonly path: ValuePath };

/**
 * The objects of a document: itself, or the items of a list, as kubectl unpacks `kind: List` and `kind: ShootList`, or of a
 * wrapper.
 */
export function objectsIn(value: Json, interest: Interest, path: ValuePath = []): readonly Found[] {
  if (isList(value)) return objectsAmong(value, interest) ?? [];
  if (!isObject(value)) return [];
  const wrapped = wrappedIn(value, interest);
  if (wrapped !== undefined) return wrapped.map((one) => ({ ...one, path: [...path, ...one.path] }));
  const { kind } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || interest.kinds.has(kind)) return [{ value, path }];
  const itemKind = kind.slice(0, -"List".length);
  if (itemKind !== "" && !interest.kinds.has(itemKind)) return [];
  const { items } = value;
  if (items === undefined || items === null) return [];
  if (!isList(items)) return [{ problem: `items of the ${kind} is not a list; correct it`, path: [...path, "items"] }];
  return items.flatMap((item, index) => {
    const itemPath = [...path, "items", index];
    if (!isObject(item)) return [{ problem: `an item of the ${kind} is not an object; correct it`, path: itemPath }];
    return objectsIn(withKind(item, value, itemKind), interest, itemPath);
  });
}

/** Items of a typed list may leave out their kind; the list's kind and version say it. */
function withKind(item: JsonObject, list: JsonObject, kind: string): JsonObject {
  if (kind === "" || item["kind"] !== undefined || item["apiVersion"] !== undefined) return item;
  const apiVersion = list["apiVersion"];
  return Object.assign(bareObject(), apiVersion === undefined ? {} : { apiVersion }, { kind }, item) as JsonObject;
}
