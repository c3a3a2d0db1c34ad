import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import { fingerprintOf, plainOf, sameValues } from "./fingerprint.ts";
import { scopesOf } from "./judge-pool.ts";
import type { Circumstances } from "./circumstances.ts";
import type { Json } from "../manifests/manifest.ts";

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

/** Every input of every fingerprint that applies to a pool. */
export function explainPool(circumstances: Circumstances, cluster: ClusterPair, pool: PoolPair): ExplainedInput[] {
  const scopes = scopesOf(circumstances, cluster, pool);
  return circumstances.table.fingerprints.flatMap((fingerprint) => {
    const base = fingerprintOf(fingerprint, pool.base === undefined ? undefined : scopes.base, scopes);
    const head = fingerprintOf(fingerprint, pool.head === undefined ? undefined : scopes.head, scopes);
    return fingerprint.inputs.flatMap((row): ExplainedInput[] => {
      const before = base.find((input) => input.row === row);
      const after = head.find((input) => input.row === row);
      if (before?.scope === undefined && after?.scope === undefined) return [];
      return [
        {
          fingerprint: fingerprint.id,
          rule: `${circumstances.table.system}/${row.id}`,
          base: plainOf(before),
          head: plainOf(after),
          equal: sameValues(before?.values ?? [], after?.values ?? []),
          unknown: after?.unknown?.reason ?? before?.unknown?.reason,
          secret: row.secret === true,
        },
      ];
    });
  });
}
