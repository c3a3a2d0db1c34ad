import { isList } from "../manifests/json-list.ts";
import { bareObject, isObject } from "../manifests/json-object.ts";
import type { Json, JsonObject } from "../manifests/manifest.ts";

/**
 * `head` with each part that equals the base's at the same place being the base's own, the order of keys included. What
 * did not change is then known by identity alone, however often later stages ask.
 */
export function sharingParts<Head extends Json>(base: Json | undefined, head: Head): Head;
export function sharingParts(base: Json | undefined, head: Json): Json {
  if (base === head || typeof head !== "object" || head === null) return head;
  if (isList(head)) return isList(base) ? sharingItems(base, head) : head;
  return isObject(base) ? sharingMembers(base, head) : head;
}

function sharingItems(base: readonly Json[], head: readonly Json[]): readonly Json[] {
  let same = base.length === head.length;
  let copy: Json[] | undefined;
  for (const [index, item] of head.entries()) {
    const before = base[index];
    const shared = sharingParts(before, item);
    if (shared !== before) same = false;
    if (shared !== item) (copy ??= [...head])[index] = shared;
  }
  return same ? base : (copy ?? head);
}

function sharingMembers(base: JsonObject, head: JsonObject): JsonObject {
  const names = Object.keys(head);
  const earlier = Object.keys(base);
  let same = earlier.length === names.length;
  let copy: Record<string, Json> | undefined;
  for (const [index, name] of names.entries()) {
    const item = head[name] as Json;
    const before = earlier[index] === name || Object.hasOwn(base, name) ? base[name] : undefined;
    const shared = sharingParts(before, item);
    if (shared !== before || earlier[index] !== name) same = false;
    if (shared !== item) (copy ??= Object.assign(bareObject(), head))[name] = shared;
  }
  return same ? base : (copy ?? head);
}
