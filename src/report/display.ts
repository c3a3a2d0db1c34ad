import { isList } from "../manifests/json-list.ts";
import type { Json } from "../manifests/manifest.ts";
import { commonStart } from "./common-text.ts";

/** The most characters of one value in a report; more is cut, with a count. */
export const longestValue = 4000;
/** What is kept of equal text before the first difference, where that is too far from the start to be shown with it. */
const leadIn = 400;

type Shown = string | null;

/**
 * Two values as compact text, strings bare and everything else as JSON; null where one is absent. What differs is always to be
 * seen: of long texts the part around it is kept, and a string that reads like the other value is quoted.
 */
export function displayPair(before: Json | undefined, after: Json | undefined): readonly [before: Shown, after: Shown] {
  const [one, other] = [textOf(before), textOf(after)];
  if (one === null || other === null) return [one === null ? null : cut(one, 0), other === null ? null : cut(other, 0)];
  if (one === other && typeof before !== typeof after) return [quoted(before, one), quoted(after, other)];
  const same = one.length > longestValue || other.length > longestValue ? commonStart(one, other) : 0;
  const from = same < longestValue / 2 || one === other ? 0 : same - leadIn;
  return [cut(one, from), cut(other, from)];
}

const quoted = (value: Json | undefined, text: string): string =>
  cut(typeof value === "string" ? JSON.stringify(value) : text, 0);

function textOf(value: Json | undefined): Shown {
  if (value === undefined) return null;
  return typeof value === "string" ? value : compactJson(value);
}

/** Never begins or ends inside a surrogate pair. */
function cut(text: string, from: number): string {
  const isTail = (text.charCodeAt(from) & 0xfc00) === 0xdc00;
  const start = isTail ? from - 1 : from;
  const rest = text.slice(start);
  const head = start === 0 ? "" : `(${start} characters before) …`;
  if (rest.length <= longestValue) return head + rest;
  const characters = Array.from(rest.slice(0, longestValue * 2));
  if (characters.length <= longestValue) return head + rest;
  const shown = characters.slice(0, longestValue).join("");
  return `${head}${shown}… (${rest.length - longestValue} more characters)`;
}

function compactJson(value: Json): string {
  if (typeof value === "bigint") return value.toString();
  if (isList(value)) return `[${value.map(compactJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}:${compactJson(item)}`)
    .join(",")}}`;
}
