import { rank } from "../analysis/finding.ts";
import { groupBy } from "../manifests/group-by.ts";
import { isAffected } from "../report/affected.ts";
import type { Cause, DiagnosticReport, PoolReport, Report } from "../report/report.ts";
import type { Effect } from "../rules/words.ts";
import { clusterName } from "./phrases.ts";

/** The place of a change, and the pools that it reaches from there. */
export interface Place {
  readonly object: string;
  readonly path: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly pools: readonly PoolReport[];
}

/** One reason, said once, however many pools and places it has. */
export interface CauseGroup {
  readonly rule: string;
  readonly effect: Effect;
  readonly because: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly source: string | null;
  readonly instead: string | undefined;
  readonly places: readonly Place[];
  readonly pools: readonly PoolReport[];
}

export const byStrength = (one: Effect, other: Effect): number => rank(one) - rank(other);

interface Draft {
  readonly cause: Cause;
  readonly places: Map<string, { cause: Cause; pools: PoolReport[] }>;
  readonly pools: Set<PoolReport>;
}

/** What leads to the effects of a pool. */
export const happening = (pool: PoolReport): readonly Cause[] => {
  const isPrevented = preventionOf(pool);
  return pool.causes.filter((cause) => !isPrevented(cause));
};

/** What a refused change would do beside, if it were taken. */
export const prevented = (pool: PoolReport): readonly Cause[] => pool.causes.filter(preventionOf(pool));

/** The other objects of a change are applied, though one of them is refused. */
function preventionOf({ effect, effects, pending, causes }: PoolReport): (cause: Cause) => boolean {
  if (effect !== "rejected") return () => false;
  const refused = new Set(causes.flatMap((cause) => (cause.effect === "rejected" ? cause.object : [])));
  const happens = new Set(["rejected", ...effects, pending?.effect]);
  return (cause) => cause.effect !== "rejected" && (refused.has(cause.object) || !happens.has(cause.effect));
}

/** What was looked at and touches no node. */
export const looked = ({ checked }: PoolReport): readonly Cause[] => checked;

/** Equal reasons of many pools drawn together, strongest effect first, then the reason with most pools. */
export function groupCauses(
  pools: readonly PoolReport[],
  causesOf: (pool: PoolReport) => readonly Cause[],
): CauseGroup[] {
  const drafts = new Map<string, Draft>();
  for (const pool of pools) {
    for (const cause of causesOf(pool)) {
      const key = JSON.stringify([cause.effect, cause.rule, cause.because, cause.before, cause.after]);
      let draft = drafts.get(key);
      if (draft === undefined) drafts.set(key, (draft = { cause, places: new Map(), pools: new Set() }));
      draft.pools.add(pool);
      const where = JSON.stringify([cause.object, cause.path, cause.file, cause.line]);
      const place = draft.places.get(where);
      if (place === undefined) draft.places.set(where, { cause, pools: [pool] });
      else if (place.pools.at(-1) !== pool) place.pools.push(pool);
    }
  }
  return Array.from(drafts.values(), finish).toSorted(
    (one, other) => byStrength(one.effect, other.effect) || other.pools.length - one.pools.length,
  );
}

function finish({ cause, places, pools }: Draft): CauseGroup {
  return {
    rule: cause.rule,
    effect: cause.effect,
    because: cause.because,
    before: cause.before,
    after: cause.after,
    source: cause.source,
    instead: cause.instead,
    pools: [...pools],
    places: Array.from(places.values(), (place) => ({
      object: place.cause.object,
      path: place.cause.path,
      file: place.cause.file,
      line: place.cause.line,
      pools: place.pools,
    })),
  };
}

/** Pools that something happens to, now or later, worst first; the rest keeps the report's order. */
export function affected(report: Report): PoolReport[] {
  const later = ({ pending }: PoolReport): Effect => pending?.effect ?? "none";
  return report.pools
    .filter(isAffected)
    .toSorted((one, other) => byStrength(one.effect, other.effect) || byStrength(later(one), later(other)));
}

export const untouched = (report: Report): PoolReport[] => report.pools.filter((pool) => !isAffected(pool));

/** What is to be said of the input or of a trap in it, once, however many places it is about. */
export interface Remark {
  readonly severity: DiagnosticReport["severity"];
  readonly message: string;
  readonly places: readonly Pick<DiagnosticReport, "file" | "line">[];
}

/** Why an answer is incomplete, to be said beside that word: errors, or else warnings. All other remarks can wait. */
export function remarksOf(report: Report): { readonly first: readonly Remark[]; readonly last: readonly Remark[] } {
  const { complete, diagnostics } = report;
  if (complete) return { first: [], last: groupRemarks(diagnostics) };
  const isError = diagnostics.some(({ severity }) => severity === "error");
  const isFirst = ({ severity }: DiagnosticReport): boolean => severity === (isError ? "error" : "warning");
  return {
    first: groupRemarks(diagnostics.filter(isFirst)),
    last: groupRemarks(diagnostics.filter((one) => !isFirst(one))),
  };
}

const groupRemarks = (diagnostics: readonly DiagnosticReport[]): Remark[] =>
  Array.from(groupBy(diagnostics, ({ severity, message }) => JSON.stringify([severity, message])).values(), (same) => ({
    ...same[0],
    places: same.filter(({ file }) => file !== null),
  }));

/** Pools by cluster, in order. */
export const byCluster = (pools: readonly PoolReport[]): Map<string, PoolReport[]> => groupBy(pools, clusterName);

/** The names of pools by cluster: `prod/x: a, b`. */
export function poolNames(pools: readonly PoolReport[]): string[] {
  return Array.from(byCluster(pools), ([cluster, list]) => `${cluster}: ${list.map((pool) => pool.pool).join(", ")}`);
}
