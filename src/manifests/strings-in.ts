import { isList } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Json } from "./manifest.ts";

/** All texts of a value, wherever they stand; keys are none. */
export function stringsIn(value: Json | undefined): string[] {
  if (typeof value === "string") return [value];
  if (isList(value)) return value.flatMap(stringsIn);
  return isObject(value) ? Object.values(value).flatMap(stringsIn) : [];
}
