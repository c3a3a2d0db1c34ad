import { type AnalyzeOptions, judgeChange, readChange, type Side } from "./comparison.ts";
import { explainByTables, type ExplainedPool } from "./explanation.ts";
import type { Report } from "./report/report.ts";
import { outlinesOf } from "./systems/outlines.ts";
import { loadTable, loadTables } from "./systems/tables.ts";

/**
 * Says what a change from `base` to `head` does to every worker pool that it touches. Nothing is read but the two sides;
 * bad input never throws: it becomes a diagnostic, and the report is not complete.
 * @throws {Error} when `options.rules` are wrong.
 */
export function analyze(base: Side, head: Side, options: AnalyzeOptions = {}): Report {
  const { rules = [] } = options;
  const change = readChange(base, head, outlinesOf(rules));
  options.onStatistics?.(change.statistics);
  // A user's table is checked also where none of its objects turns up.
  const own = new Map(rules.map(({ part }) => [part.system, loadTable(part.system, rules)]));
  return judgeChange(
    change,
    change.systems.map((name) => own.get(name) ?? loadTable(name, [])),
    options,
  );
}

/** The pools of both sides that `name` means (`pool`, `cluster/pool` or `namespace/cluster/pool`), changed or not. */
export function explainPools(base: Side, head: Side, name: string, options: AnalyzeOptions = {}): ExplainedPool[] {
  return explainByTables(loadTables(options.rules), [base, head], name, options).pools;
}

export { mergeShards } from "./report/merge-shards.ts";
export { version } from "./version.ts";
export type { Shard } from "./analysis/shard.ts";
export type { AnalyzeOptions, Rendering, Side } from "./comparison.ts";
export type { ExplainedPool } from "./explanation.ts";
export type { FluxFolder, Pruner, Undecided } from "./analysis/deployment.ts";
export type { ExplainedInput } from "./analysis/explain.ts";
export type { Diagnostic, SourceFile } from "./manifests/manifest.ts";
export type { ReadStatistics } from "./manifests/read-sides.ts";
export type { Cause, PoolReport, Report } from "./report/report.ts";
export type { NamedPart } from "./rules/merge.ts";
export type { TablePart } from "./rules/table.ts";
export type { Effect } from "./rules/words.ts";
