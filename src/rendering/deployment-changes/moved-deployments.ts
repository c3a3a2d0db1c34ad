import { deployerOf } from "../../manifests/deployers.ts";
import { groupBy } from "../../manifests/group-by.ts";
import type { Diagnostic, JsonObject, PerSide, SideName } from "../../manifests/manifest.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { folderInWords } from "../application.ts";
import { type DeployedFolder, deployersOf, isElsewhere } from "../applied/deployed-folders.ts";
import { fluxChart } from "../charts/flux-release.ts";
import { deployerObjects } from "../deployers/deployer-objects.ts";
import { titleOf } from "../deployers/deployment.ts";
import { oursIn } from "../deployers/judged-files.ts";
import type { KustomizeGraph } from "../kustomize/kustomize-graph.ts";
import type { RenderOptions } from "../render-options.ts";
import { folderOf, type TreeChange } from "../trees/file-tree.ts";
import type { EffectiveDeployments } from "./effective-deployments.ts";

interface Known {
  readonly trees: TreeChange;
  readonly graphs: PerSide<KustomizeGraph>;
  readonly deployed: readonly DeployedFolder[];
}

/** An object of a GitOps tool, and the folders from which it deploys. */
interface Mover {
  readonly title: string;
  readonly file: string;
  readonly paths: readonly string[];
  /** Whether its own names show that it reaches pools. */
  readonly isOurs: boolean;
}

/**
 * Reports objects of GitOps tools that stay as they are, but move to the folder of another deployment, mostly that of another
 * cluster, or between one and where nothing known deploys them: with them goes what they deploy.
 */
export async function movedDeployments(
  { trees, graphs, deployed }: Known,
  deployments: EffectiveDeployments,
  { kinds, accepts, shown }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const isAnyDeployed = deployed.length > 0 || graphs.head.entries.some((folder) => graphs.base.nodes.has(folder));
  if (!isAnyDeployed) return [];
  const releases = await deployerObjects(trees);
  const on = (side: SideName): Mover[] => [
    ...deployments[side].flatMap(({ set, title, file, deployment: { paths } }) =>
      set === undefined ? { title, file, paths, isOurs: false } : [],
    ),
    ...(releases?.sides[side] ?? []).flatMap(({ object, file }) => (isRelease(object) ? releaseIn(object, file) : [])),
  ];
  const base = groupBy(on("base"), ({ title }) => title);
  const found: Diagnostic[] = [];
  for (const one of on("head").filter(({ file }) => trees.changed.has(file) && accepts(file))) {
    const before = base.get(one.title);
    if (before === undefined || before.some(({ file }) => file === one.file)) continue;
    const left = new Set(before.flatMap(({ file }) => [...deployersOf(file, "base", graphs, deployed)]));
    const entered = deployersOf(one.file, "head", graphs, deployed);
    const way = wayBetween(left, entered, [before[0].file, one.file]);
    if (way === undefined) continue;
    if (!one.isOurs && (await oursIn(trees, one.paths, kinds, graphs))?.length === 0) continue;
    found.push(
      unrendered(
        `${one.title} moves ${way}, so pools may be deleted or created, which is not rendered here: render both sides and pass the two directories`,
        { file: shown("head", one.file) },
      ),
    );
  }
  return found;
}

/** How an object moves out of the reach of what deployed it, or into that of what deploys it now; undefined where it does not. */
function wayBetween(
  left: ReadonlySet<string>,
  entered: ReadonlySet<string>,
  [before, after]: readonly [before: string, after: string],
): string | undefined {
  const inWords = (folders: ReadonlySet<string>, file: string): string =>
    folderInWords([...folders][0] ?? folderOf(file));
  const way = `from ${inWords(left, before)} to ${inWords(entered, after)}`;
  if (isElsewhere(left, entered)) return `${way}, which other objects deploy: what it deployed goes with it`;
  if (left.size > 0 && entered.size === 0) return `${way}, where what applied it does not look`;
  if (left.size === 0 && entered.size > 0) return `${way}, where another object applies it than before, if any did`;
  return undefined;
}

const isRelease = ({ kind }: JsonObject): boolean => kind === "HelmRelease";

function releaseIn(object: JsonObject, file: string): Mover {
  const chart = fluxChart(object);
  return {
    title: titleOf(object),
    file,
    paths: chart === undefined ? [] : [chart],
    isOurs: deployerOf(object) !== undefined,
  };
}
