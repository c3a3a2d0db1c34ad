import type { ClusterPair, PoolPair } from "../inventory/inventory.ts";
import type { CompiledTable } from "../rules/compile.ts";
import type { Settings } from "../rules/functions.ts";
import { compareVersions, previousMinor } from "../rules/version.ts";
import type { Circumstances } from "./circumstances.ts";
import { dependsOn, judgePool, type PoolJudgement } from "./judge-pool.ts";

/** The settings as they are, and for each target that nobody named the releases with which answers change. */
export interface Versions {
  readonly given: Settings;
  readonly older: readonly { readonly target: string; readonly boundary: string; readonly settings: Settings }[];
}

/** The settings with which pools are judged: those given, and each of them before a boundary that the table names. */
export function versionsOf(table: CompiledTable, settings: Settings): Versions {
  const older = table.targets.flatMap(({ name, differs }) =>
    settings.targets[name] === undefined
      ? (differs ?? []).flatMap((boundary) => {
          const version = previousMinor(boundary);
          if (version === undefined) return [];
          return [
            { target: name, boundary, settings: { ...settings, targets: { ...settings.targets, [name]: version } } },
          ];
        })
      : [],
  );
  return { given: settings, older };
}

/**
 * Judges by the given versions, or the newest where none is given, and adds where an older release of an unnamed
 * target would decide otherwise.
 */
export function judgeAtEveryVersion(
  under: (version: Settings) => Circumstances,
  { given, older }: Versions,
  cluster: ClusterPair,
  pool: PoolPair,
): PoolJudgement[] {
  const circumstances = under(given);
  const judgement = judgePool(circumstances, cluster, pool);
  if (judgement === undefined) return [];
  const remarks = older.flatMap(({ target, boundary, settings }) => {
    const assumed = circumstances.assumed.get(target)?.version;
    if (assumed !== undefined && (compareVersions(boundary, assumed) ?? 0) > 0) return [];
    if (!circumstances.targets.has(target) || !dependsOn(judgement, target)) return [];
    const other = judgePool(under(settings), cluster, pool, { of: judgement, target });
    return other === undefined || other.effect === judgement.effect
      ? []
      : [`with ${target} before ${boundary}: ${other.effect}`];
  });
  return [remarks.length === 0 ? judgement : withRemark(judgement, remarks.join("; "))];
}

function withRemark(judgement: PoolJudgement, remark: string): PoolJudgement {
  const [first, ...rest] = judgement.findings;
  if (first === undefined) return judgement;
  return {
    ...judgement,
    findings: [{ ...first, because: `${first.because} (${remark}; --target says which runs)` }, ...rest],
  };
}
