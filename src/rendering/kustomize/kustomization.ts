import { posix } from "node:path";
import { listOf } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { stringsIn } from "../../manifests/strings-in.ts";
import { compose } from "../../manifests/yaml/compose.ts";
import { YamlError } from "../../manifests/yaml/yaml-error.ts";
import { folderOf, within } from "../trees/file-tree.ts";

/** The names under which kustomize looks for its file, in its order. */
export const kustomizationNames: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

export const isKustomization = (path: string): boolean => kustomizationNames.includes(posix.basename(path));

/** What a kustomization names. */
export interface Kustomization {
  /** The folder. */
  readonly folder: string;
  readonly file: string;
  readonly isComponent: boolean;
  /** Folders and files that are included, whether or not they exist. */
  readonly included: readonly string[];
  /** Every other string that may be the path of a file. */
  readonly mentioned: readonly string[];
  /** Files whose own strings may name files again: generators, transformers. */
  readonly plugins: readonly string[];
  /** What cannot be built without a network or without running programs, in words. */
  readonly refusals: readonly Refusal[];
  readonly value: JsonObject;
}

interface Refusal {
  readonly because: string;
  /** True when the network alone is missing. */
  readonly needsNetwork: boolean;
}

const resourceFields = ["resources", "bases", "components"] as const;
const pluginFields = ["generators", "transformers", "validators"] as const;

/** Reads what kustomize would; a file that is not YAML names nothing, and the build will say why. */
export function parseKustomization(file: string, bytes: Buffer): Kustomization {
  const folder = folderOf(file);
  const value = objectOf(bytes.toString("utf8"));
  const lists = [...resourceFields, ...pluginFields].flatMap((field) =>
    listOf(value[field]).flatMap((text) => (typeof text === "string" ? [{ field, text }] : [])),
  );
  const isPlugin = (field: string): boolean => pluginFields.some((name) => name === field);
  const inline = lists.flatMap(({ field, text }) => (isPlugin(field) && text.includes("\n") ? [objectOf(text)] : []));
  const named = lists.filter(({ text }) => !text.includes("\n"));
  const remote = named.filter(({ text }) => isRemote(text));
  const local = named.filter(({ text }) => !isRemote(text));
  return {
    folder,
    file,
    isComponent: value["kind"] === "Component",
    included: local.flatMap(({ text }) => within(folder, text) ?? []),
    mentioned: filesMentioned(value, folder),
    plugins: local.flatMap(({ field, text }) => (isPlugin(field) ? (within(folder, text) ?? []) : [])),
    refusals: [
      ...remote.map(({ field, text }) => ({
        because: `${field} names ${text}, which is not in the repository`,
        needsNetwork: true,
      })),
      ...programsIn(value),
      ...inline.flatMap((plugin) => programOf(plugin, "an entry")),
    ],
    value,
  };
}

const plainFields: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "resources"]);

/** Whether a kustomization does more than list its resources. */
export const alters = ({ value }: Kustomization): boolean =>
  Object.keys(value).some((field) => !plainFields.has(field));

function programsIn(value: JsonObject): Refusal[] {
  const charts = ["helmCharts", "helmChartInflationGenerator"].filter((field) => Array.isArray(value[field]));
  return charts.map((field) => ({
    because: `${field} needs kustomize to run helm (--enable-helm), which is never done for a repository's own files; render both sides in an earlier step and pass the two directories`,
    needsNetwork: false,
  }));
}

/** Why an object among generators, transformers and validators does not work here: it is none of kustomize's own. */
export function programOf({ apiVersion, kind }: JsonObject, where: string): Refusal[] {
  if (apiVersion === undefined || apiVersion === "builtin") return [];
  const name = typeof kind === "string" ? kind : "a plugin";
  return [
    {
      because: `${where} has kustomize run ${name}, a program of its own, which is never done for a repository's own files; render both sides in an earlier step and pass the two directories`,
      needsNetwork: false,
    },
  ];
}

export function objectOf(text: string): JsonObject {
  try {
    const { value } = compose(text.endsWith("\n") ? text : `${text}\n`);
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof YamlError) return {};
    throw error;
  }
}

/** The files of which any text in a value may be the name, as seen from a folder. */
export const filesMentioned = (value: Json, folder: string): string[] =>
  stringsIn(value).flatMap((text) => filesNamedBy(text).flatMap((name) => within(folder, name) ?? []));

/** A string as the name of a file: `files` of a generator may read `key=path`. */
const filesNamedBy = (text: string): string[] =>
  text === "" || text.length > 1024 || text.includes("\n")
    ? []
    : [text, ...(text.includes("=") ? [text.slice(text.indexOf("=") + 1)] : [])];

/** URLs, and repositories in the ways that kustomize knows (`github.com/a/b//c?ref=d`, `git@host:a/b`). */
const isRemote = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ||
  /^git::|^[\w.-]+@[\w.-]+:|[?&](?:ref|version|timeout)=/.test(text) ||
  /^(?:www\.)?(?:github|gitlab|bitbucket)\.(?:com|org)[/:]/i.test(text) ||
  /^[\w-]+(?:\.[\w-]+)+\/[^/].*\/\//.test(text);
