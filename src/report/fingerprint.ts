import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { exactText } from "../manifests/exact-text.ts";
import type { SourceFile } from "../manifests/manifest.ts";
import { byCodeUnits } from "../manifests/text-order.ts";
import { isAffected } from "./affected.ts";
import type { PoolReport } from "./report.ts";

/** The fingerprint where no verdict is to be seen, as in most runs: they do not load what hashes. */
const ofNoVerdict = "4f53cda18c2baa0c";

/**
 * Identifies the verdict set: which pools have which effects, and what waits. Equal verdicts have equal fingerprints
 * whatever the files, lines and versions of this program; an acceptance is bound to it. 16 hexadecimal digits.
 */
export function verdictFingerprint(pools: readonly PoolReport[]): string {
  const verdicts = pools
    .filter(isAffected)
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
  return verdicts.length === 0 ? ofNoVerdict : short(sha256(utf8ToBytes(JSON.stringify(verdicts))));
}

const short = (digest: Uint8Array): string => bytesToHex(digest).slice(0, 16);

interface JudgedBy {
  readonly targets?: Readonly<Record<string, string>>;
  readonly landscape?: Readonly<Record<string, string | boolean>>;
  readonly rules?: readonly unknown[];
}

/** Identifies what a run compares and by what it judges, so that parts of different runs are never joined. */
export function runFingerprint(
  sides: readonly { readonly files: readonly SourceFile[] }[],
  { targets = {}, landscape = {}, rules = [] }: JudgedBy,
): string {
  const hash = sha256.create();
  const ordered = (record: object): unknown => Object.entries(record).toSorted(([a], [b]) => byCodeUnits(a, b));
  hash.update(utf8ToBytes(exactText([ordered(targets), ordered(landscape), rules])));
  for (const { files } of sides) {
    hash.update(utf8ToBytes(JSON.stringify(files.map(({ path, bytes }) => [path, bytes.length]))));
    for (const { bytes } of files) hash.update(bytes);
  }
  return short(hash.digest());
}
