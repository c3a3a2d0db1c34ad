import { join } from "node:path";
import type { Side } from "../comparison.ts";
import type { PerSide, SideName } from "../manifests/manifest.ts";
import { sideNames } from "../manifests/side-names.ts";
import type { RenderedApplication } from "./application.ts";
import { assemble, type RenderedSides, withDiagnostics } from "./assemble.ts";
import type { Builds } from "./builds.ts";
import { buildChart, chartWithoutTool, writeLocalDependencies } from "./charts/build-chart.ts";
import { testValueRemarks } from "./charts/test-values.ts";
import { handedOver } from "./handed-over.ts";
import { buildRoot, rootWithoutTool } from "./kustomize/build-root.ts";
import { writeClosures } from "./kustomize/write-closures.ts";
import { withMovedObjects } from "./moved-objects.ts";
import { howRendered } from "./remarks.ts";
import type { RenderOptions } from "./render-options.ts";
import { findHelm, findKustomize } from "./tools/find-tools.ts";
import { inParallel } from "./tools/in-parallel.ts";
import { withPrivateFolder } from "./tools/private-folder.ts";
import type { TreeChange } from "./trees/file-tree.ts";

/** To which namespace a release deploys on each side. */
type Deployed = PerSide<{ readonly deploysTo?: string } | undefined>;

/** Builds all that is to be built, on both sides with the same tools, and puts it in the place of what it was built from. */
export async function buildAll(
  trees: TreeChange,
  sides: PerSide<Side>,
  jobs: Builds,
  built: PerSide<ReadonlySet<string>>,
  options: RenderOptions,
): Promise<RenderedSides> {
  return await withPrivateFolder(async (folder) => {
    const kustomize = jobs.roots.length > 0 ? await findKustomize(folder, options.searchPath) : undefined;
    const helm = jobs.charts.length > 0 ? await findHelm(folder, options.searchPath) : undefined;
    const written = await writeSides(trees, jobs, folder);
    const common = { folder, written, network: options.network === true, outputs: new Map() };
    const moved = (application: RenderedApplication, deployed: Deployed | undefined): RenderedApplication =>
      withMovedObjects(
        application,
        { base: deployed?.base?.deploysTo, head: deployed?.head?.deploysTo },
        options.kinds,
      );
    const tasks = [
      ...jobs.roots.map(
        (root) => async () =>
          kustomize === undefined
            ? rootWithoutTool(root)
            : moved(await buildRoot(root, { ...common, tool: kustomize }), root.applied?.treatments),
      ),
      ...jobs.charts.map(
        (chart) => async () =>
          helm === undefined
            ? chartWithoutTool(chart)
            : moved(await buildChart(chart, trees, { ...common, tool: helm, kinds: options.kinds }), chart.releases),
      ),
    ];
    const { applications, undecided } = handedOver(await inParallel(tasks), options.kinds);
    const all = await assemble(trees, sides, applications, [kustomize, helm], options, built);
    const charts = applications.slice(jobs.roots.length);
    const rendered = jobs.charts.flatMap((job, at) => {
      const { sides: both = { base: undefined, head: undefined } } = charts[at] ?? {};
      const isTold = job.isSame !== true && sideNames.every((side) => both[side]?.ok !== false);
      return isTold ? [{ job, sides: both }] : [];
    });
    const remarks = [
      ...testValueRemarks(rendered, trees.changed, options.kinds),
      ...howRendered(rendered.map(({ job }) => job)),
    ];
    return {
      ...all,
      head: withDiagnostics(all.head, remarks),
      rendering: { ...all.rendering, undecided: [...all.rendering.undecided, ...undecided] },
    };
  });
}

/** All files of all builds. */
async function writeSides(
  trees: TreeChange,
  { roots, charts }: Builds,
  folder: string,
): Promise<PerSide<ReadonlyMap<string, Buffer>>> {
  const write = async (side: SideName): Promise<ReadonlyMap<string, Buffer>> => {
    const tree = trees[side];
    const closures = roots.flatMap(({ closures: both }) => both[side] ?? []);
    const ofCharts = charts.flatMap(({ files }) => [...files]);
    const written = await writeClosures(tree, closures, ofCharts, join(folder, side));
    for (const chart of charts) await writeLocalDependencies(chart, tree, side, folder);
    return written;
  };
  return { base: await write("base"), head: await write("head") };
}
