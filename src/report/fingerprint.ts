import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { PoolReport } from "./report.ts";

/**
 * Identifies the verdict set: which pools have which effects, and what waits. Equal verdicts have equal fingerprints
 * whatever the files, lines and versions of this program; an acceptance is bound to it. 16 hexadecimal digits.
 */
export function verdictFingerprint(pools: readonly PoolReport[]): string {
  const verdicts = pools
    .filter(({ effect, pending }) => effect !== "none" || pending !== null)
    .map(({ system, kind, namespace, cluster, pool, application, effects, pending }) =>
      JSON.stringify([
        system,
        kind,
        namespace,
        cluster,
        pool,
        application ?? null,
        effects,
        pending?.effect ?? null,
        pending?.until ?? null,
      ]),
    )
    .toSorted();
  return bytesToHex(sha256(utf8ToBytes(JSON.stringify(verdicts)))).slice(0, 16);
}
