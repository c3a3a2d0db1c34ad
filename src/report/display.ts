import { isList } from "../manifests/json-list.ts";
import type { Json } from "../manifests/manifest.ts";

/** The most characters of one value in a report; more is cut, with a count. */
export const longestValue = 4000;

/** A value as compact text: strings bare, everything else as JSON. Null when absent. */
export function displayValue(value: Json | undefined): string | null {
  if (value === undefined) return null;
  const text = typeof value === "string" ? value : compactJson(value);
  if (text.length <= longestValue) return text;
  const characters = Array.from(text.slice(0, longestValue * 2));
  if (characters.length <= longestValue) return text;
  return `${characters.slice(0, longestValue).join("")}… (${text.length - longestValue} more characters)`;
}

function compactJson(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (isList(value)) return `[${value.map(compactJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${compactJson(item)}`)
    .join(",")}}`;
}
