import type { Circumstances } from "./circumstances.ts";
import { conclude } from "./conclude.ts";
import type { PoolFinding } from "./finding.ts";
import type { PoolJudgement } from "./judge-pool.ts";

/** A refused object takes all its pools with it: nothing of the change happens to any of them. */
export function refuseTogether(circumstances: Circumstances, pools: readonly PoolJudgement[]): PoolJudgement[] {
  if (circumstances.table.pools.at === undefined) return [...pools];
  const refusals = new Map<string, PoolFinding>();
  // What was asked once for all pools is one finding in all of them: a thousand pools may share a thousand.
  const seen = new Set<PoolFinding>();
  for (const { findings } of pools)
    for (const finding of findings) {
      if (finding.refusesObject !== true || seen.has(finding)) continue;
      seen.add(finding);
      refusals.set(JSON.stringify([finding.rule, finding.change?.segments, finding.because]), finding);
    }
  if (refusals.size === 0) return [...pools];
  return pools.map((judgement) => {
    const self = judgement.scopes.head ?? judgement.scopes.base;
    if (self === undefined) return judgement;
    const findings = [
      ...refusals.values(),
      ...judgement.findings.filter(({ refusesObject }) => refusesObject !== true),
    ];
    return { ...judgement, ...conclude({ scopes: judgement.scopes, self }, circumstances, findings) };
  });
}
