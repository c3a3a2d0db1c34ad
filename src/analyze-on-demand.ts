import { type AnalyzeOptions, judgeChange, readChange, type Side } from "./comparison.ts";
import type { Report } from "./report/report.ts";
import { loadTable } from "./systems/on-demand.ts";
import { outlinesOf } from "./systems/outlines.ts";

/**
 * As `analyze` of the library, for the command and the Action: of the systems, only those whose objects turn up are loaded.
 * @throws {Error} when `options.rules` are wrong.
 */
export async function analyzeOnDemand(base: Side, head: Side, options: AnalyzeOptions): Promise<Report> {
  const { rules = [] } = options;
  const change = readChange(base, head, outlinesOf(rules));
  options.onStatistics?.(change.statistics);
  const names = new Set([...change.systems, ...rules.map(({ part }) => part.system)]);
  const tables = await Promise.all([...names].map((name) => loadTable(name, rules)));
  return judgeChange(
    change,
    tables.filter(({ system }) => change.systems.includes(system)),
    options,
  );
}
