import { type ObjectPair, titleOf } from "../inventory/object-pair.ts";
import type { Circumstances } from "./circumstances.ts";
import { conclude } from "./conclude.ts";
import { type Deployment, forcingOf } from "./deployment.ts";
import type { PoolFinding } from "./finding.ts";
import type { PoolJudgement } from "./judge-pool.ts";
import { markOn, textOf } from "./marks.ts";
import { holds } from "./scope/condition.ts";

/**
 * What refusals lead to where a tool is told to force changes: it deletes the object and creates it again, and the pools go with
 * it.
 */
export function forceApplied(circumstances: Circumstances, pools: readonly PoolJudgement[]): PoolJudgement[] {
  return pools.map((judgement) => {
    const { pool, scopes, findings } = judgement;
    const self = scopes.head ?? scopes.base;
    if (judgement.effect !== "rejected" || self === undefined) return judgement;
    if (!holds(circumstances.table.lifecycle.deletedWhen, scopes, self)) return judgement;
    const objectOf = ({ change }: PoolFinding): ObjectPair => change?.object ?? pool.object;
    const refused = findings.filter(({ effect }) => effect === "rejected").map(objectOf);
    const forced = new Map(refused.map((object) => [object, forceOf(object, circumstances.deployment)]));
    if ([...forced.values()].every((force) => force === undefined)) return judgement;
    const left = findings.flatMap((finding) => {
      const object = objectOf(finding);
      const force = forced.get(object);
      if (force === undefined) return [finding];
      return finding.effect === "rejected" ? [recreated(finding, object, force, pool.base !== undefined)] : [];
    });
    return { ...judgement, ...conclude({ scopes, self }, circumstances, left) };
  });
}

/** What forces the changes of an object, in words, and where upstream says so. */
interface Force {
  readonly tool: string;
  readonly because: string;
  readonly source: string;
}

function forceOf(object: ObjectPair, deployment: Deployment): Force | undefined {
  if (object.base === undefined || object.head === undefined) return undefined;
  const own = markOn(object, "forced");
  if (own !== undefined) return { tool: own.mark.tool, because: `it says ${textOf(own)}`, source: own.mark.source };
  const folder = forcingOf(deployment, object);
  return folder === undefined
    ? undefined
    : {
        tool: "Flux",
        because: `${folder.by} says force: true`,
        source: "fluxcd/kustomize-controller@186fb3b291 internal/controller/kustomization_controller.go apply",
      };
}

const recreated = (finding: PoolFinding, object: ObjectPair, force: Force, isThere: boolean): PoolFinding => ({
  ...finding,
  effect: isThere ? "delete" : "create",
  because: `${finding.because}. The API server refuses that; ${force.tool} then deletes the ${titleOf(object)} and creates it again, since ${force.because}`,
  source: [finding.source, force.source].filter((one) => one !== undefined).join("; "),
});
