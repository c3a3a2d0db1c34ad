import type { FluxFolder } from "../analysis/deployment.ts";
import type { Side } from "../comparison.ts";
import type { Diagnostic, PerSide, SideName } from "../manifests/manifest.ts";
import { sideNames } from "../manifests/side-names.ts";
import { shownRoot } from "./application.ts";
import { followedFolders } from "./applied/applied-roots.ts";
import { apartIn, leftFolders } from "./applied/left-folders.ts";
import { type RenderedSides, withDiagnostics } from "./assemble.ts";
import { buildAll } from "./build-all.ts";
import type { Builds } from "./builds.ts";
import { throughLinks } from "./changed-links.ts";
import { poolObjects } from "./charts/counted-objects.ts";
import { judgedThroughReleases } from "./charts/followed-releases.ts";
import { changesCounted } from "./charts/pool-parts.ts";
import { reachedCharts, type UnrenderedChart } from "./charts/reached-charts.ts";
import { type FollowedDocument, wholeDocuments, withoutFollowed } from "./deployers/followed-documents.ts";
import { notKustomized } from "./deployers/kustomized-deployers.ts";
import { prunersFor } from "./deployers/pruning.ts";
import { changedDeployerCharts } from "./deployment-changes/changed-charts.ts";
import { changedSources } from "./deployment-changes/changed-sources.ts";
import { deploymentRemarks } from "./deployment-changes/deployment-remarks.ts";
import { openVariables } from "./deployment-changes/open-variables.ts";
import { changedProgramParts } from "./deployment-changes/program-parts.ts";
import { alters } from "./kustomize/kustomization.ts";
import { filesOfRoot, type ReachedRoot, reachedRoots } from "./kustomize/reached-roots.ts";
import { noManifestsOf, withoutFiles, withPlain } from "./manifest-files.ts";
import { opaqueCharts } from "./opaque.ts";
import { type Reach, reachOf } from "./reach.ts";
import { relevant } from "./relevant.ts";
import { chartKept, leftAlone, notRendered, nothingThere, noValues, unusedFiles } from "./remarks.ts";
import type { RenderOptions, ShownPath, Unrendered } from "./render-options.ts";
import { sideWith, type TreeChange } from "./trees/file-tree.ts";

/**
 * Renders what the change reaches, on both sides with the same tools. Files that nothing is rendered from stay as they were
 * read. What rendering cannot show becomes a diagnostic.
 */
export async function renderSides(
  trees: TreeChange,
  asRead: PerSide<Side>,
  options: RenderOptions,
): Promise<RenderedSides> {
  const { mode, shown } = options;
  if (mode === "unasked") return told(asRead, await notSeen(trees, options));
  const reach = await reachOf(trees, options);
  const read = throughLinks(asRead, reach.links);
  const { applied, kustomizations, jobs } = reach;
  const fluxFolders = applied.fluxFolders.map((one): FluxFolder => ({
    ...one,
    shown: one.folder === "" ? "" : shown("head", one.folder),
  }));
  const followed = mode === "auto" ? await followedDocuments(trees, reach, options) : [];
  const deployments = await deploymentRemarks(
    {
      trees,
      graphs: kustomizations.graphs,
      kustomized: reach.kustomized,
      superseded: kustomizations.superseded,
      deployed: applied.deployed,
    },
    options,
    followed,
  );
  const unrendered = await unrenderedCharts(trees, reach, options);
  const remarks = await remarksOn(trees, reach, { unrendered, ofDeployments: deployments.remarks }, options);
  if (mode === "untrusted") return told(read, [...unbuilt(trees, reach.jobs, unrendered, options), ...remarks]);
  const toBuild = [...jobs.roots, ...jobs.charts];
  if (mode === "none") return told(read, [...toBuild.map(notRendered), ...remarks]);
  const all = await withPlain(trees, read, reach.beside.plain, shown);
  const manifests = withoutFiles(all, noManifestsOf(trees, reach, unrendered), shown);
  const sides = withoutFollowed(manifests, [...followed, ...deployments.settled], shown);
  const left = await leftFolders(trees, kustomizations.graphs, applied.deployed, options.kinds);
  const pruners = await prunersFor(trees, left);
  if (toBuild.length === 0) {
    const { rendering, ...same } = told(apartIn(left, sides), remarks);
    return { ...same, rendering: { ...rendering, fluxFolders, pruners } };
  }
  const built = (side: SideName): Set<string> => new Set([...kustomizations.built[side], ...applied.elsewhere]);
  const rendered = await buildAll(trees, sides, jobs, { base: built("base"), head: built("head") }, options);
  const { base, head } = apartIn(left, rendered);
  return {
    base,
    head: withDiagnostics(head, remarks),
    rendering: {
      ...rendered.rendering,
      fluxFolders,
      pruners: [...(rendered.rendering.pruners ?? []), ...pruners],
    },
  };
}

/** Objects of Argo CD and Flux that are judged through what is built of what they deploy. */
const followedDocuments = async (
  trees: TreeChange,
  { applied, charts, jobs }: Reach,
  options: RenderOptions,
): Promise<FollowedDocument[]> =>
  await wholeDocuments(
    trees,
    [
      ...(await judgedThroughReleases(trees, charts.followed, jobs.charts, options)),
      ...(await followedFolders(trees, applied, jobs.roots)),
    ],
    options.kinds,
  );

/** The charts that may hold something to judge, and for which some values are not known. */
async function unrenderedCharts(
  trees: TreeChange,
  { charts }: Reach,
  { kinds, interest, accepts }: RenderOptions,
): Promise<UnrenderedChart[]> {
  const withoutValues = charts.withoutValues.filter(({ file }) => accepts(file));
  const holding = new Set([
    ...(await relevant(trees, withoutValues, kinds, ({ files }) => files)),
    ...(await opaqueCharts(trees, withoutValues)),
  ]);
  if (interest === undefined) return [...holding];
  const counted = poolObjects(
    kinds,
    interest.rows.filter(({ role }) => role !== "ignored"),
  );
  const found: UnrenderedChart[] = [];
  for (const one of holding) if (!one.changesItself || (await changesCounted(trees, one, counted))) found.push(one);
  return found;
}

async function remarksOn(
  trees: TreeChange,
  { kustomizations, applied, charts, beside, jobs }: Reach,
  known: { readonly unrendered: readonly UnrenderedChart[]; readonly ofDeployments: readonly Diagnostic[] },
  options: RenderOptions,
): Promise<Diagnostic[]> {
  const kept = charts.kept.filter(({ file }) => options.accepts(file));
  const isJudged = new Set<unknown>([...jobs.charts, ...known.unrendered]);
  const otherCharts = [...charts.jobs, ...charts.withoutValues].filter((chart) => !isJudged.has(chart));
  return [
    ...(options.mode === "untrusted" ? [] : known.unrendered.map(noValues)),
    ...(await relevant(trees, kept, options.kinds, ({ files }) => files)).map(chartKept),
    ...(options.mode !== "auto" ? [] : await unusedFiles(trees, kustomizations.unused, options)),
    ...known.ofDeployments,
    ...(await changedDeployerCharts(trees, otherCharts, options)),
    ...applied.remarks,
    ...beside.remarks,
    ...(await changedSources(trees, options)),
    ...(await openVariables(trees, kustomizations, applied, options)),
    ...(await changedProgramParts(trees, options)),
    ...kustomizations.missing.map((root) => nothingThere("render.roots", shownRoot(root), "kustomization")),
    ...charts.missing.map((chart) => nothingThere("render.charts", chart, "chart")),
  ];
}

/** Whether what is built of a root is something other than the files that it lists. */
const changesFiles = ({ closures, applied }: ReachedRoot): boolean =>
  applied !== undefined ||
  sideNames.some((side) => closures[side]?.kustomizations.some((one) => alters(one) || one.refusals.length > 0));

/** Reports what would be built of two directories. */
async function notSeen(trees: TreeChange, { kinds, interest, accepts, shown }: RenderOptions): Promise<Diagnostic[]> {
  const { roots } = await reachedRoots(trees, [], interest);
  const charts = await reachedCharts(trees, [], notKustomized);
  const altering = roots.filter((root) => accepts(root.file) && changesFiles(root));
  const reachedFiles = [
    ...(await relevant(trees, altering, kinds, filesOfRoot)),
    ...(await relevant(
      trees,
      [...charts.jobs, ...charts.withoutValues].filter(({ file }) => accepts(file)),
      kinds,
      ({ files }) => files,
    )),
  ];
  return allLeftAlone(trees, reachedFiles, "unasked", shown);
}

/** Reports what would be built if the run might run tools. */
const unbuilt = (
  trees: TreeChange,
  { roots, charts }: Builds,
  unrendered: readonly UnrenderedChart[],
  { shown }: RenderOptions,
): Diagnostic[] => allLeftAlone(trees, [...roots.filter(changesFiles), ...charts, ...unrendered], "untrusted", shown);

function allLeftAlone(
  trees: TreeChange,
  builds: readonly { readonly file: string }[],
  why: Unrendered,
  shown: ShownPath,
): Diagnostic[] {
  return [...new Set(builds.map(({ file }) => file))].map((file) =>
    leftAlone({ file: shown(sideWith(trees, file), file) }, why),
  );
}

const told = ({ base, head }: PerSide<Side>, diagnostics: readonly Diagnostic[]): RenderedSides => ({
  base,
  head: withDiagnostics(head, diagnostics),
  rendering: { renderers: [], undecided: [] },
});
