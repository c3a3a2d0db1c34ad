import type { PoolFinding } from "../analysis/finding.ts";
import type { PoolJudgement } from "../analysis/judge-pool.ts";
import { titleOf } from "../inventory/object-pair.ts";
import { byCodeUnits } from "../manifests/text-order.ts";
import type { CompiledTable } from "../rules/compile.ts";
import { covers, toPointer } from "../rules/path.ts";
import { causeOf } from "./cause.ts";
import type { Cause } from "./report.ts";

/** How many are shown; the last says that there are more. There may be thousands, the same for each pool of an object. */
export const mostChecked = 50;

/**
 * What was looked at and does nothing, each place once; places that a cause already names are left out. Of two rules that
 * say so of one place the one that is closest to it speaks: it knows why.
 */
export function checkedOf(table: CompiledTable, judgement: PoolJudgement, causes: readonly Cause[]): Cause[] {
  const caused = new Set(causes.map(({ object, path }) => JSON.stringify([object, path])));
  const acting = new Set(
    judgement.findings.flatMap(({ effect, change }) => (effect === "none" ? [] : (change?.addresses ?? []))),
  );
  const byPlace = new Map<string, PoolFinding>();
  let isCut = false;
  for (const finding of judgement.findings) {
    if (finding.effect !== "none") continue;
    const { object = judgement.pool.object, segments = [], addresses = [] } = finding.change ?? {};
    // A cause may be called by the place around it.
    if (addresses.some((address) => acting.has(address))) continue;
    const key = JSON.stringify([titleOf(object), toPointer(segments)]);
    if (caused.has(key)) continue;
    const other = byPlace.get(key);
    isCut = other === undefined && byPlace.size === mostChecked;
    if (isCut) break;
    if (other === undefined || closeness(table, finding) > closeness(table, other)) byPlace.set(key, finding);
  }
  const shown = [...byPlace]
    .toSorted(([a], [b]) => byCodeUnits(a, b))
    .map(([, finding]) => causeOf(judgement, finding));
  const last = shown.at(-1);
  if (!isCut || last === undefined) return shown;
  return [...shown.slice(0, -1), { ...last, because: `${last.because} (more places were looked at than are shown)` }];
}

/** How deep the place stands for which a rule answers where it found its change; then whether it never does more. */
function closeness(table: CompiledTable, { rule: name, change }: PoolFinding): number {
  const rule = table.rules.find((one) => one.name === name);
  const depths = (rule?.places().claims ?? [])
    .filter(({ root, segments }) =>
      change?.addresses.some((address) => address.root === root && covers(segments, address.segments)),
    )
    .map(({ segments }) => segments.length);
  const isInert = rule?.type === "field" && rule.row.effect === "none";
  return Math.max(0, ...depths) + (isInert ? 0.5 : 0);
}
