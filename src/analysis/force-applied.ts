import { type ObjectPair, titleOf } from "../inventory/object-pair.ts";
import type { Circumstances } from "./circumstances.ts";
import { conclude } from "./conclude.ts";
import type { PoolFinding } from "./finding.ts";
import type { PoolJudgement } from "./judge-pool.ts";
import { type Carried, markOn, textOf } from "./marks.ts";
import { holds } from "./scope/condition.ts";

/**
 * What refusals lead to where the object tells its tool to force changes: the tool deletes the object and creates it again, and
 * the pools go with it.
 */
export function forceApplied(circumstances: Circumstances, pools: readonly PoolJudgement[]): PoolJudgement[] {
  return pools.map((judgement) => {
    const { pool, scopes, findings } = judgement;
    const self = scopes.head ?? scopes.base;
    if (judgement.effect !== "rejected" || self === undefined) return judgement;
    if (!holds(circumstances.table.lifecycle.deletedWhen, scopes, self)) return judgement;
    const objectOf = ({ change }: PoolFinding): ObjectPair => change?.object ?? pool.object;
    const refused = findings.filter(({ effect }) => effect === "rejected").map(objectOf);
    const forced = new Map(refused.map((object) => [object, forceOf(object)]));
    if ([...forced.values()].every((mark) => mark === undefined)) return judgement;
    const left = findings.flatMap((finding) => {
      const object = objectOf(finding);
      const mark = forced.get(object);
      if (mark === undefined) return [finding];
      return finding.effect === "rejected" ? [recreated(finding, object, mark, pool.base !== undefined)] : [];
    });
    return { ...judgement, ...conclude({ scopes, self }, circumstances, left) };
  });
}

const forceOf = (object: ObjectPair): Carried | undefined =>
  object.base === undefined || object.head === undefined ? undefined : markOn(object, "forced");

const recreated = (finding: PoolFinding, object: ObjectPair, mark: Carried, isThere: boolean): PoolFinding => ({
  ...finding,
  effect: isThere ? "delete" : "create",
  because: `${finding.because}. The API server refuses that; ${mark.mark.tool} then deletes the ${titleOf(object)} and creates it again, since it says ${textOf(mark)}`,
  source: [finding.source, mark.mark.source].filter((one) => one !== undefined).join("; "),
});
