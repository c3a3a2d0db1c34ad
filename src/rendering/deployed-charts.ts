import type { Json, JsonObject, SideName } from "../manifests/manifest.ts";
import { mayBeParameters } from "../manifests/named-files.ts";
import { valueUnder } from "../manifests/read-value.ts";
import { applicationsOf } from "./application-set.ts";
import { argoRelease, type Repository } from "./argo-release.ts";
import type { Resolved } from "./chart-release.ts";
import { mostFiles, sourcesOf, titleOf } from "./deployed-folders.ts";
import { type DeployerFiles, deployerFiles, type DeployerObject } from "./deployer-objects.ts";
import { type FileTree, foldersAbove, isYaml, readFollowed, sideNames, type TreeChange, within } from "./file-tree.ts";
import { nameOf } from "./findings.ts";
import { fluxChart, fluxRelease } from "./flux-release.ts";
import { type DeployedCharts, paired, type ReleaseObject, type Source } from "./release-pairs.ts";

/** Whether what builds a file into something else changes the objects in it. */
export type IsAltered = (side: SideName, object: DeployerObject) => boolean;

const nothing: DeployedCharts = { releases: [], undecided: [], followed: [] };

/**
 * The releases of the charts in these folders, as the Applications, ApplicationSets and HelmReleases of the repository make them
 * on both sides. What is not known of one is said, and its chart is not judged by it.
 */
export async function deployedCharts(
  trees: TreeChange,
  folders: readonly string[],
  isAltered: IsAltered = () => false,
): Promise<DeployedCharts> {
  const charts = new Set(folders);
  if (charts.size === 0 || !(await concerns(trees, charts))) return nothing;
  const paths = [...trees.head.entries.keys()].filter(isYaml);
  if (paths.length > mostFiles) return nothing;
  const files = await deployerFiles(trees, paths);
  const found = { base: [] as Source[], head: [] as Source[] };
  for (const side of sideNames) {
    const repository = {
      has: (path: string) => trees[side].entries.has(path),
      knows: (path: string) => sideNames.some((one) => trees[one].entries.has(path)),
    };
    for (const object of files[side].objects) {
      const source = await sourceOf(object, { charts, tree: trees[side], repository, files: files[side] });
      if (source === undefined) continue;
      found[side].push(isAltered(side, object) ? altered(source) : source);
    }
  }
  return paired(found);
}

/** What may be the value of a file parameter: neither documentation nor a program. */
const mayBeFile = /\.(?:cfg|conf|crt|env|ini|json|pem|properties|sh|toml|tpl|txt|xml)$/;

/** Whether a chart changed, a file that may be values, or an object that says how charts are deployed. */
async function concerns({ base, head, changed }: TreeChange, charts: ReadonlySet<string>): Promise<boolean> {
  if ([...changed].some((path) => foldersAbove(path).some((folder) => charts.has(folder)))) return true;
  if ([...changed].some((path) => mayBeFile.test(path))) return true;
  const paths = [...changed].filter(isYaml);
  const contents = [...(await readFollowed(base, paths)), ...(await readFollowed(head, paths))];
  return contents.some(([path, bytes]) => {
    const text = bytes.toString("utf8");
    return mayBeParameters(path, text) || /argoproj\.io|toolkit\.fluxcd\.io|ConfigMap/.test(text);
  });
}

/** What is known of one side. */
interface Known {
  readonly charts: ReadonlySet<string>;
  readonly tree: FileTree;
  readonly repository: Repository;
  readonly files: DeployerFiles;
}

/** What an object makes of the charts; undefined where it has nothing to do with them. */
async function sourceOf(from: DeployerObject, known: Known): Promise<Source | undefined> {
  const { object, file, index } = from;
  const { apiVersion: api, kind, spec } = object;
  const title = `${titleOf(object)} (${file})`;
  const place = { file, index };
  const chart = fluxChart(object);
  if (chart !== undefined) {
    if (!known.charts.has(chart)) return undefined;
    const resolved =
      named(object, chart) ??
      fluxRelease(object, chart, known.repository, (namespace, name) => known.files.configMap(file, namespace, name));
    return { ...place, isWhole: true, files: [], releases: [{ ...nameOf(object), file, by: title, resolved }] };
  }
  if (typeof api !== "string" || !api.startsWith("argoproj.io/")) return undefined;
  if (kind === "Application") {
    const { releases, isWhole } = ofApplication(object, known, title, file);
    return releases.length === 0 ? undefined : { ...place, isWhole, files: [], releases };
  }
  if (kind !== "ApplicationSet") return undefined;
  const paths = sourcesOf(valueUnder(spec, "template", "spec")).map(({ path }) => path);
  const meant = [...known.charts].filter((folder) => paths.some((path) => mayBe(path, folder)));
  if (meant.length === 0) return undefined;
  const made = await applicationsOf(object, known.tree);
  if (!made.ok) {
    const isVague = paths.every((path) => typeof path !== "string" || path.startsWith("{{"));
    const releases = meant.map((folder) => ({
      ...nameOf(object),
      file,
      by: title,
      isVague,
      resolved: { ok: false, chart: folder, because: `it ${made.because}` } as const,
    }));
    return { ...place, isWhole: false, files: [], releases };
  }
  const all = made.applications.map((one) => ofApplication(one, known, `${titleOf(one)} of ${title}`, file));
  const releases = all.flatMap((one) => one.releases);
  return { ...place, isWhole: all.every((one) => one.isWhole), files: made.files, releases };
}

function ofApplication(
  application: JsonObject,
  { charts, repository }: Known,
  by: string,
  file: string,
): Pick<Source, "releases" | "isWhole"> {
  const sources = sourcesOf(application["spec"]);
  const releases = sources.flatMap((source): ReleaseObject[] => {
    const chart = typeof source["path"] === "string" ? within("", source["path"]) : undefined;
    if (chart === undefined || !charts.has(chart) || source["chart"] !== undefined) return [];
    const resolved = named(application, chart) ?? argoRelease(application, source, chart, repository);
    return [{ ...nameOf(application), file, by, resolved }];
  });
  const references = sources.filter(
    ({ ref, path, chart }) => ref !== undefined && path === undefined && chart === undefined,
  );
  return { releases, isWhole: releases.length + references.length === sources.length };
}

const objectName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** What the API server would not take is nobody's release; the name is shown to people. */
function named(object: JsonObject, chart: string): Resolved | undefined {
  const { name, namespace } = nameOf(object);
  const isNamed = objectName.test(name) && (namespace === "" || objectName.test(namespace));
  return isNamed ? undefined : { ok: false, chart, because: "its name is none" };
}

/** Whether a path is that of the folder, or may become it when it is filled in. */
function mayBe(path: Json | undefined, folder: string): boolean {
  if (typeof path !== "string") return false;
  const [fixed = ""] = path.split("{{");
  return fixed === path ? within("", path) === folder : folder.startsWith(fixed.replace(/^\.\//, ""));
}

const altered = (source: Source): Source => ({
  ...source,
  isWhole: false,
  releases: source.releases.map((one) => ({
    ...one,
    resolved: { ok: false, chart: chartOf(one.resolved), because: "a kustomization changes it" },
  })),
});

const chartOf = (resolved: Resolved): string => (resolved.ok ? resolved.release.chart : resolved.chart);
