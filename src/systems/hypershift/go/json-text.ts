import { isList } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";

/** JSON as Go writes a map: keys sorted, null members kept, integers exact. Equal texts mean equal values. */
export function jsonText(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(jsonText).join(",")}]`;
  const members = Object.keys(value).toSorted();
  return `{${members.map((key) => `${JSON.stringify(key)}:${jsonText(value[key] ?? null)}`).join(",")}}`;
}
