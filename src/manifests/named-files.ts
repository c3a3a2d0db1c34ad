import { sourcesOf } from "./deployers.ts";
import { isList, listOf } from "./json-list.ts";
import { isObject } from "./json-object.ts";
import type { Json, JsonObject } from "./manifest.ts";
import { valueUnder } from "./read-value.ts";
import { fitsLiterals } from "./text/literals.ts";

/** Words of which one is in every object of a GitOps tool that names files it takes parameters from. */
export const makerWords = ["ApplicationSet", "valueFiles", "valuesFiles"] as const;

/** Below the root: of a repository, or of what was given. */
const hiddenFolder = /^(?!\/)(?:.*\/)?\.[^/.]/;
const identity = /^["']?(?:kind|apiVersion)["']?[ \t]*:/m;

/** Whether a text may hold parameters that somebody else makes manifests from: it does not say what it is itself. */
export const mayBeParameters = (path: string, text: string): boolean =>
  !hiddenFolder.test(path) && !identity.test(text);

interface NamedFiles {
  readonly pattern: string;
  /** Its place in the folder that is deployed, where that folder is filled in: each has a file of its own there. */
  readonly inside?: string;
}

/** The files that an ApplicationSet, an Application or a HelmRelease takes parameters from, `*` for what is filled in later. */
export const filesNamedBy = (object: JsonObject): string[] => namedFilesOf(object).map(({ pattern }) => pattern);

/**
 * The folders to whose deployment an object takes parameters from a file; undefined where that may be any, and none where it takes
 * none.
 */
export function foldersGiven(object: JsonObject): (path: string) => readonly string[] | undefined {
  const all = namedFilesOf(object);
  return (path) => {
    const named = all.filter(({ pattern }) => isNamed(path, pattern));
    const folders = named.flatMap(({ inside }) =>
      inside !== undefined && path.endsWith(`/${inside}`) ? [path.slice(0, -inside.length - 1)] : [],
    );
    return folders.length < named.length ? undefined : folders;
  };
}

function namedFilesOf({ spec, kind }: JsonObject): NamedFiles[] {
  if (!isObject(spec)) return [];
  const chart = valueUnder(spec, "chart", "spec");
  const flux = [...texts(valueUnder(chart, "valuesFiles")), ...texts(valueUnder(chart, "valuesFile"))].map(fromRoot);
  const application = kind === "ApplicationSet" ? valueUnder(spec, "template", "spec") : spec;
  const anywhere = [...flux, ...generated(spec["generators"])].map((pattern) => ({ pattern }));
  return [...anywhere, ...sourcesOf(application).flatMap(valueFilesOf)].filter(({ pattern }) => isTelling(pattern));
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
function valueFilesOf(source: Json | undefined): NamedFiles[] {
  const folder = texts(valueUnder(source, "path")).map(withStars)[0] ?? "";
  const single = listOf(valueUnder(source, "helm", "fileParameters")).flatMap((one) => texts(valueUnder(one, "path")));
  return [...texts(valueUnder(source, "helm", "valueFiles")), ...single].flatMap((file) => {
    const path = withStars(file);
    if (/^[a-z]+:\/\//i.test(path)) return [];
    if (path.startsWith("$")) return [{ pattern: path.slice(path.indexOf("/") + 1) }];
    if (path.startsWith("/")) return [{ pattern: normal(path) }];
    const isOwn = folder.includes("*") && !path.includes("*") && !path.split("/").includes("..");
    return [{ pattern: normal(`${folder}/${path}`), ...(isOwn ? { inside: normal(path) } : {}) }];
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
  const literals = pattern.split("*");
  if (literals[0] === "") return fitsLiterals(path, literals);
  for (let start = 0; start !== -1; start = path.indexOf("/", start) + 1 || -1)
    if (fitsLiterals(path.slice(start), literals)) return true;
  return false;
}

/** Whether a whole text fits a pattern. */
export const matchesStars = (text: string, pattern: string): boolean => fitsLiterals(text, pattern.split("*"));

const texts = (value: Json | undefined): string[] =>
  (isList(value) ? value : [value]).filter((one): one is string => typeof one === "string");
