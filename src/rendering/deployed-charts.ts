import type { Json, JsonObject } from "../manifests/manifest.ts";
import { mayBeParameters } from "../manifests/named-files.ts";
import { valueUnder } from "../manifests/read-value.ts";
import { isObject } from "../manifests/json-object.ts";
import type { ConfiguredChart } from "./charts.ts";
import { deployers, mostFiles, sourcesOf, titleOf } from "./deployed-folders.ts";
import { foldersAbove, isYaml, readFollowed, type TreeChange, within } from "./file-tree.ts";
import { nameOf, objectsIn } from "./findings.ts";

/** A chart of the repository with the values that an Application names. */
export interface DeployedChart extends ConfiguredChart {
  readonly values: readonly string[];
  /** The Application, and where it stands. */
  readonly by: string;
}

/** What an Application may say of helm without values that stand in no file. */
const understood: ReadonlySet<string> = new Set([
  "apiVersions",
  "ignoreMissingValueFiles",
  "kubeVersion",
  "namespace",
  "passCredentials",
  "releaseName",
  "skipCrds",
  "skipSchemaValidation",
  "skipTests",
  "valueFiles",
  "version",
]);
/** Strangers write these, and they become arguments of helm. */
const word = /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/;
const version = /^v?\d+(?:\.\d+){0,2}$/;
const apiVersion = /^[A-Za-z0-9][\w./-]*$/;

/**
 * The charts of these folders as Argo CD renders them. Of a folder that something else may deploy too, or that an Application
 * deploys with more than files of the repository, or that is deployed in another way by the change, nothing is said.
 */
export async function deployedCharts(trees: TreeChange, folders: readonly string[]): Promise<DeployedChart[]> {
  if (folders.length === 0 || !(await concerns(trees, new Set(folders)))) return [];
  const paths = [...trees.head.entries.keys()].filter(isYaml);
  if (paths.length > mostFiles) return [];
  const changed = [...trees.changed].filter(isYaml);
  const found = new Map<string, DeployedChart[]>();
  const undecided = new Set<string>();
  for (const [contents, isBase] of [
    [await readFollowed(trees.head, paths), false],
    [await readFollowed(trees.base, changed), true],
  ] as const)
    for (const [file, bytes] of contents)
      for (const object of objectsIn(bytes, deployers))
        for (const { folder, source } of chartsNamedBy(object, folders)) {
          const chart =
            isBase || trees.changed.has(file) || source === undefined
              ? undefined
              : deployed(trees, object, source, folder, file);
          if (chart === undefined) undecided.add(folder);
          else found.set(folder, [...(found.get(folder) ?? []), chart]);
        }
  return [...found].flatMap(([folder, charts]) => (undecided.has(folder) ? [] : charts));
}

/** Whether a chart changed, or a file that may be values. */
async function concerns({ base, head, changed }: TreeChange, folders: ReadonlySet<string>): Promise<boolean> {
  if ([...changed].some((path) => foldersAbove(path).some((folder) => folders.has(folder)))) return true;
  const paths = [...changed].filter(isYaml);
  const contents = [...(await readFollowed(base, paths)), ...(await readFollowed(head, paths))];
  return contents.some(([path, bytes]) => mayBeParameters(path, bytes.toString("utf8")));
}

interface Named {
  readonly folder: string;
  /** The source of an Application; undefined where something else deploys the chart. */
  readonly source: JsonObject | undefined;
}

function chartsNamedBy({ apiVersion: api, kind, spec }: JsonObject, folders: readonly string[]): Named[] {
  const isArgo = typeof api === "string" && api.startsWith("argoproj.io/");
  if (isArgo && kind === "Application")
    return sourcesOf(spec).flatMap((source) =>
      folders.filter((folder) => mayBe(source["path"], folder)).map((folder) => ({ folder, source })),
    );
  const others =
    isArgo && kind === "ApplicationSet"
      ? sourcesOf(valueUnder(spec, "template", "spec")).map(({ path }) => path)
      : [valueUnder(spec, "chart", "spec", "chart")];
  return folders
    .filter((folder) => others.some((path) => mayBe(path, folder)))
    .map((folder) => ({ folder, source: undefined }));
}

/** Whether a path is that of the folder, or may become it when it is filled in. */
function mayBe(path: Json | undefined, folder: string): boolean {
  if (typeof path !== "string") return false;
  const [fixed = ""] = path.split("{{");
  return fixed === path ? within("", path) === folder : folder.startsWith(fixed.replace(/^\.\//, ""));
}

function deployed(
  trees: TreeChange,
  object: JsonObject,
  source: JsonObject,
  folder: string,
  file: string,
): DeployedChart | undefined {
  const { helm = {} } = source;
  if (!isObject(helm) || Object.keys(helm).some((key) => !understood.has(key))) return undefined;
  if (["directory", "kustomize", "plugin"].some((key) => source[key] !== undefined)) return undefined;
  const values = valuesOf(trees, object, source, folder);
  const release = helm["releaseName"] ?? nameOf(object).name;
  const namespace = helm["namespace"] ?? valueUnder(object, "spec", "destination", "namespace");
  const { apiVersions = [], kubeVersion } = helm;
  if (values === undefined || !isText(release, word) || !Array.isArray(apiVersions)) return undefined;
  if (namespace !== undefined && !isText(namespace, word)) return undefined;
  if (kubeVersion !== undefined && !isText(kubeVersion, version)) return undefined;
  const asked = (apiVersions as readonly Json[]).filter((one) => isText(one, apiVersion));
  if (asked.length < apiVersions.length) return undefined;
  return {
    chart: folder,
    values,
    release,
    ...(namespace === undefined ? {} : { namespace }),
    ...(kubeVersion === undefined ? {} : { kubeVersion }),
    apiVersions: asked,
    by: `${titleOf(object)} (${file})`,
  };
}

const isText = (value: Json | undefined, pattern: RegExp): value is string =>
  typeof value === "string" && pattern.test(value);

/** The files of its values from the root of the repository; undefined where one stands elsewhere, or nowhere. */
function valuesOf(
  { base, head }: TreeChange,
  { spec }: JsonObject,
  source: JsonObject,
  folder: string,
): string[] | undefined {
  const { helm } = source;
  const listed = valueUnder(helm, "valueFiles") ?? [];
  if (!Array.isArray(listed)) return undefined;
  const found: string[] = [];
  for (const name of listed as readonly Json[]) {
    const path = typeof name === "string" ? pathOf(name, sourcesOf(spec), source, folder) : undefined;
    if (path === undefined) return undefined;
    if (base.entries.has(path) || head.entries.has(path)) found.push(path);
    else if (valueUnder(helm, "ignoreMissingValueFiles") !== true) return undefined;
  }
  return found;
}

/** Relative to the chart, from the root with a `/`, or from that of another source with its name in front. */
function pathOf(name: string, sources: readonly JsonObject[], source: JsonObject, folder: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(name) || /[*?[\]{}]/.test(name)) return undefined;
  if (name.startsWith("/")) return within("", name.slice(1));
  if (!name.startsWith("$")) return within(folder, name);
  const [reference = "", ...rest] = name.slice(1).split("/");
  const other = sources.find(({ ref }) => ref === reference);
  return other?.["repoURL"] === source["repoURL"] ? within("", rest.join("/")) : undefined;
}
