import type { RenderOptions, ShownPath, Unrendered } from "./render-options.ts";
import { join } from "node:path";
import type { Side } from "../comparison.ts";
import type { Diagnostic, SideName } from "../manifests/manifest.ts";
import { shownRoot } from "./application.ts";
import { followedFolders } from "./applied/applied-roots.ts";
import { assemble, type RenderedSides } from "./assemble.ts";
import { buildChart, writeLocalDependencies } from "./charts/build-chart.ts";
import { reachedCharts, type UnrenderedChart } from "./charts/reached-charts.ts";
import { changedDeployerCharts } from "./deployment-changes/changed-charts.ts";
import { deploymentRemarks } from "./deployment-changes/deployment-remarks.ts";
import { changedSources } from "./deployment-changes/changed-sources.ts";
import { alters } from "./kustomize/kustomization.ts";
import { pathsBelow, type TreeChange } from "./trees/file-tree.ts";
import { sideNames } from "../manifests/side-names.ts";
import { inParallel } from "./tools/in-parallel.ts";
import { judgedThroughReleases, withoutFollowed } from "./deployers/followed-documents.ts";
import { buildRoot, filesOfRoot, reachedRoots } from "./kustomize/reached-roots.ts";
import { filesToBuild } from "./kustomize/kustomize-graph.ts";
import { withPrivateFolder, writeTree } from "./tools/private-folder.ts";
import { chartKept, howRendered, leftAlone, notRendered, nothingThere, noValues, unusedFiles } from "./remarks.ts";
import { opaqueCharts } from "./opaque.ts";
import { type Reach, reachOf } from "./reach.ts";
import { relevant } from "./relevant.ts";
import type { Builds } from "./neighbours/neighbours.ts";
import { withPlain } from "./neighbours/used-elsewhere.ts";
import { findHelm, findKustomize } from "./tools/find-tools.ts";
import { chartWithoutTool, withoutTool } from "./tools/missing-tools.ts";

/** Renders what the change reaches on both sides, with the same tools. */
export async function renderSides(
  trees: TreeChange,
  read: Readonly<Record<SideName, Side>>,
  options: RenderOptions,
): Promise<RenderedSides> {
  const { mode, shown, accepts } = options;
  if (mode === "unasked" || mode === "untrusted") return told(read, await notSeen(trees, mode, options));
  const reach = await reachOf(trees, options);
  const { applied, charts, kustomizations, jobs } = reach;
  const followed =
    mode === "none"
      ? []
      : [
          ...(await judgedThroughReleases(trees, charts.followed, jobs.charts, options)),
          ...(await followedFolders(trees, applied, jobs.roots)),
        ];
  const { graphs, built } = kustomizations;
  const deployments = await deploymentRemarks({ trees, graphs, kustomized: reach.kustomized }, options, followed);
  const withoutValues = charts.withoutValues.filter(({ file }) => accepts(file));
  const unrendered = [
    ...new Set([
      ...(await relevant(trees, withoutValues, options.kinds, ({ files }) => files)),
      ...(await opaqueCharts(trees, withoutValues)),
    ]),
  ];
  const isJudged = new Set<unknown>([...jobs.charts, ...unrendered]);
  const others = [...charts.jobs, ...withoutValues].filter((chart) => !isJudged.has(chart));
  const ofDeployments = [...deployments.remarks, ...(await changedDeployerCharts(trees, others, options))];
  const remarks = await remarksOn(trees, reach, { unrendered, ofDeployments }, options);
  const toBuild = [...jobs.roots, ...jobs.charts];
  if (mode === "none") return told(read, [...toBuild.map(notRendered), ...remarks]);
  const all = await withPlain(trees, read, reach.beside.plain, shown);
  const manifests = withoutFiles(all, noManifestsOf(trees, reach, unrendered), shown);
  const sides = withoutFollowed(manifests, [...followed, ...deployments.settled], shown);
  if (toBuild.length === 0) return told(sides, remarks);
  const elsewhere = applied?.elsewhere ?? [];
  const deployed = { base: new Set([...built.base, ...elsewhere]), head: new Set([...built.head, ...elsewhere]) };
  const rendered = await build(trees, sides, jobs, deployed, options);
  return { ...rendered, head: withDiagnostics(rendered.head, remarks) };
}

/** Files of a side that are no manifests by themselves: what is built is made of them, or nobody deploys them. */
const noManifestsOf =
  (trees: TreeChange, { kustomizations, applied, charts }: Reach, unrendered: readonly UnrenderedChart[]) =>
  (side: SideName): string[] => [
    ...kustomizations.elsewhere,
    ...(applied?.elsewhere ?? []),
    ...kustomizations.unused[side],
    ...charts.templates.flatMap((folder) => pathsBelow(trees[side], folder)),
    ...unrendered.flatMap(({ values }) => values),
  ];

async function remarksOn(
  trees: TreeChange,
  { kustomizations, applied, charts, beside }: Reach,
  known: { readonly unrendered: readonly UnrenderedChart[]; readonly ofDeployments: readonly Diagnostic[] },
  options: RenderOptions,
): Promise<Diagnostic[]> {
  const kept = charts.kept.filter(({ file }) => options.accepts(file));
  return [
    ...known.unrendered.map(noValues),
    ...(await relevant(trees, kept, options.kinds, ({ files }) => files)).map(chartKept),
    ...(options.mode === "none" ? [] : await unusedFiles(trees, kustomizations.unused, options)),
    ...known.ofDeployments,
    ...(applied?.remarks ?? []),
    ...beside.remarks,
    ...(await changedSources(trees, options)),
    ...kustomizations.missing.map((root) => nothingThere("render.roots", shownRoot(root), "kustomization")),
    ...charts.missing.map((chart) => nothingThere("render.charts", chart, "chart")),
  ];
}

/**
 * What would be built: kustomizations that do more than list their resources, and charts. Values of a chart that is not
 * rendered are nowhere among the manifests.
 */
async function notSeen(
  trees: TreeChange,
  mode: Unrendered,
  { kinds, accepts, shown }: RenderOptions,
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
    const all = await assemble(trees, sides, applications, [kustomize, helm], options.shown, built);
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
