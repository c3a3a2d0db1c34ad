import { join, posix } from "node:path";
import type { Diagnostic, SideName } from "../manifests/manifest.ts";
import type { RenderedApplication, SideRendering } from "./application.ts";
import { type ChartJob, mostParts } from "./charts.ts";
import { type FileTree, pathsBelow, readFollowed } from "./file-tree.ts";
import type { BuildOptions } from "./kustomize.ts";
import { writeFiles } from "./private-folder.ts";
import { runTool, type ToolResult } from "./run-tool.ts";
import { withoutRandomValues } from "./random-values.ts";

/** Renders one chart on both sides, with one helm; twice where the sides differ, since templates may make random values. */
export async function buildChart(
  job: ChartJob,
  trees: Readonly<Record<SideName, FileTree>>,
  options: BuildOptions,
): Promise<RenderedApplication> {
  const [base, head] = [
    await buildSide(job, trees.base, "base", options),
    await buildSide(job, trees.head, "head", options),
  ];
  const application: RenderedApplication = {
    name: job.name,
    file: job.file,
    tool: "helm",
    sides: { base, head },
    sources: { base: job.files, head: job.files },
    resources: new Set(),
    remarks: remarksOn(job),
  };
  if (base?.ok !== true || head?.ok !== true || base.output.equals(head.output)) return application;
  const again = { base: await template(job, "base", options), head: await template(job, "head", options) };
  return withoutRandomValues(application, again);
}

function remarksOn({ chart, file, values, given }: ChartJob): Diagnostic[] {
  if (given === "by-configuration") return [];
  const shown = values.length === 0 ? "its own values" : values.join(", ");
  const rendered = `the chart ${chart} was rendered with ${shown}`;
  const [code, message] =
    given === "for-tests"
      ? ["rendered-with-ci-values", `${rendered}, the values for its tests; name the real ones in render.charts`]
      : ["rendered-as-deployed", `${rendered}, as ${given.by} deploys it`];
  return [{ severity: "notice", code, message, file }];
}

async function buildSide(
  job: ChartJob,
  tree: FileTree,
  side: SideName,
  options: BuildOptions,
): Promise<SideRendering | undefined> {
  if (!job.has[side]) return undefined;
  const missing = job.values.filter((path) => !tree.entries.has(path));
  if (missing.length > 0) return { ok: false, because: `the values file ${missing.join(", ")} does not exist` };
  if (job.local[side].length > mostParts)
    return {
      ok: false,
      because: `more than ${mostParts} charts of the repository are part of it: render it, and give both results`,
    };
  const sources = new Map([...options.written[side]].filter(([path]) => job.files.has(path)));
  const result = await template(job, side, options);
  return result.ok ? { ok: true, output: result.output, sources } : result;
}

/** Puts the charts of the repository that a chart depends on where helm looks for them, unless one stands there already. */
export async function writeLocalDependencies(
  { local }: ChartJob,
  tree: FileTree,
  side: SideName,
  folder: string,
): Promise<void> {
  const dependencies = local[side].length > mostParts ? [] : local[side];
  for (const { from, to } of dependencies) {
    const isPacked = (path: string): boolean => path.startsWith(`${to}-`);
    if (pathsBelow(tree, to).length > 0 || pathsBelow(tree, posix.dirname(to)).some(isPacked)) continue;
    const contents = await readFollowed(tree, pathsBelow(tree, from));
    const moved = [...contents].map(([path, bytes]) => [`${to}${path.slice(from.length)}`, bytes] as const);
    writeFiles(new Map(moved), join(folder, side));
  }
}

async function template(job: ChartJob, side: SideName, { tool, folder }: BuildOptions): Promise<ToolResult> {
  const root = join(folder, side);
  const args = [
    ...tool.build,
    job.release ?? (job.chart.slice(job.chart.lastIndexOf("/") + 1) || "release"),
    join(root, job.chart),
    ...job.values.flatMap((path) => ["--values", join(root, path)]),
    ...(job.namespace === undefined ? [] : ["--namespace", job.namespace]),
    ...(job.apiVersions ?? []).flatMap((version) => ["--api-versions", version]),
    ...(job.kubeVersion === undefined ? [] : ["--kube-version", job.kubeVersion]),
  ];
  return await runTool({ command: tool.command, args, folder });
}
