import { type Analysis, analyzeSystem } from "./analysis/analyze.ts";
import type { FluxFolder, Pruner, Undecided } from "./analysis/deployment.ts";
import type { Shard } from "./analysis/shard.ts";
import { unreadOf } from "./analysis/unread.ts";
import { alignApplications } from "./inventory/align-applications.ts";
import { alignNamespaces } from "./inventory/align-namespaces.ts";
import { contextOf } from "./inventory/context.ts";
import { separateEnvironments } from "./inventory/environments.ts";
import { rowOf } from "./inventory/object-pair.ts";
import { settleDeliveries } from "./inventory/settle-deliveries.ts";
import type { Diagnostic, Manifest, SourceFile } from "./manifests/manifest.ts";
import { type ReadStatistics, readSides } from "./manifests/read-sides.ts";
import { settleReferences, type Texts } from "./manifests/unread-references.ts";
import { buildReport } from "./report/build.ts";
import { runFingerprint } from "./report/fingerprint.ts";
import type { Report } from "./report/report.ts";
import type { CompiledTable } from "./rules/compile.ts";
import type { Settings } from "./rules/functions.ts";
import { interestOf } from "./rules/interest.ts";
import type { NamedPart, Outline } from "./rules/merge.ts";
import { version } from "./version.ts";

/** One side of a change: what it is called, and the files that were read. */
export interface Side {
  readonly label: string;
  /** The commit, where there is one. */
  readonly revision?: string | undefined;
  readonly files: readonly SourceFile[];
  /** Applications that are there also when none of the files is theirs. */
  readonly applications?: readonly string[];
  /** What went wrong while the files were read. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Set where the rest of the tree is known, too: without it, whatever could not be read may be used by something. */
  readonly texts?: Texts | undefined;
}

export interface AnalyzeOptions {
  /** Versions of what runs there: `{ gardener: "1.149" }`; else the newest that the tables know. */
  readonly targets?: Readonly<Record<string, string>>;
  /** Options of the landscape that git cannot show: `{ "gardener.in-place-node-updates": "true" }`. */
  readonly landscape?: Readonly<Record<string, string | boolean>>;
  /** More rules, or changes to those of the program. */
  readonly rules?: readonly NamedPart[];
  /** How the files of the two sides came about, when they were rendered. */
  readonly rendering?: Rendering;
  /** Judge only this part of the clusters; `mergeShards` joins the reports of all parts. */
  readonly shard?: Shard;
  /**
   * When the change is judged, so that what is paused until a date goes on from then; else the day on which the upstream code
   * was read that the tables describe.
   */
  readonly now?: Date;
  /** Called with how much was read. */
  readonly onStatistics?: (statistics: ReadStatistics) => void;
}

/** What rendering leaves beside the rendered files. */
export interface Rendering {
  readonly renderers: readonly { readonly name: string; readonly version: string }[];
  /** Applications that could not be rendered on both sides: their pools are `unknown`. */
  readonly undecided: readonly Undecided[];
  /** What deploys applications from which something is removed. */
  readonly pruners?: readonly Pruner[];
  /** Applications that are charts. */
  readonly charts?: readonly string[];
  /** The folders that Flux deploys, where it forces changes in any of them. */
  readonly fluxFolders?: readonly FluxFolder[];
}

/** Both sides of a change as they were read, and the systems whose objects are among them. */
interface ReadChange {
  readonly base: Side;
  readonly head: Side;
  readonly manifests: { readonly base: readonly Manifest[]; readonly head: readonly Manifest[] };
  /** What went wrong while each side was read. */
  readonly problems: { readonly base: readonly Diagnostic[]; readonly head: readonly Diagnostic[] };
  readonly statistics: ReadStatistics;
  /** The names of the systems whose tables `judgeChange` wants. */
  readonly systems: readonly string[];
}

/** Reads the manifests of both sides that any of the systems knows. Bad input becomes a diagnostic. */
export function readChange(base: Side, head: Side, outlines: readonly Outline[]): ReadChange {
  const interest = interestOf(outlines);
  const read = readSides(base.files, head.files, interest, contextOf(outlines));
  const parted = separateEnvironments({ base: read.base.manifests, head: read.head.manifests }, interest);
  const moved = alignApplications(parted.base, parted.head, {
    base: applicationsOf(base),
    head: applicationsOf(head),
  });
  const aligned = alignNamespaces(moved, parted.head);
  const { diagnostics: ofDeliveries, ...manifests } = settleDeliveries(aligned, parted.head);
  const all = [...manifests.base, ...manifests.head];
  const settled = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
    settleReferences(diagnostics, interest.judged, [base.texts, head.texts]);
  const turnedUp = outlines.filter((outline) => all.some((manifest) => rowOf(outline, manifest) !== undefined));
  return {
    base,
    head,
    manifests,
    problems: {
      base: [...(base.diagnostics ?? []), ...settled(read.base.diagnostics), ...parted.diagnostics.base],
      head: [
        ...(head.diagnostics ?? []),
        ...settled(read.head.diagnostics),
        ...parted.diagnostics.head,
        ...ofDeliveries,
      ],
    },
    statistics: read.statistics,
    systems: turnedUp.map(({ system }) => system),
  };
}

/** Judges a change by the tables of its systems, and makes the report. */
export function judgeChange(
  { base, head, manifests, problems }: ReadChange,
  tables: readonly CompiledTable[],
  options: AnalyzeOptions,
): Report {
  const settings = settingsOf(options);
  const { rendering, shard } = options;
  const deployment = {
    undecided: new Map(rendering?.undecided.map((one) => [one.application, one])),
    pruners: new Map(rendering?.pruners?.map((one) => [one.application, one])),
    charts: new Set(rendering?.charts),
    fluxFolders: rendering?.fluxFolders ?? [],
  };
  const unread = unreadOf({ ...base, problems: problems.base }, { ...head, problems: problems.head });
  const analyses = tables.map((table): Analysis =>
    analyzeSystem(table, manifests.base, manifests.head, settings, {
      deployment,
      unread,
      ...(shard === undefined ? {} : { shard }),
    }),
  );
  return buildReport({
    version,
    base,
    head,
    analyses,
    settings,
    diagnostics: [...problems.base, ...problems.head, ...analyses.flatMap((analysis) => analysis.diagnostics)],
    ...rendering,
    ...(shard === undefined ? {} : { shard: { ...shard, run: runFingerprint([base, head], options) } }),
  });
}

export const applicationsOf = ({ files, applications = [] }: Side): ReadonlySet<string> =>
  new Set([...applications, ...files.flatMap(({ application }) => (application === undefined ? [] : [application]))]);

export const settingsOf = ({
  targets,
  landscape,
  now,
}: Pick<AnalyzeOptions, "targets" | "landscape" | "now">): Settings => ({
  targets: targets ?? {},
  landscape: landscape ?? {},
  now,
});
