import type { Operator } from "../manifests/interest.ts";
import type { Json } from "../manifests/manifest.ts";
import type {
  Catalog,
  DefaultRow,
  FieldRow,
  Fingerprint,
  HoldRow,
  NoticeRow,
  RefusalRow,
  Shape,
  ValidationRow,
} from "./rows.ts";
import type { Condition, Effect, Path } from "./words.ts";

/**
 * The shape of the rule tables in `rules/`. A system's table is the merge of all files of its folder, `system.yaml`
 * first and then by file name; every file names its `system`.
 */

/** Which upstream code a table was read from. */
export interface Upstream {
  readonly repository: string;
  readonly commit: string;
  readonly version?: string;
}

/** Something whose version changes the answer; `--target NAME=VERSION` sets it, else `newest` is taken. */
export interface TargetRow {
  readonly name: string;
  readonly newest: string;
  readonly oldest?: string;
  /**
   * Versions with which the answer changes; without a target, each release before one of them is judged too, and a difference is
   * said.
   */
  readonly differs?: readonly string[];
  /** What tells that the newest release cannot be the one that runs. */
  readonly runs?: RunsRow;
  readonly about: string;
}

/** Versions that clusters name, and that not every release of a target runs. */
export interface RunsRow {
  /** Where clusters name them; of each the minor counts. */
  readonly at: readonly Path[];
  /** The catalog of the minors, with the releases of the target that run them. */
  readonly catalog: string;
  /** `{value}` is the minor, `{before}` the first release that no longer runs it, `{version}` the one that is taken instead. */
  readonly because: string;
}

/** What git cannot show (an operator's setting); the configuration file sets it under `landscape`. */
export interface OptionRow {
  readonly name: string;
  readonly values?: readonly string[];
  readonly default: string | boolean;
  readonly about: string;
}

export interface ObjectRow {
  /** `group/version`, `group/*`, or `v1`. Identity never depends on the version. */
  readonly api: string;
  readonly kind: string;
  /**
   * `pool`: the object is a pool. `cluster`: it is or holds pools. `reference`: others name it. `unsupported`: said, not judged.
   * `ignored`: shares nothing with this system but the name of a kind.
   */
  readonly role: "pool" | "cluster" | "reference" | "unsupported" | "ignored";
  readonly because?: string;
  /** Lists whose items have a key and whose order means nothing to any controller; they are compared by key. */
  readonly lists?: readonly { readonly at: string; readonly key: string }[];
}

export interface OperatorRow extends Operator {
  readonly source: string;
}

/** Where the pools are: a keyed list inside the cluster object, or objects of their own that name their cluster. */
export interface PoolsRow {
  readonly at?: Path;
  readonly key?: string;
  readonly kind?: string;
  /** The kind of the cluster and the path in the pool object that names it, in the pool's namespace. */
  readonly cluster?: { readonly kind: string; readonly name: Path };
}

/** Objects that a pool, a cluster or another of these objects names. Its id is a root: `$config/data/config` is that place in each of them. */
export interface ReferenceRow {
  readonly id: string;
  readonly kind: string;
  /**
   * Where the names stand, e.g. `$pool/spec/config/{index}/name` with `*` for the index. The namespace is that of the object
   * that names them.
   */
  readonly names: Path;
  /** Where the namer writes the kind that it means, and what it means where it writes none. */
  readonly kindAt?: { readonly from: Path; readonly default: string };
  /** The kind has no namespace: the names mean the same in all. */
  readonly clusterScoped?: boolean;
  /** Rules ask for changes alone: an object that did not change is not looked for, and reads as absent. */
  readonly changesOnly?: boolean;
  /** What of such an object is read: one that has none of it does nothing, whoever names it. All of it when absent. */
  readonly reads?: readonly Path[];
  readonly source?: string;
}

/** Size and speed of a pool, for people. */
export interface NodesRow {
  readonly minimum?: ValueSource;
  readonly maximum?: ValueSource;
  readonly surge?: ValueSource;
  readonly unavailable?: ValueSource;
  readonly strategy?: ValueSource;
  /** Zones that share these numbers and roll at the same time, each by itself. */
  readonly zones?: ValueSource;
}
export interface ValueSource {
  readonly from: Path | readonly Path[];
  readonly default?: Json;
}

/** What a trigger does under a strategy. */
export interface Strategies {
  /** The strategy's name: the values at these paths (with their defaults), joined by `/`; a row may be named by a prefix. */
  readonly from: readonly ValueSource[];
  readonly effects: { readonly [strategy: string]: { readonly [trigger: string]: Effect } };
}

/** What happens to pools as a whole. */
export interface LifecycleRow {
  readonly poolAdded?: string;
  readonly poolRemoved?: string;
  readonly clusterAdded?: string;
  readonly clusterRemoved?: string;
  /** What must hold for the API server to delete an object, where a tool does so to force a change. */
  readonly deletedWhen?: Condition;
  readonly source?: string;
}

/** The finding for a change that no rule of the table answers for. */
export interface UnknownFieldRow {
  readonly because: string;
  readonly source?: string;
  /** Shapes by the place that they describe: what they do not have is unknown also where a rule reads the block around it. */
  readonly shapes?: { readonly [path: Path]: string };
}

/**
 * Places that an API got with a version of a target. Where an older one runs, its API server drops what is there, so no
 * controller sees it, and nobody answers for a change of it.
 */
export interface AdditionRow {
  readonly target: string;
  readonly from: string;
  readonly at: readonly Path[];
  readonly source: string;
}

/** A variable that a named function computes; `reads` lists every path it depends on. */
export interface DerivedVariable {
  readonly derived: string;
  readonly reads: readonly Path[];
}

/** One file of `rules/`, or of a user. */
export interface TablePart {
  readonly system: string;
  /** Holds for every row of this file. */
  readonly when?: Condition;
  /** The prefix of every `source` of this file that does not name a repository. */
  readonly source?: string;
  readonly upstream?: readonly Upstream[];
  readonly targets?: readonly TargetRow[];
  readonly options?: readonly OptionRow[];
  readonly objects?: readonly ObjectRow[];
  readonly operators?: readonly OperatorRow[];
  readonly pools?: PoolsRow;
  readonly references?: readonly ReferenceRow[];
  /** Variables: the first path that is set, or a derived value. They are roots (`$kubelet/maxPods`). */
  readonly let?: {
    readonly [name: string]: Path | readonly Path[] | DerivedVariable;
  };
  /** What the decoders of API extensions take, by name; files add members to the shapes of earlier files. */
  readonly shapes?: { readonly [name: string]: Shape };
  /** What the API server asks of values together, by the name of the object's shape. */
  readonly validations?: { readonly [shape: string]: readonly ValidationRow[] };
  /** Names that an API accepts, by the name of their list; files add to the lists of earlier files. */
  readonly catalogs?: { readonly [list: string]: Catalog };
  readonly additions?: readonly AdditionRow[];
  readonly defaults?: readonly DefaultRow[];
  readonly strategies?: Strategies;
  readonly nodes?: NodesRow;
  readonly lifecycle?: LifecycleRow;
  readonly unknownField?: UnknownFieldRow;
  readonly fingerprints?: readonly Fingerprint[];
  readonly fields?: readonly FieldRow[];
  readonly refusals?: readonly RefusalRow[];
  readonly holds?: readonly HoldRow[];
  readonly notices?: readonly NoticeRow[];
}
