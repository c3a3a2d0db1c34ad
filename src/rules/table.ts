import type { Json } from "../manifests/manifest.ts";

/**
 * The shape of the rule tables in `rules/`. A system's table is the merge of all files of its folder, `system.yaml`
 * first and then by file name; every file names its `system`.
 */

/** The effects on a pool, strongest first. */
export const effects = [
  "rejected",
  "delete",
  "replace",
  "on-delete",
  "inplace-drain",
  "unknown",
  "create",
  "inplace",
  "scale",
  "new-nodes-only",
  "none",
] as const;
export type Effect = (typeof effects)[number];

/**
 * `$root/segment/segment`: a JSON pointer below a named root. Roots: `$pool` (the pool's entry or object), `$cluster`
 * (the Shoot, the HostedCluster), `$item` (inside `each`), a variable of `let`, or the id of a reference. A pointer
 * without a root (`/spec/region`) starts at the object that holds the pools: `$cluster` where `pools.at` is set, else `$pool`.
 * The segment `*` stands for any key or any list item, a last segment `**` for everything below (and the place itself).
 */
export type Path = string;

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
  /** Versions with which the answer changes; without a target, each release before one of them is judged too, and a difference is said. */
  readonly differs?: readonly string[];
  readonly about: string;
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
  /** `pool`: the object is a pool. `cluster`: it is or holds pools. `reference`: others name it. `unsupported`: said, not judged. */
  readonly role: "pool" | "cluster" | "reference" | "unsupported";
  readonly because?: string;
  /** Lists whose items have a key and whose order means nothing to any controller; they are compared by key. */
  readonly lists?: readonly { readonly at: string; readonly key: string }[];
}

/** Where the pools are: a keyed list inside the cluster object, or objects of their own that name their cluster. */
export interface PoolsRow {
  readonly at?: Path;
  readonly key?: string;
  readonly kind?: string;
  /** The kind of the cluster and the path in the pool object that names it, in the pool's namespace. */
  readonly cluster?: { readonly kind: string; readonly name: Path };
}

/** Objects that a pool or cluster names. Its id is a root: `$config/data/config` is that place in each of them. */
export interface ReferenceRow {
  readonly id: string;
  readonly kind: string;
  /** Where the names stand, e.g. `$pool/spec/config/{index}/name` with `*` for the index. The namespace is that of the object that names them. */
  readonly names: Path;
  /** What of such an object is read: one that has none of it does nothing, whoever names it. All of it when absent. */
  readonly reads?: readonly Path[];
  readonly source?: string;
}

/** A value that the API server or its admission fills in before any controller sees the object. */
export interface DefaultRow {
  readonly id?: string;
  /** Set when the place is absent. With `*` in the path: in each existing item. */
  readonly at: Path;
  readonly value?: Json;
  /** Instead of `value`: on the head, what the base has there; admission keeps it where a manifest is silent. */
  readonly keep?: boolean;
  /** An empty text counts as absent, as a Go string that is no pointer does. */
  readonly overEmpty?: boolean;
  /** The parent is created when it is absent (`create`) or the default only counts inside an existing one (`existing`). */
  readonly parents?: "create" | "existing";
  readonly when?: Condition;
  readonly source: string;
}

/**
 * A condition on one side, or on both. Exactly one subject (`path`, `target`, `option`, `check`) with its tests, or a
 * combination. A list of conditions holds when all of them hold.
 */
export type Condition = ConditionRow | readonly ConditionRow[];
export interface ConditionRow {
  readonly path?: Path | readonly Path[];
  /** The value taken when the path is not set. */
  readonly default?: Json;
  readonly as?: Encoders;
  /** A `--target` version, with `from` (inclusive) and `before` (exclusive). */
  readonly target?: string;
  /** An option of the landscape. */
  readonly option?: string;
  /** A named predicate in code, given both sides. `reads` says on which paths it depends. */
  readonly check?: string;
  readonly reads?: readonly Path[];
  /** On which side the subject is read. Default: the side being evaluated; for effects, refusals and holds the head (the base when there is no head). */
  readonly side?: "base" | "head" | "either" | "both";

  readonly is?: Json;
  readonly in?: readonly Json[];
  /** True: is there (null counts as absent). False: is absent. */
  readonly set?: boolean;
  /** Versions: major.minor.patch, `from` inclusive and `before` exclusive; a pre-release of 1.34.0 counts as 1.34 (`>= 1.34-0`). */
  readonly from?: string;
  readonly before?: string;
  /** Between the sides. */
  readonly transition?: Transition;
  /** A regular expression on a string value; tables of the project only, never users'. */
  readonly matches?: string;

  readonly all?: readonly ConditionRow[];
  readonly any?: readonly ConditionRow[];
  readonly not?: Condition;
}

/** `changed`: anything differs. `replaced`: set on both sides and differs. `once-set`: set on the base and differs or gone. `present`: set on the head and differs. */
export type Transition = "changed" | "replaced" | "once-set" | "added" | "removed" | "present" | "raised" | "lowered";

/** Names of encodings, applied from left to right. */
export type Encoders = string | readonly string[];

/** Words every row has. */
interface Row {
  /** Kebab-case, unique in the system; `system/id` names the rule everywhere. */
  readonly id: string;
  /**
   * One sentence for people, with `{before}`, `{after}`, `{path}`, `{pool}`, `{cluster}`, `{strategy}`. On checked rows it
   * says why nothing (more) happens.
   */
  readonly because?: string;
  /** `owner/name@commit path function`. */
  readonly source?: string;
  readonly when?: Condition;
  /** Raw changes that this row answers for, beyond the paths it reads. */
  readonly claims?: readonly Path[];
  /** True: values of this row are never printed. */
  readonly secret?: boolean;
}

/** Where a value comes from: exactly one of `from`, `derived`, `each`. */
export interface ValueRow extends Row {
  /** The first of these that is set is the value. */
  readonly from?: Path | readonly Path[];
  /** The value when none is set. */
  readonly default?: Json;
  readonly as?: Encoders;
  /** A named function in code. `reads` lists every path it depends on. */
  readonly derived?: string;
  readonly reads?: readonly Path[];
}

/** One input of a fingerprint. Absent values add nothing to it, unless `always`. */
export interface InputRow extends ValueRow {
  /** Adds an empty string where the value is absent. */
  readonly always?: boolean;
  /** For every item of this list, in its order or sorted by `sort` (a key of the item): the `inputs`, relative to `$item`. */
  readonly each?: Path;
  readonly sort?: string;
  readonly inputs?: readonly InputRow[];
}

/**
 * The ordered inputs that a controller hashes. Two sides differ when the lists of values differ: positions count, names
 * do not. Then every differing input is a cause, with what `trigger` means under the pool's strategy.
 */
export interface Fingerprint {
  readonly id: string;
  readonly trigger: string;
  readonly when?: Condition;
  readonly source?: string;
  readonly inputs: readonly InputRow[];
}

/**
 * What a change of a value does by itself. With `at`, each of the places counts alone (`*` allowed, the place and all
 * below it); with `from` or `derived`, the effective value counts.
 */
export interface FieldRow extends ValueRow {
  readonly at?: Path | readonly Path[];
  readonly effect?: Effect;
  /** Instead of `effect`: looked up under the pool's strategy. */
  readonly trigger?: string;
  /** The first that holds decides; else `effect` or `trigger`. */
  readonly cases?: readonly FieldCase[];
  /** Field rows with an `at` that keep quiet about what this row answers for; `when` has to hold. */
  readonly over?: readonly string[];
}
export interface FieldCase {
  readonly when: Condition;
  readonly effect?: Effect;
  readonly trigger?: string;
  readonly because?: string;
  readonly source?: string;
}

/** What the API server or its admission refuses. */
export interface RefusalRow extends ValueRow {
  readonly at?: Path | readonly Path[];
  /** Which change of the value is refused; or a named function in code, given both sides. */
  readonly on?: Transition;
  readonly check?: string;
  /** What to do instead. */
  readonly instead?: string;
  /** `object` (default): every pool of the object that holds the field. `pool`: this pool alone. */
  readonly scope?: "object" | "pool";
}

/** A reason for which effects wait. With `delays` the effect stands and only its time is said; else the pool's effect is `none`. */
export interface HoldRow extends Row {
  readonly until: "unpaused" | "maintenance-window" | "wake-up" | "fixed";
  readonly when: Condition;
  readonly delays?: boolean;
  readonly check?: string;
  readonly reads?: readonly Path[];
  /** Effects that do not wait (a scale while paused, say). */
  readonly except?: readonly Effect[];
  /** Rules whose effects do not wait, since something else than what is held brings them about. */
  readonly exceptRules?: readonly string[];
  /** Effects that wait too, though by themselves nothing keeps them back (`unknown`). */
  readonly also?: readonly Effect[];
}

/** A diagnostic about what stands in the head: a trap, a habit that repeats rollouts. */
export interface NoticeRow extends Row {
  readonly severity: "warning" | "notice";
  readonly when: Condition;
  readonly at?: Path;
  /** What `{reason}` in the message stands for. */
  readonly derived?: string;
}

/** Size and speed of a pool, for people. */
export interface NodesRow {
  readonly minimum?: ValueSource;
  readonly maximum?: ValueSource;
  readonly surge?: ValueSource;
  readonly unavailable?: ValueSource;
  readonly strategy?: ValueSource;
}
export interface ValueSource {
  readonly from: Path | readonly Path[];
  readonly default?: Json;
}

/**
 * What a decoder or a schema takes at a place: a list of one shape, an object of shapes, or a text `TYPE CONSTRAINT…`.
 * Types: string, bool, int, int32, int64, float64, duration, quantity, time, int-or-string, object, any, and `map TYPE`.
 * Constraints: `in=a|b`, `>=1`, `<=64`, `required`, `size>=1`, `size<=64`, `matches=PATTERN` (without spaces) and names of
 * a syntax; of schemas also `format=NAME`, `default=TEXT`, `unique`, `key=a,b`, and what hangs on a neighbour: `iff=`,
 * `only=` or `except=NEIGHBOUR:a|b` is there exactly, only, or not, when it has one of the values; `with=`, `without=` and
 * `unless=NEIGHBOUR` when it is there. The key `!` of an object and a text before the shape
 * of a list hold constraints of the whole; the key `*` stands for every other key, and `@NAME` for the shape of that name.
 */
export type Shape = string | readonly [Shape] | readonly [string, Shape] | { readonly [member: string]: Shape };

/** What a trigger does under a strategy. */
export interface Strategies {
  /** The strategy's name: the values at these paths (with their defaults), joined by `/`; a row may be named by a prefix. */
  readonly from: readonly ValueSource[];
  readonly effects: { readonly [strategy: string]: { readonly [trigger: string]: Effect } };
}

/** One rule of a CRD, in the Common Expression Language. */
export interface ValidationRow {
  /** Where `self` is, from the root of the object: `spec/networking`; `*` stands for list items and map keys. */
  readonly at: string;
  readonly rule: string;
  readonly message: string;
}

/** What happens to pools as a whole. */
export interface LifecycleRow {
  readonly poolAdded?: string;
  readonly poolRemoved?: string;
  readonly clusterAdded?: string;
  readonly clusterRemoved?: string;
  readonly source?: string;
}

/** What is said of a change that no rule of the table answers for. */
export interface UnknownFieldRow {
  readonly because: string;
  readonly source?: string;
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
  readonly pools?: PoolsRow;
  readonly references?: readonly ReferenceRow[];
  /** Variables: the first path that is set, or a derived value. They are roots (`$kubelet/maxPods`). */
  readonly let?: {
    readonly [name: string]: Path | readonly Path[] | { readonly derived: string; readonly reads: readonly Path[] };
  };
  /** What the decoders of API extensions take, by name; files add members to the shapes of earlier files. */
  readonly shapes?: { readonly [name: string]: Shape };
  /** What the API server asks of values together, by the name of the object's shape. */
  readonly validations?: { readonly [shape: string]: readonly ValidationRow[] };
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
