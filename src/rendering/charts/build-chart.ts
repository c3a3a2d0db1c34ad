import { createHash } from "node:crypto";
import { cpSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { PerSide, SideName } from "../../manifests/manifest.ts";
import { quote } from "../../manifests/quote.ts";
import type { RenderedApplication, SideRendering } from "../application.ts";
import type { BuildOptions } from "../kustomize/build-root.ts";
import type { JudgedKind } from "../relevant.ts";
import { writeFiles } from "../tools/private-folder.ts";
import { runTool, type ToolResult } from "../tools/run-tool.ts";
import { valuesText } from "../tools/values-text.ts";
import { type FileTree, pathsBelow, readFollowed } from "../trees/file-tree.ts";
import type { ChartJob } from "./chart-job.ts";
import { mostParts } from "./chart-parts.ts";
import { filesOf, releaseWord, textsOf } from "./chart-release.ts";
import { withoutRandomValues } from "./random-values.ts";
import { servedApis } from "./served-apis.ts";

interface ChartOptions extends BuildOptions {
  readonly kinds: readonly JudgedKind[];
}

/** Renders one chart on both sides, with one helm; twice where the sides differ, since templates may make random values. */
export async function buildChart(
  job: ChartJob,
  trees: PerSide<FileTree>,
  options: ChartOptions,
): Promise<RenderedApplication> {
  const head = await buildSide(job, trees, "head", options);
  const base = job.isSame === true ? head : await buildSide(job, trees, "base", options);
  const application = applicationOf(job, { base, head });
  if (base?.ok !== true || head?.ok !== true || base.output.equals(head.output)) return application;
  const again = { base: await template(job, "base", options), head: await template(job, "head", options) };
  return withoutRandomValues(application, again);
}

/**
 * A chart that cannot be rendered because there is no helm: every side that has it fails, and the reason says what to install.
 */
export function chartWithoutTool(job: ChartJob): RenderedApplication {
  const failed = (side: SideName): SideRendering | undefined =>
    job.releases[side] === undefined
      ? undefined
      : { ok: false, because: "helm is not on PATH: install it, or render both sides and pass the two directories" };
  return applicationOf(job, { base: failed("base"), head: failed("head") });
}

const applicationOf = (job: ChartJob, sides: RenderedApplication["sides"]): RenderedApplication => ({
  name: job.name,
  file: job.file,
  tool: "helm",
  sides,
  ...(job.isSame === true ? { isSame: true } : {}),
  ...(job.makers === undefined ? {} : { makers: job.makers }),
  sources: { base: job.files, head: job.files },
  resources: new Set(),
});

async function buildSide(
  job: ChartJob,
  trees: PerSide<FileTree>,
  side: SideName,
  options: ChartOptions,
): Promise<SideRendering | undefined> {
  const release = job.releases[side];
  if (release === undefined) return undefined;
  const from = job.chartOf[side];
  const file = posix.join(release.chart, "Chart.yaml");
  if (!trees[from].entries.has(file)) return { ok: false, because: `the chart ${file} does not exist` };
  const missing = filesOf(release).filter((path) => !trees[from].entries.has(path));
  if (missing.length > 0) return { ok: false, because: `the values file ${missing.join(", ")} does not exist` };
  if (job.local[side].length > mostParts)
    return {
      ok: false,
      because: `more than ${mostParts} charts of the repository are part of it: render both sides and pass the two directories`,
    };
  const sources = new Map([...options.written[from]].filter(([path]) => job.files.has(path)));
  const result = await template(job, side, options);
  return result.ok ? { ok: true, output: result.output, sources } : result;
}

/** Copies the charts that a chart depends on to where helm looks for them, unless one is already there. */
export async function writeLocalDependencies(
  { local, chartOf }: ChartJob,
  tree: FileTree,
  side: SideName,
  folder: string,
): Promise<void> {
  const dependencies = chartOf[side] !== side || local[side].length > mostParts ? [] : local[side];
  for (const { from, to } of dependencies) {
    const isPacked = (path: string): boolean => path.startsWith(`${to}-`);
    if (pathsBelow(tree, to).length > 0 || pathsBelow(tree, posix.dirname(to)).some(isPacked)) continue;
    const contents = await readFollowed(tree, pathsBelow(tree, from));
    const moved = [...contents].map(([path, bytes]) => [`${to}${path.slice(from.length)}`, bytes] as const);
    writeFiles(new Map(moved), join(folder, side));
  }
}

async function template(
  job: ChartJob,
  side: SideName,
  { tool, folder, written, kinds }: ChartOptions,
): Promise<ToolResult> {
  const release = job.releases[side];
  if (release === undefined) return { ok: false, because: "it does not exist" };
  const { chart, values, parameters = [], namespace, apiVersions = [], kubeVersion } = release;
  // A folder may be called, or a configuration say, `--post-renderer=sh`, which helm must not take for an option.
  const folderName = chart.slice(chart.lastIndexOf("/") + 1);
  const name = release.release ?? (releaseWord.test(folderName) ? folderName : "release");
  if (!releaseWord.test(name)) return { ok: false, because: `${quote(name)} is not a valid release name` };
  const served = apiVersions.length > 0 ? apiVersions : servedApis(job.files, [written.base, written.head], kinds);
  const root = join(folder, job.chartOf[side]);
  // Beside the two sides, and under a name that no folder of the repository can have.
  const own = join(`${side}-releases`, createHash("sha256").update(job.name).digest("hex").slice(0, 16));
  const texts = new Map(textsOf(release).map((text, at) => [text, join(own, `values-${at}.yaml`)]));
  writeFiles(new Map([...texts].map(([text, path]) => [path, Buffer.from(text)])), folder);
  let place = join(root, chart);
  if (release.withoutDefaults === true) {
    place = join(folder, own, "chart");
    cpSync(join(root, chart), place, { recursive: true });
    writeFileSync(join(place, "values.yaml"), "{}\n");
  }
  const args = [
    ...tool.build,
    name,
    place,
    ...values.flatMap((one) => [
      "--values",
      "file" in one ? join(root, one.file) : join(folder, texts.get(one.text) ?? ""),
    ]),
    ...parameters.flatMap(({ flag, name, value }) => [
      flag,
      `${name}=${flag === "--set-file" ? join(root, value) : value}`,
    ]),
    ...(namespace === undefined ? [] : ["--namespace", namespace]),
    ...served.flatMap((one) => ["--api-versions", one]),
    ...(kubeVersion === undefined ? [] : ["--kube-version", kubeVersion]),
  ];
  // Helm takes a comma for the end of a value.
  const set = parameters.map(({ name, value }) => ({
    [name.slice(name.lastIndexOf(".") + 1)]: [value, ...value.split(",")],
  }));
  const given = () => [
    ...[...written[job.chartOf[side]]].filter(([path]) => job.files.has(path)),
    ...textsOf(release).map((text, at) => [`values-${at}.yaml`, Buffer.from(text)] as const),
    ["parameters.yaml", Buffer.from(valuesText(set))] as const,
  ];
  return await runTool({ command: tool.command, args, folder, given });
}
