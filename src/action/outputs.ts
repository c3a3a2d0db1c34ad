import type { Report } from "../report/report.ts";
import { isDisruptive } from "../views/phrases.ts";

/** GitHub takes 1 MB of outputs a job; they are measured in UTF-16, and other steps have outputs too. */
const poolsBudget = 200_000;

/** The outputs of `action.yml`, but for the comment's id. */
export function outputsOf(report: Report, path: string): Readonly<Record<string, string | number | boolean>> {
  return {
    verdict: report.verdict,
    "has-rollout": report.pools.some(({ effects }) => effects.some(isDisruptive)),
    counts: JSON.stringify(report.counts),
    pools: poolsOf(report),
    "report-path": path,
  };
}

/** As many pools as fit, those with effects first. */
function poolsOf({ pools }: Report): string {
  const rows = [...pools]
    .toSorted((a, b) => Number(a.effect === "none") - Number(b.effect === "none"))
    .map(({ system, namespace, cluster, application, pool, effect }) =>
      JSON.stringify({ system, namespace, cluster, application, pool, effect }),
    );
  let length = 2;
  const fitting = rows.filter((row) => (length += row.length + 1) <= poolsBudget);
  return `[${fitting.join(",")}]`;
}
