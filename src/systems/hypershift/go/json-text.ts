import type { Json, JsonObject } from "../../../manifests/manifest.ts";

/** JSON as Go writes a map: keys sorted, null members kept, integers exact. Equal texts mean equal values. */
export function jsonText(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(jsonText).join(",")}]`;
  const object = value as JsonObject;
  const members = Object.keys(object).toSorted();
  return `{${members.map((key) => `${JSON.stringify(key)}:${jsonText(object[key] ?? null)}`).join(",")}}`;
}
