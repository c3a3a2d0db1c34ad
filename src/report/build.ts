import type { Analysis, ClusterJudgement } from "../analysis/analyze.ts";
import type { ObjectChanges } from "../analysis/changes/raw-changes.ts";
import type { Undecided } from "../analysis/deployment.ts";
import type { Notice } from "../analysis/notices.ts";
import { type ObjectPair, titleOf } from "../inventory/object-pair.ts";
import { isObject } from "../manifests/json-object.ts";
import type { Diagnostic, Json } from "../manifests/manifest.ts";
import { byCodeUnits } from "../manifests/text-order.ts";
import type { Settings } from "../rules/functions.ts";
import { fromPointer, readSegments } from "../rules/path.ts";
import { compareVersions, minorOf } from "../rules/version.ts";
import { assemble, byName, type RunFacts, runFacts } from "./assemble.ts";
import { causesOf } from "./cause.ts";
import { checkedOf } from "./checked.ts";
import { hidden } from "./hidden.ts";
import { nodesOf } from "./nodes.ts";
import { renamesIn } from "./renames.ts";
import type { DiagnosticReport, ObjectReport, PoolReport, Report } from "./report.ts";
import { isSecretByNeighbours, withoutSecrets } from "./secrecy.ts";
import { withoutSecretParts, withoutSecretsInSentence } from "./secret-texts.ts";

interface ReportInput {
  readonly version: string;
  readonly base: { readonly label: string; readonly revision?: string | undefined };
  readonly head: { readonly label: string; readonly revision?: string | undefined };
  readonly analyses: readonly Analysis[];
  readonly settings: Settings;
  readonly diagnostics: readonly Diagnostic[];
  readonly renderers?: readonly { readonly name: string; readonly version: string }[];
  readonly undecided?: readonly Undecided[];
  /** Which part of the clusters was judged, when not all were. */
  readonly shard?: Report["shard"];
}

/** The report of a run. */
export function buildReport(input: ReportInput): Report {
  const { analyses, base, head, settings } = input;
  // Cluster by cluster, because a document is looked through for all that is placed in it at once.
  const told = analyses.flatMap(({ clusters }) =>
    clusters.map((cluster) => ({ pools: poolsOf(cluster), noticed: cluster.notices.map(noticeOf) })),
  );
  const pools = told.flatMap((cluster) => cluster.pools);
  const rules = analyses.map(({ table, targets }) => ({
    system: table.system,
    upstream: table.upstream.map(({ repository, commit, version }) => ({
      repository,
      commit,
      version: version ?? null,
    })),
    targets: judgedVersions(table.targets, targets, settings),
  }));
  const run: RunFacts = {
    ...runFacts(input.version, base, head, rules),
    ...(input.shard === undefined ? {} : { shard: input.shard }),
    ...(input.renderers === undefined ? {} : { renderers: input.renderers.map((one) => ({ ...one })) }),
  };
  return assemble(run, {
    complete: (input.undecided ?? []).length === 0 && !input.diagnostics.some(({ incomplete }) => incomplete === true),
    pools,
    objects: analyses.flatMap((analysis) => analysis.objects.map(objectOf)),
    diagnostics: [
      ...input.diagnostics.map(diagnosticOf),
      ...analyses.flatMap(({ table }) => strangeTargets(table, settings)),
      ...told.flatMap(({ noticed }) => noticed),
    ],
    unjudged: mayHidePools(input, pools),
  });
}

/** The versions of what concerns the pools, and those that somebody named. */
const judgedVersions = (
  known: Analysis["table"]["targets"],
  concerning: ReadonlyMap<string, string>,
  settings: Settings,
): Record<string, string> => {
  const versions = known.map(
    ({ name, newest }) => [name, settings.targets[name] ?? concerning.get(name) ?? newest] as const,
  );
  return byName(versions.filter(([name]) => settings.targets[name] !== undefined || concerning.has(name)));
};

/** Targets beyond the releases that the rules describe: judged by the nearest that they know. */
const strangeTargets = ({ targets }: Analysis["table"], settings: Settings): DiagnosticReport[] =>
  targets.flatMap(({ name, oldest, newest }) => {
    const given = settings.targets[name];
    if (given === undefined) return [];
    const isNewer = (compareVersions(minorOf(given) ?? given, newest) ?? 0) > 0;
    const isOlder = oldest !== undefined && (compareVersions(given, oldest) ?? 0) < 0;
    if (!isNewer && !isOlder) return [];
    const message = isNewer
      ? `${name} ${given} is newer than ${newest}, the newest that the rules know: what has changed since then is not known`
      : `${name} ${given} is older than ${oldest}, the oldest that the rules describe: what was different before then is not known`;
    return [{ severity: "notice", code: "strange-target", message, file: null, line: null }];
  });

/** What could not be rendered may have pools that nothing names. */
function mayHidePools({ undecided = [], diagnostics, analyses }: ReportInput, pools: readonly PoolReport[]): boolean {
  const hasPools = (application: string): boolean =>
    pools.some((pool) => pool.application === application) ||
    analyses.some(({ undecidedElsewhere }) => undecidedElsewhere.has(application));
  const isHidden = diagnostics.some(({ hidesPools }) => hidesPools === true);
  return isHidden || undecided.some(({ application }) => !hasPools(application));
}

const diagnosticOf = ({ severity, code, message, file, line }: Diagnostic): DiagnosticReport => ({
  severity,
  code,
  message: withoutSecretParts(message),
  file: file ?? null,
  line: line ?? null,
});

function noticeOf({ rule, severity, message, locate }: Notice): DiagnosticReport {
  const position = locate();
  return {
    severity,
    code: rule,
    message: withoutSecretsInSentence(message),
    file: position?.file ?? null,
    line: position?.line ?? null,
  };
}

function poolsOf(judged: ClusterJudgement): PoolReport[] {
  const { cluster, pools } = judged;
  const renames = renamesIn(judged);
  const ofCluster = labelsOf([cluster.object]);
  return pools.map((judgement): PoolReport => {
    const { pool, effect, effects: all, pending, scopes } = judgement;
    // Where all is refused, the nodes stay as they are: the refused numbers may make no sense at all.
    const isKept = effect === "rejected" && all.length === 1 && pool.base !== undefined;
    const scope = pool.head === undefined || isKept ? scopes.base : scopes.head;
    const causes = causesOf(judgement);
    const renamedTo = renames.to.get(pool.name);
    const renamedFrom = renames.from.get(pool.name);
    return {
      system: cluster.table.system,
      kind: pool.object.kind,
      namespace: cluster.namespace ?? "",
      cluster: cluster.name,
      pool: pool.name,
      effect,
      effects: [...all],
      pending: pending === undefined ? null : { ...pending, reason: withoutSecretsInSentence(pending.reason) },
      nodes:
        scope === undefined
          ? { minimum: null, maximum: null, surge: null, unavailable: null, strategy: null }
          : nodesOf(scope),
      ...(renamedFrom === undefined ? {} : { renamedFrom }),
      ...(renamedTo === undefined ? {} : { renamedTo }),
      ...(pool.object.application === undefined ? {} : { application: pool.object.application }),
      ...(pool.object === cluster.object ? ofCluster : labelsOf([cluster.object, pool.object])),
      causes,
      checked: checkedOf(cluster.table, judgement, causes),
    };
  });
}

/**
 * The labels that gates ask for: of the cluster and of the pool's own object, with the values of both sides, because a change
 * must not take a pool out of its gate. The first value of each is that of the head.
 */
function labelsOf(objects: readonly (ObjectPair | undefined)[]): Pick<PoolReport, "labels" | "otherLabels"> {
  const sides = [...objects.map((pair) => pair?.head), ...objects.map((pair) => pair?.base)];
  const found = new Map<string, Set<string>>();
  for (const side of sides) {
    const labels = readSegments(side?.value, ["metadata", "labels"]);
    for (const [key, label] of isObject(labels) ? Object.entries(labels) : []) {
      const shown = withoutSecrets("", ["metadata", "labels", key], label);
      if (typeof shown !== "string") continue;
      const values = found.get(key);
      if (values === undefined) found.set(key, new Set([shown]));
      else values.add(shown);
    }
  }
  const all = Array.from(found, ([key, values]) => [key, [...values]] as const).toSorted(([a], [b]) =>
    byCodeUnits(a, b),
  );
  const several = all.filter(([, values]) => values.length > 1);
  return {
    ...(all.length === 0 ? {} : { labels: Object.fromEntries(all.map(([key, [first]]) => [key, first!])) }),
    ...(several.length === 0
      ? {}
      : { otherLabels: Object.fromEntries(several.map(([key, [, ...others]]) => [key, others])) }),
  };
}

const shownAt = (pair: ObjectPair, segments: readonly string[], value: Json): Json =>
  value !== null && isSecretByNeighbours(pair, segments, [value]) ? hidden : withoutSecrets(pair.kind, segments, value);

function objectOf({ pair, patch }: ObjectChanges): ObjectReport {
  const change = pair.base === undefined ? "added" : pair.head === undefined ? "removed" : "modified";
  return {
    object: titleOf(pair),
    change,
    file: (pair.head ?? pair.base)?.position.file ?? null,
    patch: patch.map((operation) =>
      "value" in operation
        ? { ...operation, value: shownAt(pair, fromPointer(operation.path), operation.value as Json) }
        : { ...operation },
    ),
  };
}
