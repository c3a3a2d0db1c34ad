import { posix } from "node:path";
import type { Json, JsonObject, SideName } from "../manifests/manifest.ts";
import { isObject } from "../manifests/json-object.ts";
import { shownRoot } from "./application.ts";
import { deployedCharts } from "./deployed-charts.ts";
import { type FileTree, foldersAbove, pathsBelow, readFollowed, type TreeChange, within } from "./file-tree.ts";
import { objectOf } from "./kustomization.ts";

/** A chart as the configuration names it; paths are of the repository. */
export interface ConfiguredChart {
  readonly chart: string;
  readonly values?: readonly string[];
  readonly release?: string;
  readonly namespace?: string;
  readonly apiVersions?: readonly string[];
  readonly kubeVersion?: string;
}

type Given = "by-configuration" | "for-tests" | { readonly by: string };

/** One rendering of one chart. */
export interface ChartJob extends ConfiguredChart {
  /** Its name in the report. */
  readonly name: string;
  readonly file: string;
  readonly values: readonly string[];
  /** Who named the values: nobody, where they are those that the chart carries for its tests. */
  readonly given: Given;
  readonly has: Readonly<Record<SideName, boolean>>;
  /** Files that take part, on either side. */
  readonly files: ReadonlySet<string>;
  /** Charts of the repository that it depends on: where they stand, and where helm looks for them. */
  readonly local: Readonly<Record<SideName, readonly LocalDependency[]>>;
}

/** So many charts of the repository are put into one at most. */
export const mostParts = 500;

interface LocalDependency {
  readonly from: string;
  readonly to: string;
}

interface ReachedCharts {
  readonly jobs: readonly ChartJob[];
  /** Charts for which nobody gives values, so that nothing can be rendered. */
  readonly withoutValues: readonly Pick<ChartJob, "file" | "files" | "values">[];
  /** Where the templates of changed charts stand: no manifests, whether or not their charts are rendered. */
  readonly templates: readonly string[];
  /** Folders of the configuration in which neither side has a chart. */
  readonly missing: readonly string[];
}

/** Charts that the change reaches: those of the configuration, those that Argo CD deploys, and those that carry values for their tests. */
export async function reachedCharts(trees: TreeChange, configured: readonly ConfiguredChart[]): Promise<ReachedCharts> {
  const { changed } = trees;
  if (changed.size === 0) return { jobs: [], withoutValues: [], templates: [], missing: [] };
  const charts = await chartsOf(trees);
  const known = new Set(configured.map(({ chart }) => clean(chart)));
  const missing = [...known].filter((folder) => !charts.folders.has(folder));
  const others = [...charts.folders].filter((folder) => !known.has(folder) && !isInChart(folder, charts.folders));
  const ciValues = ciValuesIn(trees, charts.folders);
  const deployed = (await deployedCharts(trees, others)).map(({ by, ...one }) => ({ ...one, given: { by } }));
  const isDeployed = new Set(deployed.map(({ chart }) => chart));
  const forTests = others
    .filter((folder) => !isDeployed.has(folder))
    .flatMap((folder) =>
      (ciValues.get(folder) ?? []).map((values) => ({ chart: folder, values: [values], given: "for-tests" as const })),
    );
  const own = [...deployed, ...forTests];
  const named = configured.map((one) => ({ ...one, chart: clean(one.chart), given: "by-configuration" as const }));
  const wanted: (ConfiguredChart & Pick<ChartJob, "given">)[] = [...named, ...own];
  const counts = new Map<string, number>();
  for (const { chart } of wanted) counts.set(chart, (counts.get(chart) ?? 0) + 1);
  const withParts = wanted.map((one) => ({
    ...one,
    values: (one.values ?? []).map(clean),
    local: {
      base: localDependencies(charts.parts.base, one.chart),
      head: localDependencies(charts.parts.head, one.chart),
    },
  }));
  // Charts that another one is made of are seen through that one.
  const parts = new Set(withParts.flatMap(({ local }) => foldersOf(local)));
  const withValues = new Set(own.map(({ chart }) => chart));
  const touched = new Set([...changed].flatMap(foldersAbove));
  const withoutValues = others
    .filter((folder) => touched.has(folder) && !parts.has(folder) && !withValues.has(folder))
    .map((folder) => ({
      file: posix.join(folder, "Chart.yaml"),
      files: new Set(filesBelow(trees, folder)),
      values: ["values.yaml", "values.yml"].map((name) => posix.join(folder, name)),
    }));
  const templates = [...charts.folders]
    .filter((folder) => touched.has(folder))
    .map((folder) => posix.join(folder, "templates"));
  const unrendered: (typeof withoutValues)[number][] = [];
  for (const chart of withoutValues) if (await changesOutput(trees, chart)) unrendered.push(chart);
  const jobs = withParts
    .filter(
      ({ chart, local, values }) =>
        [chart, ...foldersOf(local)].some((folder) => touched.has(folder)) || values.some((path) => changed.has(path)),
    )
    .map((one) => jobOf(trees, one, (counts.get(one.chart) ?? 0) > 1));
  return { jobs, withoutValues: unrendered, templates, missing };
}

const foldersOf = ({ base, head }: ChartJob["local"]): string[] => [...base, ...head].map(({ from }) => from);

/** The charts of both sides. */
interface Charts {
  readonly folders: ReadonlySet<string>;
  /** Which charts of the repository each chart names as a part: where it stands, and under which name. */
  readonly parts: Readonly<Record<SideName, ReadonlyMap<string, readonly Part[]>>>;
}

interface Part {
  readonly name: string;
  readonly folder: string;
}

async function chartsOf({ base, head }: TreeChange): Promise<Charts> {
  const paths = (tree: FileTree): string[] =>
    [...tree.entries.keys()].filter((path) => posix.basename(path) === "Chart.yaml");
  const both = { base: paths(base), head: paths(head) };
  return {
    folders: new Set([...both.base, ...both.head].map((path) => clean(posix.dirname(path)))),
    parts: { base: partsIn(await readFollowed(base, both.base)), head: partsIn(await readFollowed(head, both.head)) },
  };
}

/** Dependencies by `file://`, which `helm dependency build` would copy into `charts/`. */
function partsIn(files: ReadonlyMap<string, Buffer>): ReadonlyMap<string, readonly Part[]> {
  const found = new Map<string, readonly Part[]>();
  for (const [path, bytes] of files) {
    if (!bytes.includes("file://")) continue;
    const chart = clean(posix.dirname(path));
    const listed = objectOf(bytes.toString("utf8"))["dependencies"];
    const rows = Array.isArray(listed) ? (listed as readonly Json[]).filter(isObject) : [];
    const parts = rows.flatMap((row) => {
      const folder = localFolder(row, chart);
      const name = row["name"];
      return folder === undefined || typeof name !== "string" || name.includes("/") ? [] : [{ name, folder }];
    });
    found.set(chart, parts);
  }
  return found;
}

/** Whether a chart stands among the `charts` of another one. */
const isInChart = (folder: string, charts: ReadonlySet<string>): boolean =>
  foldersAbove(folder).some((one) => posix.basename(one) === "charts" && charts.has(clean(posix.dirname(one))));

const filesBelow = ({ base, head }: TreeChange, folder: string): string[] => [
  ...new Set([...pathsBelow(base, folder), ...pathsBelow(head, folder)]),
];

/** What helm reads of a chart beside its templates, which may ask for any other file through `.Files`. */
const isRead =
  /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values\.(?:ya?ml|schema\.json)|\.helmignore|(?:templates|charts|crds)\/.+)$/;
const isTemplate = (file: string): boolean => file.startsWith("templates/") && posix.basename(file) !== "NOTES.txt";

/** Whether a change of a chart can change what it renders to: its README, its tests and its notes cannot. */
async function changesOutput(
  { base, head, changed }: TreeChange,
  { file, files }: Pick<ChartJob, "file" | "files">,
): Promise<boolean> {
  const inside = (path: string): string => posix.relative(posix.dirname(file), path);
  const touched = [...files].filter((path) => changed.has(path)).map(inside);
  if (touched.some((path) => isRead.test(path) && posix.basename(path) !== "NOTES.txt")) return true;
  if (touched.length === 0) return false;
  const templates = [...files].filter((path) => isTemplate(inside(path)));
  const contents = [
    ...(await readFollowed(base, templates)).values(),
    ...(await readFollowed(head, templates)).values(),
  ];
  return contents.some((bytes) => bytes.includes(".Files"));
}

const clean = (folder: string): string => within("", folder) ?? folder;

/** `ci/*-values.yaml`, as chart-testing and helm's own examples call them, by the folders of their charts. */
function ciValuesIn({ base, head }: TreeChange, charts: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const path of new Set([...base.entries.keys(), ...head.entries.keys()])) {
    if (!/^(?:.*-)?values\.ya?ml$/.test(posix.basename(path))) continue;
    for (const folder of foldersAbove(path)) {
      const chart = posix.basename(folder) === "ci" ? clean(posix.dirname(folder)) : undefined;
      if (chart !== undefined && charts.has(chart)) found.set(chart, [...(found.get(chart) ?? []), path]);
    }
  }
  for (const values of found.values()) values.sort();
  return found;
}

function jobOf(
  trees: TreeChange,
  one: Omit<ChartJob, "name" | "file" | "has" | "files">,
  isOneOfSeveral: boolean,
): ChartJob {
  const { chart, values, given, local } = one;
  const file = posix.join(chart, "Chart.yaml");
  const shown = values.map((path) => posix.relative(chart, path)).join(", ");
  const detail = one.release ?? shown;
  return {
    ...one,
    file,
    name:
      (isOneOfSeveral || given === "for-tests") && detail !== "" ? `${shownRoot(chart)} (${detail})` : shownRoot(chart),
    has: { base: trees.base.entries.has(file), head: trees.head.entries.has(file) },
    files: new Set([...[chart, ...foldersOf(local)].flatMap((folder) => filesBelow(trees, folder)), ...values]),
  };
}

/** The parts of a chart, and theirs, up to the bound and one more; a chart is no part of itself. */
function localDependencies(parts: Charts["parts"][SideName], chart: string): LocalDependency[] {
  const found: LocalDependency[] = [];
  const open = [{ folder: chart, at: chart, above: [chart] }];
  for (let next = open.pop(); next !== undefined && found.length <= mostParts; next = open.pop())
    for (const { name, folder } of parts.get(next.folder) ?? []) {
      if (next.above.includes(folder) || found.length > mostParts) continue;
      const to = posix.join(next.at, "charts", name);
      found.push({ from: folder, to });
      open.push({ folder, at: to, above: [...next.above, folder] });
    }
  return found;
}

function localFolder({ repository }: JsonObject, chart: string): string | undefined {
  if (typeof repository !== "string" || !repository.startsWith("file://")) return undefined;
  return within(chart, repository.slice("file://".length));
}
