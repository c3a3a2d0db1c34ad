import { isList, listOf } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Json, JsonObject } from "./manifest.ts";
import { valueUnder } from "./read-value.ts";

/** Words of which one is in every object of a GitOps tool that names files it takes parameters from. */
export const makerWords = ["ApplicationSet", "valueFiles", "valuesFiles"] as const;

/** Below the root: of a repository, or of what was given. */
const hiddenFolder = /^(?!\/)(?:.*\/)?\.[^/.]/;
const identity = /^["']?(?:kind|apiVersion)["']?[ \t]*:/m;

/** Whether a text may hold parameters that somebody else makes manifests from: it does not say what it is itself. */
export const mayBeParameters = (path: string, text: string): boolean =>
  !hiddenFolder.test(path) && !identity.test(text);

/** The files that an ApplicationSet, an Application or a HelmRelease takes parameters from, `*` for what is filled in later. */
export function filesNamedBy({ spec, kind }: JsonObject): string[] {
  if (!isObject(spec)) return [];
  const chart = valueUnder(spec, "chart", "spec");
  const flux = [...texts(valueUnder(chart, "valuesFiles")), ...texts(valueUnder(chart, "valuesFile"))].map(fromRoot);
  const application = kind === "ApplicationSet" ? valueUnder(spec, "template", "spec") : spec;
  const sources = [valueUnder(application, "source"), ...listOf(valueUnder(application, "sources"))];
  return [...flux, ...generated(spec["generators"]), ...sources.flatMap(valueFilesOf)].filter(isTelling);
}

/** Generators may be nested: the files of all that read from git. */
function generated(value: Json | undefined): string[] {
  if (isList(value)) return value.flatMap(generated);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "git"
      ? listOf(valueUnder(inner, "files"))
          .flatMap((file) => texts(valueUnder(file, "path")))
          .map(fromRoot)
      : generated(inner),
  );
}

/** Relative to the chart, from the root of the repository with a `/`, or from that of another source with its name in front. */
function valueFilesOf(source: Json | undefined): string[] {
  const folder = texts(valueUnder(source, "path")).map(withStars)[0] ?? "";
  const single = listOf(valueUnder(source, "helm", "fileParameters")).flatMap((one) => texts(valueUnder(one, "path")));
  return [...texts(valueUnder(source, "helm", "valueFiles")), ...single].flatMap((file) => {
    const path = withStars(file);
    if (/^[a-z]+:\/\//i.test(path)) return [];
    if (path.startsWith("$")) return [path.slice(path.indexOf("/") + 1)];
    return [normal(path.startsWith("/") ? path : `${folder}/${path}`)];
  });
}

/**
 * The same of a text that cannot be read, such as a template: whatever in it looks like a path of parameters. A name too many
 * is harmless where the file changed.
 */
export const filesMentionedIn = (text: string): string[] =>
  text
    .replaceAll(/\{\{[^{}]*\}\}/g, "*")
    .split(/[\s"',]+/)
    .filter((word) => /\.(?:ya?ml|json)$/i.test(word))
    .map((word) => fromRoot(word.startsWith("$") ? word.slice(word.indexOf("/") + 1) : word))
    .filter(isTelling);

/** A pattern of stars alone names every file, and so none in particular. */
const isTelling = (pattern: string): boolean => /[^*/.]/.test(pattern);

const fromRoot = (path: string): string => normal(withStars(path));
/** No part of the pattern passes a bracket of its own kind: strangers write the paths. */
const withStars = (path: string): string => path.replaceAll(/\{\{[^{}]*\}\}|\{[^{}]*\}|\[[^[\]]*\]|[*?]+/g, "*");

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/"))
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  return parts.join("/");
}

/** Whether a path, from one of its folders on, fits a pattern; a star stands for any text. */
export function isNamed(path: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (first === "") return fits(path, rest);
  for (let start = 0; start !== -1; start = path.indexOf("/", start) + 1 || -1)
    if (path.startsWith(first, start) && fits(path.slice(start + first.length), rest)) return true;
  return false;
}

/** Whether a whole text fits a pattern. */
export function matchesStars(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  return text.startsWith(first) && fits(text.slice(first.length), rest);
}

/** Each piece as early as it goes, and the last one at the end. */
function fits(text: string, pieces: readonly string[]): boolean {
  const last = pieces.at(-1);
  if (last === undefined) return text === "";
  let from = 0;
  for (const piece of pieces.slice(0, -1)) {
    const found = text.indexOf(piece, from);
    if (found === -1) return false;
    from = found + piece.length;
  }
  return text.length - from >= last.length && text.endsWith(last);
}

const texts = (value: Json | undefined): string[] =>
  (isList(value) ? value : [value]).filter((one): one is string => typeof one === "string");
