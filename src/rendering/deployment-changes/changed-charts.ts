import { posix } from "node:path";
import type { Diagnostic, PerSide } from "../../manifests/manifest.ts";
import { sideNames } from "../../manifests/side-names.ts";
import { unrendered } from "../../manifests/unrendered.ts";
import { folderInWords } from "../application.ts";
import { changesOutput } from "../charts/chart-changes.ts";
import { type ChartRelease, filesOf, textsOf } from "../charts/chart-release.ts";
import { deployerObjects } from "../charts/counted-objects.ts";
import { changesCounted } from "../charts/pool-parts.ts";
import { deployers } from "../deployers/deployment.ts";
import { fixedFolder, oursIn } from "../deployers/judged-files.ts";
import type { RenderOptions } from "../render-options.ts";
import { isBelow, isYaml, pathsBelow, readBoth, sideWith, type TreeChange, within } from "../trees/file-tree.ts";

/** A chart that the change reaches, and its releases. */
interface ReachedChart {
  readonly file: string;
  readonly files: ReadonlySet<string>;
  readonly releases?: PerSide<ChartRelease | undefined>;
  readonly changesItself?: boolean;
}

/**
 * Reports charts that render objects of Argo CD or Flux ("app of apps"), and may thereby deploy folders with pools
 * differently.
 */
export async function changedDeployerCharts(
  trees: TreeChange,
  charts: readonly ReachedChart[],
  { kinds, accepts, shown }: RenderOptions,
): Promise<Diagnostic[]> {
  const found = new Map<string, string>();
  for (const chart of charts) {
    if (found.has(chart.file) || !accepts(chart.file)) continue;
    const contents = [...(await contentsOf(trees, chart))];
    const folder = posix.join(posix.dirname(chart.file), "templates");
    const templates = contents.filter(([path, text]) => isBelow(path, folder) && deployers.test(text));
    if (templates.length === 0 || !(await mayDeployOtherwise(trees, chart))) continue;
    const written = templates.flatMap(([, text]) => pathsIn(text));
    const isOpen = written.some((path) => path.startsWith("*"));
    const given = isOpen
      ? contents.flatMap(([path, text]) => (isBelow(path, folder) ? [] : foldersIn(trees, text)))
      : [];
    const paths = [...written.filter((path) => !path.startsWith("*")), ...given];
    const [ours] = (await oursIn(trees, paths, kinds)) ?? paths;
    if (ours !== undefined) found.set(chart.file, paths.flatMap(fixedFolder).find((one) => isBelow(ours, one)) ?? ours);
  }
  return [...found].map(([file, folder]) =>
    unrendered(
      `the change reaches this chart, which makes objects of GitOps tools, and whether they deploy ${folderInWords(folder)} differently now is not known: render both sides and pass the two directories`,
      { file: shown(sideWith(trees, file), file) },
    ),
  );
}

async function mayDeployOtherwise(trees: TreeChange, chart: ReachedChart): Promise<boolean> {
  if (chart.releases !== undefined) return true;
  return chart.changesItself === true
    ? await changesCounted(trees, chart, deployerObjects)
    : await changesOutput(trees, chart);
}

/** The texts of a chart, and those of its values. */
async function contentsOf(
  trees: TreeChange,
  { files, releases }: ReachedChart,
): Promise<(readonly [string, string])[]> {
  const given = sideNames.flatMap((side) => releases?.[side] ?? []);
  const paths = [...files, ...given.flatMap(filesOf)].filter((path) => isYaml(path) || path.endsWith(".tpl"));
  return [
    ...(await readBoth(trees, paths)).map(([path, bytes]) => [path, bytes.toString("utf8")] as const),
    ...given.flatMap(textsOf).map((text) => ["", text] as const),
    ...given.flatMap(({ parameters = [] }) => parameters.map(({ value }) => ["", value] as const)),
  ];
}

/** What is after `path` in a template, with a star for what is filled in. */
const pathsIn = (text: string): string[] =>
  Array.from(text.matchAll(/\bpath["']?:[ \t]*["']?([^\s"'#][^"'#\n]*)/g), ([, path = ""]) =>
    path
      .replaceAll(/\{\{[^{}]*\}\}/g, "*")
      .replace(/^\.\//, "")
      .trim(),
  );

/** The words of values that are folders of the repository. */
const foldersIn = (trees: TreeChange, text: string): string[] =>
  [...new Set(text.match(/[\w./-]+/g))].flatMap((word) => {
    const folder = within("", word);
    return folder !== undefined && folder !== "" && sideNames.some((side) => pathsBelow(trees[side], folder).length > 0)
      ? [folder]
      : [];
  });
