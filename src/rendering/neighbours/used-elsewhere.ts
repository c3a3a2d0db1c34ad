import type { RenderOptions, ShownPath } from "../render-options.ts";
import type { Side } from "../../comparison.ts";
import type { SideName } from "../../manifests/manifest.ts";
import { type AppliedFolders, nothingApplied } from "../applied/applied-folders.ts";
import type { ChartJob } from "../charts/chart-job.ts";
import type { ReachedRoot } from "../kustomize/reached-roots.ts";
import { readFollowed, type TreeChange } from "../trees/file-tree.ts";
import { type Builds, type Neighbours, neighbours, noNeighbours } from "./neighbours.ts";

/** What is used from elsewhere, of what the run may judge. */
export async function neighboursOf(
  trees: TreeChange,
  known: {
    readonly reached: Builds;
    readonly judged: Builds;
    readonly unreached: Builds;
    readonly built: ReadonlySet<string>;
  },
  { mode, uses, accepts }: RenderOptions,
): Promise<Neighbours> {
  if (mode === "none" || uses === undefined) return noNeighbours;
  const { judged, built } = known;
  const isJudged = new Set<unknown>([...judged.roots, ...judged.charts]);
  const only = ({ roots, charts }: Builds, isMeant: (one: ReachedRoot | ChartJob) => boolean): Builds => ({
    roots: roots.filter(isMeant),
    charts: charts.filter(isMeant),
  });
  const silent = only(known.reached, (one) => !isJudged.has(one));
  const others = only(known.unreached, ({ file }) => accepts(file));
  return await neighbours({ trees, judged, silent, others, built, uses });
}

/** Folders that are changed on the way, and that the change does not reach. */
export const othersOf = (applied: AppliedFolders | undefined): AppliedFolders => ({
  ...nothingApplied,
  ...applied,
  roots: applied?.others ?? [],
});

/** The sides with files that were not read, and are the same on both. */
export async function withPlain(
  { head }: TreeChange,
  sides: Readonly<Record<SideName, Side>>,
  paths: readonly string[],
  shown: ShownPath,
): Promise<Readonly<Record<SideName, Side>>> {
  if (paths.length === 0) return sides;
  const contents = await readFollowed(head, paths);
  const on = (side: SideName): Side => {
    const known = new Set(sides[side].files.map(({ path }) => path));
    const more = [...contents].map(([path, bytes]) => ({ path: shown(side, path), bytes }));
    return { ...sides[side], files: [...sides[side].files, ...more.filter(({ path }) => !known.has(path))] };
  };
  return { base: on("base"), head: on("head") };
}
