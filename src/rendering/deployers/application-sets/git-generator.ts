import { posix } from "node:path";
import { isList, listOf } from "../../../manifests/json-list.ts";
import { bareObject, isObject } from "../../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { memoized } from "../../../manifests/memoized.ts";
import { matchesStars } from "../../../manifests/named-files.ts";
import { quote } from "../../../manifests/quote.ts";
import { readValue, valueUnder } from "../../../manifests/read-value.ts";
import { splitFile } from "../../../manifests/read.ts";
import { normalized, printed } from "../../templates/go-template-functions.ts";
import { Undecidable } from "../../templates/undecidable.ts";
import { type FileTree, foldersAbove, readFollowed } from "../../trees/file-tree.ts";
import { mostReleases } from "../bounds.ts";
import { fillIn, type Parameters } from "./fill-in.ts";
import type { GeneratorSource } from "./generators.ts";

/** What a git generator gives: of folders, or else of files (argo-cd `applicationset/generators` git.go). */
export async function fromGit(own: JsonObject, source: GeneratorSource): Promise<Parameters[]> {
  const isGo = source.templating !== "plain";
  if (!source.isHere(own["repoURL"])) throw new Undecidable("takes its parameters from another repository");
  if (!source.isCurrent(own["revision"])) throw new Undecidable("takes its parameters from another revision");
  const directories = patternsOf(listOf(own["directories"]));
  const files = patternsOf(listOf(own["files"]));
  const prefix = own["pathParamPrefix"] ?? "";
  if (typeof prefix !== "string") throw new Undecidable("has a pathParamPrefix that is not a string");
  const withValues = (parameters: Parameters): Parameters => {
    const values = isObject(own["values"]) ? Object.entries(own["values"]) : [];
    const filled = values.map(([key, value]) => {
      if (typeof value !== "string") throw new Undecidable(`has ${quote(key)} among its values, which is not a string`);
      return [key, fillIn(value, parameters, source.templating)] as const;
    });
    if (isGo) return filled.length === 0 ? parameters : { ...parameters, values: Object.fromEntries(filled) };
    return { ...parameters, ...Object.fromEntries(filled.map(([key, value]) => [`values.${key}`, value])) };
  };
  if (directories.some !== undefined)
    return foldersOf(source.tree)
      .filter((folder) => directories.match(folder, matchesFolder))
      .map((folder) => withValues(pathParameters(folder, undefined, prefix, isGo)));
  if (files.some === undefined) throw new Undecidable("names neither folders nor files");
  const paths = [...source.tree.entries.keys()].filter((path) => files.match(path, matchesFile)).toSorted();
  if (paths.length > mostReleases) throw new Undecidable(`makes more than ${mostReleases} Applications`);
  const found: Parameters[] = [];
  for (const [path, bytes] of await readFollowed(source.tree, paths)) {
    source.onFile(path);
    for (const one of objectsOf(path, bytes))
      found.push(
        withValues({
          ...(isGo ? one : flattened(one)),
          ...pathParameters(posix.dirname(path), posix.basename(path), prefix, isGo),
        }),
      );
  }
  return found;
}

interface Patterns {
  /** One that includes. */
  readonly some: string | undefined;
  readonly match: (path: string, matches: (path: string, pattern: string) => boolean) => boolean;
}

function patternsOf(items: readonly Json[]): Patterns {
  const all = items.map((item) => {
    const path = valueUnder(item, "path");
    if (typeof path !== "string" || path.startsWith(":") || /[?[\]\\{}]/.test(path))
      throw new Undecidable(`names ${typeof path === "string" ? quote(path) : "something that is not a path"}`);
    return { path: path.replace(/^\.\//, ""), isExcluded: valueUnder(item, "exclude") === true };
  });
  const [included, excluded] = [false, true].map((which) => all.filter(({ isExcluded }) => isExcluded === which));
  return {
    some: included?.[0]?.path,
    match: (path, matches) =>
      included?.some((one) => matches(path, one.path)) === true &&
      excluded?.some((one) => matches(path, one.path)) !== true,
  };
}

/** `git ls-files`: a star stands for any text, slashes too, and a folder for all that is in it. */
const matchesFile = (path: string, pattern: string): boolean =>
  pattern.includes("*") ? matchesStars(path, pattern) : path === pattern || path.startsWith(`${pattern}/`);

/** Go's `path.Match`: a star stands for a part of one name. */
function matchesFolder(path: string, pattern: string): boolean {
  const [names, patterns] = [path.split("/"), pattern.split("/")];
  return names.length === patterns.length && names.every((name, at) => matchesStars(name, patterns[at] ?? ""));
}

/** All folders but hidden ones. */
const foldersOf = memoized(({ entries }: FileTree): readonly string[] =>
  [...new Set([...entries.keys()].flatMap(foldersAbove))]
    .filter((folder) => folder !== "" && !folder.split("/").some((name) => name.startsWith(".")))
    .toSorted(),
);

function pathParameters(path: string, file: string | undefined, prefix: string, isGo: boolean): Parameters {
  const basename = posix.basename(path);
  const names = {
    basename,
    basenameNormalized: normalized(basename),
    ...(file === undefined ? {} : { filename: file, filenameNormalized: normalized(file) }),
  };
  const segments = path.split("/");
  if (isGo) {
    const own = { path: { path, ...names, segments } };
    return prefix === "" ? own : { [prefix]: own };
  }
  const name = prefix === "" ? "path" : `${prefix}.path`;
  return {
    [name]: path,
    ...Object.fromEntries(Object.entries(names).map(([key, value]) => [`${name}.${key}`, value])),
    ...Object.fromEntries(segments.map((segment, at) => [`${name}[${at}]`, segment])),
  };
}

/** The files that parameters are from: a generator of files gives folder and name along. */
export function filesIn(parameters: Parameters): string[] {
  const joined = (folder: Json | undefined, file: Json | undefined): string[] =>
    typeof folder === "string" && typeof file === "string" ? [posix.join(folder, file)] : [];
  return Object.entries(parameters).flatMap(([key, value]) => {
    if (isObject(value))
      return [value, valueUnder(value, "path")].flatMap((one) =>
        joined(valueUnder(one, "path"), valueUnder(one, "filename")),
      );
    return /(?:^|\.)path$/.test(key) ? joined(value, parameters[`${key}.filename`]) : [];
  });
}

/** A file holds one mapping, or a list of them. */
function objectsOf(path: string, bytes: Buffer): JsonObject[] {
  const [document] = splitFile({ path, bytes });
  if (document === undefined) return [{}];
  const value = readValue(document);
  const all = isList(value) ? value : [value ?? null];
  if (all.length === 1 && all[0] === null && document.text.trim() !== "" && value === undefined)
    throw new Undecidable(`takes its parameters from ${quote(path)}, which cannot be read`);
  return all.map((one) => {
    if (one === null) return {};
    if (!isObject(one))
      throw new Undecidable(`takes its parameters from ${quote(path)}, which does not hold a mapping`);
    return one;
  });
}

/** Nested keys with dots between them, and what is in them as Go prints it; what it prints in another way is left out. */
function flattened(value: JsonObject): Parameters {
  const found = bareObject();
  const visit = (one: Json, key: string): void => {
    if (isList(one)) one.forEach((item, at) => visit(item, `${key}.${at}`));
    else if (isObject(one)) for (const [inner, item] of Object.entries(one)) visit(item, `${key}.${inner}`);
    else {
      const text = printed(one);
      if (text !== undefined) found[key.slice(1)] = text;
    }
  };
  visit(value, "");
  return found;
}
