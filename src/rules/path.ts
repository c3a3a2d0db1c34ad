import { isList } from "../manifests/json-list.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Json } from "../manifests/manifest.ts";
import type { Path } from "./words.ts";

/** A parsed `Path`: a root and the pointer segments below it; `*` is any key or item, a last `**` everything below. */
export interface ParsedPath {
  readonly root: string;
  readonly segments: readonly string[];
}

const unescapeSegment = (segment: string): string => segment.replaceAll("~1", "/").replaceAll("~0", "~");
export const escapeSegment = (segment: string): string => segment.replaceAll("~", "~0").replaceAll("/", "~1");

/** `["a", "b/c"]` to `/a/b~1c`. */
export const toPointer = (segments: readonly string[]): string =>
  segments.map((segment) => `/${escapeSegment(segment)}`).join("");

/** `/a/b~1c` to `["a", "b/c"]`. */
export const fromPointer = (pointer: string): string[] =>
  pointer === "" ? [] : pointer.slice(1).split("/").map(unescapeSegment);

/**
 * Parses a path; a pointer without a root starts at `defaultRoot`.
 * @throws {Error} when it begins neither with `$root` nor with `/`, or has `**` before its end.
 */
export function parsePath(path: Path, defaultRoot: string): ParsedPath {
  const match = /^(?:\$([A-Za-z][A-Za-z0-9-]*))?((?:\/[^/]*)*)$/.exec(path);
  if (match === null || path === "") throw new Error(`not a path: "${path}" (write $root/segment or /segment)`);
  const segments = fromPointer(match[2] ?? "");
  if (segments.slice(0, -1).includes("**")) throw new Error(`** may only end a path: "${path}"`);
  return { root: match[1] ?? defaultRoot, segments: segments.at(-1) === "**" ? segments.slice(0, -1) : segments };
}

/** The paths of a row that may name one, several or none. */
export const asPaths = (paths: Path | readonly Path[] | undefined): readonly Path[] =>
  paths === undefined ? [] : typeof paths === "string" ? [paths] : paths;

/** Whether a pattern is at or above a place. */
export const covers = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length <= segments.length &&
  pattern.every((segment, index) => segment === "*" || segment === segments[index]);

/** The child of a value at one segment; undefined for anything that is not there. */
function childOf(value: Json | undefined, segment: string): Json | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isList(value)) return /^\d+$/.test(segment) ? value[Number(segment)] : undefined;
  const child = value[segment];
  return child === undefined || Object.hasOwn(value, segment) ? child : undefined;
}

/** The value below `root`, without `*`. Null counts as absent, as in Go's decoding of optional fields. */
export function readSegments(root: Json | undefined, segments: readonly string[]): Json | undefined {
  let value = root;
  for (const segment of segments) {
    if (value === undefined || value === null) return undefined;
    value = childOf(value, segment);
  }
  return value ?? undefined;
}

/** Every value that a path with `*` reaches, with its concrete segments. */
export function* readAll(
  root: Json | undefined,
  segments: readonly string[],
  prefix: readonly string[] = [],
): Generator<{ readonly segments: readonly string[]; readonly value: Json }> {
  const star = segments.indexOf("*");
  const fixed = star < 0 ? segments : segments.slice(0, star);
  const value = readSegments(root, fixed);
  if (value === undefined) return;
  const here = [...prefix, ...fixed];
  if (star < 0) {
    yield { segments: here, value };
    return;
  }
  if (isList(value))
    for (const [index, item] of value.entries())
      yield* readAll(item, segments.slice(star + 1), [...here, String(index)]);
  else if (isObject(value))
    for (const key of Object.keys(value)) yield* readAll(value[key], segments.slice(star + 1), [...here, key]);
}
