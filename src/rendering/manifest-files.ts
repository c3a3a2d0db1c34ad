import { posix } from "node:path";
import type { Side } from "../comparison.ts";
import type { PerSide, SideName } from "../manifests/manifest.ts";
import type { UnrenderedChart } from "./charts/reached-charts.ts";
import type { Reach } from "./reach.ts";
import type { ShownPath } from "./render-options.ts";
import { folderOf, pathsBelow, readFollowed, type TreeChange } from "./trees/file-tree.ts";

/** Files of a side that are not manifests by themselves: they are input of a build, or not deployed. */
export const noManifestsOf =
  (trees: TreeChange, { kustomizations, applied, charts }: Reach, unrendered: readonly UnrenderedChart[]) =>
  (side: SideName): string[] => [
    ...kustomizations.elsewhere,
    ...applied.elsewhere,
    ...kustomizations.unused[side],
    ...charts.templates.flatMap((folder) => pathsBelow(trees[side], folder)),
    ...[...charts.jobs, ...charts.withoutValues].map(({ file }) => posix.join(folderOf(file), "values.yaml")),
    ...unrendered.flatMap(({ values }) => values),
  ];

/** Without bases, patches and templates: several of them may carry the name of one object. */
export const withoutFiles = (
  { base, head }: PerSide<Side>,
  noManifests: (side: SideName) => readonly string[],
  shown: ShownPath,
): PerSide<Side> => {
  const left = (side: SideName, from: Side): Side => {
    const paths = new Set(noManifests(side).map((path) => shown(side, path)));
    return paths.size === 0 ? from : { ...from, files: from.files.filter(({ path }) => !paths.has(path)) };
  };
  return { base: left("base", base), head: left("head", head) };
};

/** The sides with more files, which had not been read because they are the same on both. */
export async function withPlain(
  { head }: TreeChange,
  sides: PerSide<Side>,
  paths: readonly string[],
  shown: ShownPath,
): Promise<PerSide<Side>> {
  if (paths.length === 0) return sides;
  const contents = await readFollowed(head, paths);
  const on = (side: SideName): Side => {
    const known = new Set(sides[side].files.map(({ path }) => path));
    const more = [...contents].map(([path, bytes]) => ({ path: shown(side, path), bytes }));
    return { ...sides[side], files: [...sides[side].files, ...more.filter(({ path }) => !known.has(path))] };
  };
  return { base: on("base"), head: on("head") };
}
