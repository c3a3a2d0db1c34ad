import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import type { Json } from "../manifests/manifest.ts";
import { sameValues } from "../rules/canonical.ts";
import type { Circumstances } from "./circumstances.ts";
import { fingerprintOf, plainOf } from "./evaluation/fingerprint.ts";
import { notEvaluated } from "./evaluation/rule-finding.ts";
import { scopesOf } from "./judge-pool.ts";

/** One input of a pool's fingerprint, as each side's controller would see it. */
export interface ExplainedInput {
  readonly fingerprint: string;
  readonly rule: string;
  readonly base: Json | undefined;
  readonly head: Json | undefined;
  readonly equal: boolean;
  /** Why it cannot be known, if it cannot. */
  readonly unknown: string | undefined;
  readonly secret: boolean;
}

/** Every input of every fingerprint that applies to a pool. One that cannot be worked out is unknown, and the rest stands. */
export function explainPool(circumstances: Circumstances, cluster: ClusterPair, pool: PoolPair): ExplainedInput[] {
  const scopes = scopesOf(circumstances, cluster, pool);
  return circumstances.table.fingerprints.flatMap((fingerprint) =>
    fingerprint.inputs.flatMap((row): ExplainedInput[] => {
      const known = {
        fingerprint: fingerprint.id,
        rule: `${circumstances.table.system}/${row.id}`,
        secret: row.secret === true,
      };
      const inputOn = (side: "base" | "head") =>
        fingerprintOf(fingerprint, pool[side] === undefined ? undefined : scopes[side], scopes, [row])[0];
      try {
        const [before, after] = [inputOn("base"), inputOn("head")];
        if (before?.scope === undefined && after?.scope === undefined) return [];
        return [
          {
            ...known,
            base: plainOf(before),
            head: plainOf(after),
            equal: sameValues(before?.values ?? [], after?.values ?? []),
            unknown: after?.unknown?.reason ?? before?.unknown?.reason,
          },
        ];
      } catch (error) {
        return [{ ...known, base: undefined, head: undefined, equal: false, unknown: notEvaluated(error) }];
      }
    }),
  );
}
