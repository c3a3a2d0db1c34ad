import { strongest } from "../analysis/finding.ts";
import { exactText } from "../manifests/exact-text.ts";
import { groupBy } from "../manifests/group-by.ts";
import { byCodeUnits } from "../manifests/text-order.ts";
import { type Effect, effects } from "../rules/words.ts";
import { verdictFingerprint } from "./fingerprint.ts";
import type { DiagnosticReport, ObjectReport, PoolReport, Report } from "./report.ts";

/** What a report is of: the same for every part of one run. */
export type RunFacts = Pick<Report, "formatVersion" | "tool" | "rules" | "base" | "head" | "shard" | "renderers">;

/** What was found, in any order; what several parts found may be said several times. */
interface Found {
  readonly complete: boolean;
  readonly pools: readonly PoolReport[];
  readonly objects: readonly ObjectReport[];
  readonly diagnostics: readonly DiagnosticReport[];
  /** Whether there may be pools that are not among these, because nothing could be said of them. */
  readonly unjudged: boolean;
}

type SideGiven = { readonly label: string; readonly revision?: string | undefined };

export const runFacts = (
  version: string,
  base: SideGiven,
  head: SideGiven,
  rules: RunFacts["rules"] = [],
): RunFacts => ({
  formatVersion: "1.0",
  tool: { name: "will-it-roll", version },
  rules,
  base: { label: base.label, revision: base.revision ?? null },
  head: { label: head.label, revision: head.revision ?? null },
});

/** Versions in the order of their names, whichever pools were judged first. */
export const byName = (versions: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(versions.toSorted(([one], [other]) => byCodeUnits(one, other)));

/** The report of a change that holds nothing any rule speaks of; not in `build.ts`, which brings the code of the rules. */
export const emptyReport = (version: string, base: SideGiven, head: SideGiven): Report =>
  assemble(runFacts(version, base, head), {
    complete: true,
    pools: [],
    objects: [],
    diagnostics: [],
    unjudged: false,
  });

const severities = ["error", "warning", "notice"];

/** The report of what was found: each thing once, sorted, so that equal findings give equal bytes. */
export function assemble({ renderers, ...run }: RunFacts, found: Found): Report {
  const pools = sorted(found.pools, (pool) => [
    pool.system,
    pool.namespace,
    pool.cluster,
    pool.pool,
    pool.application ?? "",
  ]);
  return {
    ...run,
    verdict: strongest([...pools.map(({ effect }) => effect), ...(found.unjudged ? (["unknown"] as const) : [])]),
    complete: found.complete,
    ...(found.unjudged ? { unjudged: true } : {}),
    counts: countsOf(pools),
    fingerprint: verdictFingerprint(pools),
    pools,
    objects: eachOnce(sorted(found.objects, ({ object, file }) => [object, file])),
    diagnostics: sorted(unique(found.diagnostics), ({ severity, file, line, code, message }) => [
      severities.indexOf(severity),
      file,
      String(line ?? 0).padStart(9, "0"),
      code,
      message,
    ]),
    ...(renderers === undefined || renderers.length === 0 ? {} : { renderers }),
  };
}

/** Sorted by the text of a key, which is made once for each. */
function sorted<T>(values: readonly T[], key: (value: T) => readonly unknown[]): T[] {
  return values
    .map((value) => ({ value, text: JSON.stringify(key(value)) }))
    .toSorted((a, b) => byCodeUnits(a.text, b.text))
    .map(({ value }) => value);
}

const unique = <T>(values: readonly T[]): T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];

/** An object that clusters of several systems or parts share is said once. Only those of one name and file are compared. */
function eachOnce(objects: readonly ObjectReport[]): ObjectReport[] {
  const byPlace = groupBy(objects, ({ object, file }) => JSON.stringify([object, file]));
  return [...byPlace.values()].flatMap((same) =>
    same.length === 1
      ? same
      : [...new Map(same.map((object) => [exactText(object), object]))]
          .toSorted(([a], [b]) => byCodeUnits(a, b))
          .map(([, object]) => object),
  );
}

function countsOf(pools: readonly PoolReport[]): Report["counts"] {
  const counts: Partial<Record<Effect, number>> = {};
  for (const effect of effects) {
    const count = pools.filter((pool) => pool.effect === effect).length;
    if (count > 0) counts[effect] = count;
  }
  return counts;
}
