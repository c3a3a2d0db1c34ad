import { join } from "node:path";
import type { Side } from "../comparison.ts";
import type { Diagnostic, SideName } from "../manifests/manifest.ts";
import { shownRoot } from "./application.ts";
import { appliedFolders } from "./applied/applied-folders.ts";
import { followedFolders, withApplied } from "./applied/applied-roots.ts";
import { assemble, type RenderedSides, type ShownPath } from "./assemble.ts";
import { buildChart, writeLocalDependencies } from "./charts/build-chart.ts";
import type { ChartJob } from "./charts/chart-job.ts";
import { textsOf } from "./charts/chart-release.ts";
import { type ConfiguredChart, reachedCharts } from "./charts/charts.ts";
import { deploymentRemarks } from "./deployers/deployment-remarks.ts";
import { changedSources } from "./deployers/flux-sources.ts";
import { alters } from "./kustomize/kustomization.ts";
import { pathsBelow, type TreeChange } from "./trees/file-tree.ts";
import { sideNames } from "../manifests/side-names.ts";
import { inParallel } from "./tools/in-parallel.ts";
import { judgedThroughReleases, withoutFollowed } from "./deployers/followed.ts";
import { buildRoot, type ReachedRoot, reachedRoots } from "./kustomize/kustomize.ts";
import { filesToBuild } from "./kustomize/kustomize-graph.ts";
import { kustomizedDeployers } from "./deployers/kustomized-deployers.ts";
import { withPrivateFolder, writeTree } from "./tools/private-folder.ts";
import {
  chartKept,
  howRendered,
  leftAlone,
  notRendered,
  nothingThere,
  noValues,
  type Unrendered,
  unusedFiles,
} from "./remarks.ts";
import { isRelevant, type JudgedKind, relevant } from "./relevant.ts";
import type { Builds } from "./neighbours/neighbours.ts";
import { neighboursOf, othersOf, withPlain } from "./neighbours/used-elsewhere.ts";
import type { UsedKinds } from "./neighbours/used-kinds.ts";
import { findHelm, findKustomize } from "./tools/tools.ts";
import { chartWithoutTool, withoutTool } from "./tools/missing-tools.ts";

export interface RenderOptions {
  /** `unasked` and `untrusted`: nothing is rendered, and said where that matters. */
  readonly mode: "auto" | "none" | Unrendered;
  /** Kustomizations to build, beside those that nobody includes. */
  readonly roots?: readonly string[];
  readonly charts?: readonly ConfiguredChart[];
  /** Lets the tools fetch what is not in the repository. */
  readonly network?: boolean;
  /** The kinds that are judged: a kustomization, or a chart that nobody names, matters when one of its files names one. */
  readonly kinds: readonly JudgedKind[];
  /** The kinds of which one object uses another that may stand elsewhere; nothing is looked for unless given. */
  readonly uses?: UsedKinds;
  /** Where programs are looked for; PATH unless given. */
  readonly searchPath?: string;
  /** Which roots count; all unless given. */
  readonly accepts?: (path: string) => boolean;
  /** How a path of a tree is shown, and stands in the sides; as it is unless given. */
  readonly shown?: ShownPath;
}

/** Renders what the change reaches on both sides, with the same tools. */
export async function renderSides(
  trees: TreeChange,
  read: Readonly<Record<SideName, Side>>,
  options: RenderOptions,
): Promise<RenderedSides> {
  const accepts = options.accepts ?? (() => true);
  const { mode } = options;
  if (mode === "unasked" || mode === "untrusted") return told(read, await notSeen(trees, mode, options, accepts));
  const { roots: all, others, elsewhere, unused, built, missing, graphs } = await reachedRoots(trees, options.roots);
  const reachedPlain = all.filter(({ file }) => accepts(file));
  const applied =
    mode === "none"
      ? undefined
      : await appliedFolders(trees, graphs, await relevant(trees, reachedPlain, options.kinds, filesOfRoot), options);
  const roots = applied === undefined ? reachedPlain : withApplied(reachedPlain, applied, options.roots);
  const kustomized = mode === "none" ? undefined : kustomizedDeployers(trees, graphs, options);
  const charts = await reachedCharts(trees, options.charts ?? [], kustomized);
  const accepted = charts.jobs.filter(({ file }) => accepts(file));
  const found = accepted.filter(({ given }) => given !== "by-configuration");
  const isRelevantText = ({ releases }: ChartJob): boolean =>
    sideNames
      .flatMap((side) => (releases[side] === undefined ? [] : textsOf(releases[side])))
      .some((text) => isRelevant(Buffer.from(text), options.kinds));
  const judged: Builds = {
    roots: await relevant(trees, roots, options.kinds, filesOfRoot),
    charts: [
      // Who names a chart says that it matters, whatever stands in the repository of it.
      ...accepted.filter(({ given }) => given === "by-configuration"),
      ...new Set([
        ...(await relevant(trees, found, options.kinds, ({ files }) => files)),
        ...found.filter(isRelevantText),
      ]),
    ],
  };
  const reachedBuilds = { roots, charts: accepted };
  const unreached = { roots: withApplied(others, othersOf(applied), options.roots), charts: charts.others };
  const beside = await neighboursOf(trees, { reached: reachedBuilds, judged, unreached, built: built.head }, options);
  const jobs: Builds = {
    roots: [...judged.roots, ...beside.builds.roots],
    charts: [...judged.charts, ...beside.builds.charts],
  };
  const kept = charts.kept.filter(({ file }) => accepts(file));
  const withoutValues = charts.withoutValues.filter(({ file }) => accepts(file));
  const unrendered = await relevant(trees, withoutValues, options.kinds, ({ files }) => files);
  const noManifests = (side: SideName): string[] => [
    ...elsewhere,
    ...(applied?.elsewhere ?? []),
    ...unused[side],
    ...charts.templates.flatMap((folder) => pathsBelow(trees[side], folder)),
    ...unrendered.flatMap(({ values }) => values),
  ];
  const shown = options.shown ?? asItIs;
  const followed =
    options.mode === "none" ? [] : await judgedThroughReleases(trees, charts.followed, jobs.charts, options);
  const known = [...followed, ...(await followedFolders(trees, applied, jobs.roots))];
  const deployments = await deploymentRemarks({ trees, graphs, kustomized }, options, known);
  const settled = [...known, ...deployments.settled];
  const more = await withPlain(trees, read, beside.plain, shown);
  const sides =
    options.mode === "none" ? read : withoutFollowed(withoutFiles(more, noManifests, shown), settled, shown);
  const remarks = [
    ...unrendered.map(noValues),
    ...(await relevant(trees, kept, options.kinds, ({ files }) => files)).map(chartKept),
    ...(options.mode === "none" ? [] : await unusedFiles(trees, unused, options)),
    ...deployments.remarks,
    ...(applied?.remarks ?? []),
    ...beside.remarks,
    ...(await changedSources(trees, options)),
    ...missing.map((root) => nothingThere("render.roots", shownRoot(root), "kustomization")),
    ...charts.missing.map((chart) => nothingThere("render.charts", chart, "chart")),
  ];
  const reached = [...jobs.roots, ...jobs.charts];
  if (options.mode === "none") return told(sides, [...reached.map(notRendered), ...remarks]);
  if (reached.length === 0) return told(sides, remarks);
  const left = applied?.elsewhere ?? [];
  const deployed = { base: new Set([...built.base, ...left]), head: new Set([...built.head, ...left]) };
  const rendered = await build(trees, sides, jobs, deployed, options);
  return { ...rendered, head: withDiagnostics(rendered.head, remarks) };
}

/**
 * What would be built: kustomizations that do more than list their resources, and charts. Values of a chart that is not
 * rendered are nowhere among the manifests.
 */
async function notSeen(
  trees: TreeChange,
  mode: Unrendered,
  { kinds, shown = asItIs }: RenderOptions,
  accepts: (path: string) => boolean,
): Promise<Diagnostic[]> {
  const { roots } = await reachedRoots(trees);
  const charts = await reachedCharts(trees, []);
  const altering = roots.filter(
    ({ file, closures }) =>
      accepts(file) && sideNames.some((side) => closures[side]?.kustomizations.some(alters) === true),
  );
  const reachedFiles = [
    ...(await relevant(trees, altering, kinds, filesOfRoot)),
    ...(await relevant(
      trees,
      [...charts.jobs, ...charts.withoutValues].filter(({ file }) => accepts(file)),
      kinds,
      ({ files }) => files,
    )),
  ].map(({ file }) => file);
  const sideOf = (file: string): SideName => (trees.head.entries.has(file) ? "head" : "base");
  return [...new Set(reachedFiles)].map((file) => leftAlone({ file: shown(sideOf(file), file) }, mode));
}

async function build(
  trees: TreeChange,
  sides: Readonly<Record<SideName, Side>>,
  jobs: Builds,
  built: Readonly<Record<SideName, ReadonlySet<string>>>,
  options: RenderOptions,
): Promise<RenderedSides> {
  return await withPrivateFolder(async (folder) => {
    const kustomize = jobs.roots.length > 0 ? await findKustomize(folder, options.searchPath) : undefined;
    const helm = jobs.charts.length > 0 ? await findHelm(folder, options.searchPath) : undefined;
    const written = await writeSides(trees, jobs, folder);
    const common = { folder, written, network: options.network === true };
    const tasks = [
      ...jobs.roots.map(
        (root) => async () =>
          kustomize === undefined ? withoutTool(root) : await buildRoot(root, { ...common, tool: kustomize }),
      ),
      ...jobs.charts.map(
        (chart) => async () =>
          helm === undefined ? chartWithoutTool(chart) : await buildChart(chart, trees, { ...common, tool: helm }),
      ),
    ];
    const applications = await inParallel(tasks);
    const all = await assemble(trees, sides, applications, [kustomize, helm], options.shown ?? asItIs, built);
    const charts = applications.slice(jobs.roots.length);
    const rendered = jobs.charts.filter(
      ({ isSame }, at) => isSame !== true && sideNames.every((side) => charts[at]?.sides[side]?.ok !== false),
    );
    return { ...all, head: withDiagnostics(all.head, howRendered(rendered)) };
  });
}

/** All files of all builds, before the first build starts: builds share files, and run side by side. */
async function writeSides(
  trees: TreeChange,
  { roots, charts }: Builds,
  folder: string,
): Promise<Readonly<Record<SideName, ReadonlyMap<string, Buffer>>>> {
  const write = async (side: SideName): Promise<ReadonlyMap<string, Buffer>> => {
    const tree = trees[side];
    const closures = roots.flatMap(({ closures: both }) => both[side] ?? []);
    const paths = new Set([
      ...closures.flatMap((closure) => [...filesToBuild(tree, closure)]),
      ...charts.flatMap(({ files }) => [...files]),
    ]);
    const written = await writeTree(tree, [...paths], join(folder, side));
    for (const chart of charts) await writeLocalDependencies(chart, tree, side, folder);
    return written;
  };
  return { base: await write("base"), head: await write("head") };
}

const asItIs: ShownPath = (_, path) => path;

/** Bases and patches of a kustomization are no manifests, nor are templates: several may bear the name of one object. */
const withoutFiles = (
  { base, head }: Readonly<Record<SideName, Side>>,
  noManifests: (side: SideName) => readonly string[],
  shown: ShownPath,
): Readonly<Record<SideName, Side>> => {
  const left = (side: SideName, from: Side): Side => {
    const paths = new Set(noManifests(side).map((path) => shown(side, path)));
    return paths.size === 0 ? from : { ...from, files: from.files.filter(({ path }) => !paths.has(path)) };
  };
  return { base: left("base", base), head: left("head", head) };
};

const withDiagnostics = (side: Side, diagnostics: readonly Diagnostic[]): Side => ({
  ...side,
  diagnostics: [...(side.diagnostics ?? []), ...diagnostics],
});

const told = ({ base, head }: Readonly<Record<SideName, Side>>, diagnostics: readonly Diagnostic[]): RenderedSides => ({
  base,
  head: withDiagnostics(head, diagnostics),
  rendering: { renderers: [], undecided: [] },
});

const filesOfRoot = ({ closures }: ReachedRoot): ReadonlySet<string> =>
  new Set([...(closures.base?.files ?? []), ...(closures.head?.files ?? [])]);
