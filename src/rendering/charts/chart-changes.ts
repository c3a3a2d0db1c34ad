import { posix } from "node:path";
import type { Json, SideName } from "../../manifests/manifest.ts";
import { objectOf } from "../kustomize/kustomization.ts";
import { readBoth, type TreeChange } from "../trees/file-tree.ts";
import type { Charts } from "./chart-parts.ts";
import type { ChartRelease } from "./chart-release.ts";

/** The files of a chart that helm always reads; templates can read any other through `.Files`. */
const isRead =
  /^(?:Chart\.(?:yaml|lock)|requirements\.(?:yaml|lock)|values\.(?:ya?ml|schema\.json)|\.helmignore|(?:templates|charts|crds)\/.+)$/;
const isTemplate = (file: string): boolean => file.startsWith("templates/") && posix.basename(file) !== "NOTES.txt";

/** Whether a change of a chart can change what it renders to: its README, its tests and its notes cannot. */
export async function changesOutput(
  trees: TreeChange,
  { file, files }: { readonly file: string; readonly files: ReadonlySet<string> },
): Promise<boolean> {
  const inside = (path: string): string => posix.relative(posix.dirname(file), path);
  const touched = [...files].filter((path) => trees.changed.has(path)).map(inside);
  if (touched.some((path) => isRead.test(path) && posix.basename(path) !== "NOTES.txt")) return true;
  if (touched.length === 0) return false;
  const templates = [...files].filter((path) => isTemplate(inside(path)));
  return (await readBoth(trees, templates)).some(([, bytes]) => bytes.includes(".Files"));
}

/**
 * Whether Flux stays with the chart of the base: it repackages a chart only when its version changes, or when another chart is
 * asked for (source-controller `internal/helm/chart/builder_local.go`).
 */
export function keepsChart(
  { files }: Charts,
  { base, head }: { readonly base: ChartRelease | undefined; readonly head: ChartRelease | undefined },
): boolean {
  if (base?.byVersion !== true || head?.byVersion !== true || askedFor(base) !== askedFor(head)) return false;
  const version = (side: SideName): Json | undefined => {
    const bytes = files[side].get(posix.join(head.chart, "Chart.yaml"));
    return bytes === undefined ? undefined : objectOf(bytes.toString("utf8"))["version"];
  };
  const before = version("base");
  return before !== undefined && before === version("head");
}

const askedFor = ({ chart, values, withoutDefaults = false }: ChartRelease): string =>
  JSON.stringify([chart, withoutDefaults, values.filter((one) => "file" in one)]);
