import { type ClusterPair, type PoolPair, takeInventory } from "../inventory/inventory.ts";
import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Manifest } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import type { Settings } from "../rules/functions.ts";
import { previousMinor } from "../rules/version.ts";
import { conclude } from "./conclude.ts";
import type { UndecidedApplications } from "./decided.ts";
import { judgePool, type PoolJudgement } from "./judge-pool.ts";
import { type Notice, noticesOf } from "./notices.ts";
import { type ObjectChanges, rawChanges } from "./raw-changes.ts";
import type { Circumstances } from "./scope.ts";

export interface ClusterJudgement {
  readonly cluster: ClusterPair;
  readonly pools: readonly PoolJudgement[];
  readonly notices: readonly Notice[];
}

/** What one system's rules say of a change. */
export interface Analysis {
  readonly table: CompiledTable;
  readonly clusters: readonly ClusterJudgement[];
  /** The changed objects that belong to these clusters. */
  readonly objects: readonly ObjectChanges[];
}

/** Judges every pool of every cluster that the change touches. */
export function analyzeSystem(
  table: CompiledTable,
  base: readonly Manifest[],
  head: readonly Manifest[],
  settings: Settings,
  undecided: UndecidedApplications = new Map(),
): Analysis {
  const compared = new Map<ObjectPair, ObjectChanges>();
  const changesOf = (pair: ObjectPair): ObjectChanges => {
    let changes = compared.get(pair);
    if (changes === undefined) compared.set(pair, (changes = rawChanges(pair)));
    return changes;
  };
  const isChanged = (pair: ObjectPair | undefined): boolean =>
    pair !== undefined && (pair.base === undefined || pair.head === undefined || changesOf(pair).changes.length > 0);

  const clusters: ClusterJudgement[] = [];
  const objects = new Set<ObjectPair>();
  for (const cluster of takeInventory(table, base, head)) {
    const pairs = new Set([
      ...(cluster.object === undefined ? [] : [cluster.object]),
      ...cluster.pools.flatMap(({ object, referenced }) => [object, ...[...referenced.values()].flat()]),
    ]);
    const changed = [...pairs].filter(isChanged);
    if (changed.length === 0) continue;
    for (const pair of changed) if (!undecided.has(pair.application ?? "")) objects.add(pair);
    const pools = cluster.pools.flatMap((pool) =>
      judgeAtEveryVersion({ table, settings, undecided }, cluster, pool, changesOf),
    );
    const judged = refuseTogether(table, settings, pools);
    clusters.push({
      cluster,
      pools: judged,
      notices: judged.flatMap(({ scopes, pool }) => noticesOf(table, scopes, pool)),
    });
  }
  return { table, clusters, objects: [...objects].map(changesOf) };
}

/**
 * Judges by the given versions, the newest where none was given; then says where a release that the answer hangs on,
 * and that nobody named, would decide otherwise.
 */
function judgeAtEveryVersion(
  { table, settings, undecided }: Required<Omit<Circumstances, "asked">>,
  cluster: ClusterPair,
  pool: PoolPair,
  changesOf: (pair: ObjectPair) => ObjectChanges,
): PoolJudgement[] {
  const asked = new Set<string>();
  const judgement = judgePool({ table, settings, undecided, asked }, cluster, pool, changesOf);
  if (judgement === undefined) return [];
  const remarks: string[] = [];
  for (const { name, differs } of table.targets)
    for (const boundary of settings.targets[name] === undefined && asked.has(name) ? (differs ?? []) : []) {
      const version = previousMinor(boundary);
      if (version === undefined) continue;
      const older = { ...settings, targets: { ...settings.targets, [name]: version } };
      const other = judgePool({ table, settings: older, undecided, asked: new Set() }, cluster, pool, changesOf);
      if (other !== undefined && other.effect !== judgement.effect)
        remarks.push(`with ${name} before ${boundary}: ${other.effect}`);
    }
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

/** A refused object takes all its pools with it: nothing of the change happens to any of them. */
function refuseTogether(table: CompiledTable, settings: Settings, pools: readonly PoolJudgement[]): PoolJudgement[] {
  if (table.pools.at === undefined) return [...pools];
  const refusals = new Map(
    pools
      .flatMap(({ findings }) => findings.filter(({ refusesObject }) => refusesObject === true))
      .map((finding) => [JSON.stringify([finding.rule, finding.change?.segments, finding.because]), finding]),
  );
  if (refusals.size === 0) return [...pools];
  const circumstances: Circumstances = { table, settings, asked: new Set() };
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
