import { posix } from "node:path";
import { isObject } from "../manifests/identity.ts";
import type { Json, JsonObject, SideName } from "../manifests/manifest.ts";
import { shownRoot } from "./application.ts";
import { type FileTree, isBelow, readFollowed, type TreeChange, within } from "./file-tree.ts";
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

/** One rendering of one chart. */
export interface ChartJob extends ConfiguredChart {
  /** Its name in the report. */
  readonly name: string;
  readonly file: string;
  readonly values: readonly string[];
  /** True when nobody named the values: they are those that the chart carries for its tests. */
  readonly isFromCi: boolean;
  readonly has: Readonly<Record<SideName, boolean>>;
  /** Files that take part, on either side. */
  readonly files: ReadonlySet<string>;
  /** Charts of the repository that it depends on: where they stand, and where helm looks for them. */
  readonly local: Readonly<Record<SideName, readonly LocalDependency[]>>;
}

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

/** Charts that the change reaches: those of the configuration, and those that carry values for their tests. */
export async function reachedCharts(trees: TreeChange, configured: readonly ConfiguredChart[]): Promise<ReachedCharts> {
  const { base, head, changed } = trees;
  if (changed.size === 0) return { jobs: [], withoutValues: [], templates: [], missing: [] };
  const all = new Set([...base.entries.keys(), ...head.entries.keys()]);
  const folders = [...all]
    .filter((path) => posix.basename(path) === "Chart.yaml")
    .map((path) => clean(posix.dirname(path)));
  const known = new Set(configured.map(({ chart }) => clean(chart)));
  const missing = [...known].filter((folder) => !folders.includes(folder));
  const others = folders.filter(
    (folder) => !known.has(folder) && !folders.some((outer) => isBelow(folder, posix.join(outer, "charts"))),
  );
  const own = others.flatMap((folder) =>
    ciValues(all, folder).map((values) => ({ chart: folder, values: [values], isFromCi: true })),
  );
  const wanted = [...configured.map((one) => ({ ...one, chart: clean(one.chart), isFromCi: false })), ...own];
  const isReached = ({ files }: Pick<ChartJob, "files">): boolean => [...files].some((file) => changed.has(file));
  const jobs: ChartJob[] = [];
  for (const one of wanted)
    jobs.push(await jobOf(trees, one, wanted.filter(({ chart }) => chart === one.chart).length > 1));
  // Charts that another one is made of are seen through that one.
  const parts = new Set(jobs.flatMap(({ local }) => [...local.base, ...local.head].map(({ from }) => from)));
  const withoutValues = others
    .filter((folder) => !parts.has(folder) && !own.some(({ chart }) => chart === folder))
    .map((folder) => ({
      file: posix.join(folder, "Chart.yaml"),
      files: new Set([...all].filter((path) => isBelow(path, folder))),
      values: ["values.yaml", "values.yml"].map((name) => posix.join(folder, name)),
    }));
  const templates = [...new Set(folders)]
    .filter((folder) => [...changed].some((path) => isBelow(path, folder)))
    .map((folder) => posix.join(folder, "templates"));
  const unrendered: (typeof withoutValues)[number][] = [];
  for (const chart of withoutValues) if (await changesOutput(trees, chart)) unrendered.push(chart);
  return { jobs: jobs.filter(isReached), withoutValues: unrendered, templates, missing };
}

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

/** `ci/*-values.yaml`, as chart-testing and helm's own examples call them. */
const ciValues = (all: ReadonlySet<string>, folder: string): string[] =>
  [...all]
    .filter((path) => isBelow(path, posix.join(folder, "ci")) && /\/(?:[^/]*-)?values\.ya?ml$/.test(path))
    .toSorted();

async function jobOf(
  { base, head }: TreeChange,
  one: ConfiguredChart & { readonly isFromCi: boolean },
  isOneOfSeveral: boolean,
): Promise<ChartJob> {
  const values = (one.values ?? []).map(clean);
  const file = posix.join(one.chart, "Chart.yaml");
  const local = { base: await localDependencies(base, one.chart), head: await localDependencies(head, one.chart) };
  const folders = [one.chart, ...[...local.base, ...local.head].map(({ from }) => from)];
  const below = (tree: FileTree): string[] =>
    [...tree.entries.keys()].filter((path) => folders.some((folder) => isBelow(path, folder)));
  const detail =
    one.release ?? (values.length > 0 ? values.map((path) => posix.relative(one.chart, path)).join(", ") : "");
  return {
    ...one,
    values,
    file,
    name:
      (isOneOfSeveral || one.isFromCi) && detail !== "" ? `${shownRoot(one.chart)} (${detail})` : shownRoot(one.chart),
    has: { base: base.entries.has(file), head: head.entries.has(file) },
    files: new Set([...below(base), ...below(head), ...values]),
    local,
  };
}

/** Dependencies by `file://`, which `helm dependency build` would copy into `charts/`; and theirs. */
async function localDependencies(tree: FileTree, chart: string, into = chart, depth = 0): Promise<LocalDependency[]> {
  const file = posix.join(chart, "Chart.yaml");
  const bytes = (await readFollowed(tree, [file])).get(file);
  if (bytes === undefined || depth > 8) return [];
  const listed = objectOf(bytes.toString("utf8"))["dependencies"];
  const rows = Array.isArray(listed) ? (listed as readonly Json[]).filter(isObject) : [];
  const found: LocalDependency[] = [];
  for (const row of rows) {
    const from = localFolder(row, chart);
    const name = row["name"];
    if (from === undefined || typeof name !== "string" || name.includes("/")) continue;
    const to = posix.join(into, "charts", name);
    found.push({ from, to }, ...(await localDependencies(tree, from, to, depth + 1)));
  }
  return found;
}

function localFolder({ repository }: JsonObject, chart: string): string | undefined {
  if (typeof repository !== "string" || !repository.startsWith("file://")) return undefined;
  return within(chart, repository.slice("file://".length));
}
