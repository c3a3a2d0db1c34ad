import type { Diagnostic, SideName } from "../manifests/manifest.ts";
import { sideNames, type TreeChange } from "./file-tree.ts";
import { relevant } from "./relevant.ts";
import type { RenderOptions } from "./render.ts";

export const notRendered = ({ file }: { readonly file: string }): Diagnostic => ({
  severity: "warning",
  code: "not-rendered",
  message:
    "the change reaches this, and render: none says not to render it; its files were judged as they stand, so what patches and values do is not seen",
  file,
  incomplete: true,
});

/** Why a run renders nothing though nobody said that it should not, and what to do for it to. */
const reasons = {
  unasked:
    "two directories are taken to be rendered already, so what it makes of its files is not seen; write render: auto into the configuration to have both rendered",
  untrusted:
    "a run for pull_request_target renders nothing of a pull request, so what it makes of its files is not seen; run on pull_request with actions/checkout and fetch-depth: 2 to have it rendered",
} as const;
export type Unrendered = keyof typeof reasons;

export const leftAlone = ({ file }: { readonly file: string }, mode: Unrendered): Diagnostic => ({
  severity: "warning",
  code: "not-rendered",
  message: `the change reaches this, and ${reasons[mode]}`,
  file,
  incomplete: true,
  hidesPools: true,
});

export const nothingThere = (setting: string, folder: string, what: string): Diagnostic => ({
  severity: "warning",
  code: "nothing-to-render",
  message: `${setting} of the configuration names ${folder}, and neither side has a ${what} there; correct the path, which is that of the repository`,
  incomplete: true,
});

export const noValues = ({ file }: { readonly file: string }): Diagnostic => ({
  severity: "warning",
  code: "chart-without-values",
  message:
    "the change reaches this chart, and nothing says with which values to render it, so what it does to its pools is unknown; name the chart and its values in render.charts, put values into its ci folder, or have an Application name the files",
  file,
  incomplete: true,
  hidesPools: true,
});

/** Says of changed files that they would be judged if somebody deployed them; not of those that one side builds in. */
export async function unusedFiles(
  trees: TreeChange,
  unused: Readonly<Record<SideName, ReadonlySet<string>>>,
  { kinds, accepts = () => true, shown = (_, path) => path }: Pick<RenderOptions, "kinds" | "accepts" | "shown">,
): Promise<Diagnostic[]> {
  const isUnused = (path: string): boolean =>
    sideNames.every((side) => unused[side].has(path) || !trees[side].entries.has(path));
  const paths = [...new Set([...unused.head, ...unused.base])].filter((path) => isUnused(path) && accepts(path));
  const found = await relevant(
    trees,
    paths.map((path) => ({ path, files: new Set([path]) })),
    kinds,
    ({ files }) => files,
  );
  return found.map(({ path }) => ({
    severity: "notice",
    code: "unused-file",
    message:
      "the kustomization beside this file does not name it, so it was taken for deployed by nobody and not judged; give it as a file of its own if somebody applies it",
    file: shown(unused.head.has(path) ? "head" : "base", path),
  }));
}
