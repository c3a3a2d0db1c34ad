import { type Analysis, analyzeSystem } from "./analysis/analyze.ts";
import { ClusterMemo } from "./analysis/cluster-memo.ts";
import { explainPool as explainInputs, type ExplainedInput } from "./analysis/explain.ts";
import type { Undecided } from "./analysis/decided.ts";
import type { Pruner } from "./analysis/deployment.ts";
import type { Shard } from "./analysis/shard.ts";
import { alignApplications } from "./inventory/align-applications.ts";
import { takeInventory } from "./inventory/inventory.ts";
import { contextOf } from "./inventory/context.ts";
import { rowOf } from "./inventory/object-pair.ts";
import type { Diagnostic, SourceFile } from "./manifests/manifest.ts";
import { readManifests } from "./manifests/read.ts";
import { type ReadStatistics, readSides } from "./manifests/read-sides.ts";
import { buildReport } from "./report/build.ts";
import { runFingerprint } from "./report/fingerprint.ts";
import type { Report } from "./report/report.ts";
import type { Settings } from "./rules/functions.ts";
import { interestOf } from "./rules/interest.ts";
import type { NamedPart } from "./rules/merge.ts";
import { loadSystems, loadTables } from "./systems/tables.ts";

declare const __VERSION__: string | undefined;
/** The version of this program. */
export const version: string = typeof __VERSION__ === "string" ? __VERSION__ : "0.0.0-source";

/** One side of a change: what it is called, and the files that were read. */
export interface Side {
  readonly label: string;
  /** The commit, where there is one. */
  readonly revision?: string | undefined;
  readonly files: readonly SourceFile[];
  /** What went wrong while the files were read. */
  readonly diagnostics?: readonly Diagnostic[];
}

export interface AnalyzeOptions {
  /** Versions of what runs there: `{ gardener: "1.149" }`; else the newest that the tables know. */
  readonly targets?: Readonly<Record<string, string>>;
  /** Options of the landscape that git cannot show: `{ "gardener.in-place-updates": true }`. */
  readonly landscape?: Readonly<Record<string, string | boolean>>;
  /** More rules, or changes to those of the program. */
  readonly rules?: readonly NamedPart[];
  /** How the files of the two sides came about, when they were rendered. */
  readonly rendering?: Rendering;
  /** Judge only this part of the clusters; `mergeShards` joins the reports of all parts. */
  readonly shard?: Shard;
  /** Told how much was read. */
  readonly onStatistics?: (statistics: ReadStatistics) => void;
}

/** What rendering leaves beside the rendered files. */
export interface Rendering {
  readonly renderers: readonly { readonly name: string; readonly version: string }[];
  /** Applications that could not be rendered on both sides: their pools are `unknown`. */
  readonly undecided: readonly Undecided[];
  /** What deploys applications from which something is removed. */
  readonly pruners?: readonly Pruner[];
}

/**
 * Says what a change from `base` to `head` does to every worker pool that it touches. Nothing is read but the two sides;
 * bad input never throws: it becomes a diagnostic, and the report is not complete.
 * @throws {Error} when `options.rules` are wrong.
 */
export function analyze(base: Side, head: Side, options: AnalyzeOptions = {}): Report {
  const systems = loadSystems(options.rules);
  const settings = settingsOf(options);
  const read = readSides(base.files, head.files, interestOf(systems), contextOf(systems));
  options.onStatistics?.(read.statistics);
  const aligned = alignApplications(read.base.manifests, read.head.manifests, {
    base: applicationsOf(base),
    head: applicationsOf(head),
  });
  const manifests = [...aligned, ...read.head.manifests];
  const { rendering, shard } = options;
  const deployment = {
    undecided: new Map(rendering?.undecided.map((one) => [one.application, one])),
    pruners: new Map(rendering?.pruners?.map((one) => [one.application, one])),
  };
  const analyses: Analysis[] = systems
    .filter((system) => manifests.some((manifest) => rowOf(system, manifest) !== undefined))
    .map(({ table }) => analyzeSystem(table(), aligned, read.head.manifests, settings, deployment, shard));
  const diagnostics = [base, head].flatMap((side) => side.diagnostics ?? []);
  diagnostics.push(...read.base.diagnostics, ...read.head.diagnostics);
  return buildReport({
    version,
    base,
    head,
    analyses,
    settings,
    diagnostics,
    ...rendering,
    ...(shard === undefined ? {} : { shard: { ...shard, run: runFingerprint([base, head], options) } }),
  });
}

const applicationsOf = ({ files }: Side): ReadonlySet<string> =>
  new Set(files.flatMap(({ application }) => (application === undefined ? [] : [application])));

/** A pool with every input of its fingerprints. */
export interface ExplainedPool {
  readonly system: string;
  readonly namespace: string;
  readonly cluster: string;
  readonly pool: string;
  readonly inputs: readonly ExplainedInput[];
}

/** The pools of both sides that `name` means (`pool`, `cluster/pool` or `namespace/cluster/pool`), changed or not. */
export function explainPools(base: Side, head: Side, name: string, options: AnalyzeOptions = {}): ExplainedPool[] {
  const tables = loadTables(options.rules);
  const settings = settingsOf(options);
  const interest = interestOf(tables);
  const after = readManifests(head.files, interest).manifests;
  const before = alignApplications(readManifests(base.files, interest).manifests, after, {
    base: applicationsOf(base),
    head: applicationsOf(head),
  });
  return tables.flatMap((table) =>
    takeInventory(table, before, after).flatMap((cluster) =>
      cluster.pools.flatMap((pool): ExplainedPool[] => {
        const namespace = cluster.namespace ?? "";
        const names = [
          pool.name,
          `${cluster.name}/${pool.name}`,
          `${namespace}/${pool.name}`,
          `${namespace}/${cluster.name}/${pool.name}`,
        ];
        if (!names.includes(name)) return [];
        const inputs = explainInputs({ table, settings, asked: new Set(), memo: new ClusterMemo() }, cluster, pool);
        return [{ system: table.system, namespace, cluster: cluster.name, pool: pool.name, inputs }];
      }),
    ),
  );
}

const settingsOf = ({ targets, landscape }: AnalyzeOptions): Settings => ({
  targets: targets ?? {},
  landscape: landscape ?? {},
});

export { mergeShards } from "./report/merge-shards.ts";
export type { Shard } from "./analysis/shard.ts";
export type { Pruner } from "./analysis/deployment.ts";
export type { Undecided } from "./analysis/decided.ts";
export type { ExplainedInput } from "./analysis/explain.ts";
export type { Diagnostic, SourceFile } from "./manifests/manifest.ts";
export type { ReadStatistics } from "./manifests/read-sides.ts";
export type { Cause, PoolReport, Report } from "./report/report.ts";
export type { NamedPart } from "./rules/merge.ts";
export type { Effect, TablePart } from "./rules/table.ts";
