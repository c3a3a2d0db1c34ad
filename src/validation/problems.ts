import type { z } from "zod";
import type { Position, ValuePath } from "../manifests/manifest.ts";
import { didYouMean } from "./nearest-word.ts";

/** Something wrong in a configuration or a file of rules: where, and what to do. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  /** The key, as in `fields[2].effect`; empty for the file as a whole. */
  readonly key: string;
  readonly message: string;
}

type Issue = z.core.$ZodIssue;

/** `["fields", 2, "effect"]` to `fields[2].effect`. */
export const keyOf = (path: ValuePath): string =>
  path.reduce<string>(
    (text, segment) =>
      typeof segment === "number" ? `${text}[${segment}]` : text === "" ? segment : `${text}.${segment}`,
    "",
  );

/** `FILE:LINE: key: message`. */
export const problemText = ({ file, line, key, message }: Problem): string =>
  `${file}:${line}: ${key === "" ? "" : `${key}: `}${message}`;

/** Picks the alternative of a union that fits best: the one whose first complaint is not about the type of the value. */
function withoutUnions(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const fits = (issues: readonly Issue[]): number =>
    issues.some(({ code, path }) => path.length === 0 && code === "invalid_type") ? 1 : 0;
  const [best] = issue.errors.toSorted((a, b) => fits(a) - fits(b) || a.length - b.length);
  if (best === undefined || fits(best) === 1) return [issue];
  return best.flatMap((inner) => withoutUnions({ ...inner, path: [...issue.path, ...inner.path] }));
}

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  number: "a number",
  int: "a whole number",
  object: "a map",
  record: "a map",
  string: "a text (quote it)",
};
const kindOf = (value: unknown): string =>
  value === null
    ? "nothing"
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "a map"
        : JSON.stringify(value);

function messageOf(issue: Issue, value: unknown): string {
  // A schema that says it in its own words knows better.
  if (issue.code === "invalid_type" && !issue.message.startsWith("Invalid input")) return issue.message;
  if (issue.code === "invalid_type")
    return value === undefined
      ? "is missing"
      : `expected ${kinds[issue.expected] ?? issue.expected}, found ${kindOf(value)}`;
  if (issue.code === "invalid_value") {
    const words = issue.values.map(String);
    const hint = typeof value === "string" ? didYouMean(value, words) : "";
    return `${value === undefined ? "is missing" : `${kindOf(value)} is not known`}${hint}: one of ${words.join(", ")}`;
  }
  if (issue.code === "too_small" && issue.message.startsWith("Too small"))
    return typeof value === "number" ? `must be at least ${issue.minimum}` : "must not be empty";
  if (issue.code === "invalid_union" && issue.message.startsWith("Invalid input"))
    return value === undefined ? "is missing" : `${kindOf(value)} does not fit here`;
  return issue.message;
}

function valueAt(root: unknown, path: ValuePath): unknown {
  let value = root;
  for (const segment of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return value;
}

/** What a schema found wrong in a value, with the places in the text that it was read from. */
export function problemsOf(error: z.ZodError, value: unknown, locate: (path: ValuePath) => Position): Problem[] {
  return error.issues.flatMap(withoutUnions).map((issue) => {
    const path = issue.path.map((segment) => (typeof segment === "symbol" ? String(segment) : segment));
    const [unknownKey] = issue.code === "unrecognized_keys" ? issue.keys : [];
    const { file, line } = locate(unknownKey === undefined ? path : [...path, unknownKey]);
    return { file, line, key: keyOf(path), message: messageOf(issue, valueAt(value, path)) };
  });
}
