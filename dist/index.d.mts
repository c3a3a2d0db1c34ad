// Types of the will-it-roll library; made by scripts/declarations.ts.

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

export type Catalog = {
    readonly [name: string]: CatalogRow;
};

/** A name that an API accepts, and the versions that have it: `from` inclusive, `before` exclusive. */
export interface CatalogRow {
    readonly from?: string;
    readonly before?: string;
    /** From this version on it has this value and no other. */
    readonly locked?: {
        readonly from: string;
        readonly to: boolean;
    };
    /** It cannot be switched off, or not where there are workers. */
    readonly needed?: "always" | "workers";
    /** What may be given with it. */
    readonly takes?: readonly ("config" | "kubeconfig")[];
}

export type Cause = {
    /** system/id of the rule */
    readonly rule: string;
    readonly effect: "rejected" | "delete" | "replace" | "on-delete" | "inplace-drain" | "unknown" | "create" | "inplace" | "scale" | "new-nodes-only" | "none";
    /** JSON pointer; list segments are keys where the list has keys */
    readonly path: string;
    /** the value on the base side as compact text; null when absent */
    readonly before: string | null;
    /** the value on the head side as compact text; null when absent */
    readonly after: string | null;
    readonly because: string;
    /** where upstream code says so */
    readonly source: string | null;
    readonly file: string | null;
    readonly line: number | null;
    /** Kind namespace/name of the object in which the change stands */
    readonly object: string;
    /** what to do instead, for refusals */
    readonly instead?: string;
};

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
    /**
     * On which side the subject is read. Default: the side being evaluated; for effects, refusals and holds the head (the base
     * when there is no head).
     */
    readonly side?: "base" | "head" | "either" | "both";
    readonly is?: Json;
    readonly in?: readonly Json[];
    /** True: is there (null counts as absent). False: is absent. */
    readonly set?: boolean;
    /**
     * Versions: major.minor.patch, `from` inclusive and `before` exclusive; a pre-release of 1.34.0 counts as 1.34 (`>= 1.34-0`).
     */
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

/** Why a change of a template does not reach the objects that were made from it. */
export interface CreatedOnce {
    readonly because: string;
    readonly source: string;
}

/** A value that the API server or its admission fills in before any controller sees the object. */
export interface DefaultRow {
    readonly id?: string;
    /** Set when the place is absent. With `*` in the path: in each existing item. */
    readonly at: Path;
    readonly value?: Json;
    /** Instead of `value`: on the head, what the base has there; admission keeps it where a manifest is silent. */
    readonly keep?: boolean;
    /**
     * Instead of `value`: what is at this other place when the manifest first leaves the default to admission. It is
     * stored then, so a manifest that stays silent keeps what the base was given.
     */
    readonly from?: Path;
    /**
     * The value is stored once it is filled in: whatever `when` says of the head, an apply leaves it there while both manifests
     * are silent.
     */
    readonly sticks?: boolean;
    /** An empty text counts as absent, as a Go string that is no pointer does. */
    readonly overEmpty?: boolean;
    /** The parent is created when it is absent (`create`) or the default only counts inside an existing one (`existing`). */
    readonly parents?: "create" | "existing";
    readonly when?: Condition;
    readonly source: string;
}

/** What the object around an object does with it other than to apply it. */
export interface Delivery {
    /** `create`: only where it is not there yet; `delete`: it must not be there. */
    readonly does: "nothing" | "create" | "delete";
    readonly because: string;
}

/** A variable that a named function computes; `reads` lists every path it depends on. */
export interface DerivedVariable {
    readonly derived: string;
    readonly reads: readonly Path[];
}

/** Something to tell about an input. `code` is stable and kebab-case; `message` says what is wrong and what to do. */
export interface Diagnostic {
    readonly severity: Severity;
    readonly code: string;
    readonly message: string;
    readonly file?: string;
    readonly line?: number;
    /** True when something that may matter to the verdict could not be read: the report is then not complete. */
    readonly incomplete?: boolean;
    /** True when it hides pools of which nothing can be said: the verdict is `unknown`, or worse. */
    readonly hidesPools?: boolean;
    /** Set when at most an object that others name could not be read: the kinds of those others. */
    readonly users?: readonly string[];
}

export type DiagnosticReport = {
    readonly severity: "error" | "warning" | "notice";
    readonly code: string;
    readonly message: string;
    readonly file: string | null;
    readonly line: number | null;
};

export type Effect = (typeof effects)[number];

/** Names of encodings, applied from left to right. */
export type Encoders = string | readonly string[];

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

/** A pool with every input of its fingerprints. */
export interface ExplainedPool {
    readonly system: string;
    readonly namespace: string;
    readonly cluster: string;
    readonly pool: string;
    /** The application that a rendered pool belongs to, where there is one. */
    readonly application?: string;
    readonly inputs: readonly ExplainedInput[];
}

export interface FieldCase {
    readonly when: Condition;
    readonly effect?: Effect;
    readonly trigger?: string;
    readonly because?: string;
    readonly source?: string;
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

/** A folder that a Kustomization of Flux deploys. */
export interface FluxFolder {
    /** As builds of it are called; empty for the whole repository. */
    readonly folder: string;
    /** As the files in it are shown; empty for the whole repository. */
    readonly shown: string;
    /** Whether it deletes and creates again what the API server refuses to change. */
    readonly forces: boolean;
    /** `the Kustomization pools (clusters/pools.yaml)`. */
    readonly by: string;
}

/**
 * A reason for which effects wait. With `delays` the effect remains and only its time is given; else the pool's effect is
 * `none`.
 */
export interface HoldRow extends Row {
    readonly until: "unpaused" | "maintenance-window" | "wake-up" | "fixed";
    readonly when: Condition;
    readonly delays?: boolean;
    readonly check?: string;
    readonly reads?: readonly Path[];
    /** The first of these that is set is what `{value}` in the reason stands for. */
    readonly shows?: Path | readonly Path[];
    /** Effects that do not wait (a scale while paused, say). */
    readonly except?: readonly Effect[];
    /** Rules whose effects do not wait, since something else than what is held brings them about. */
    readonly exceptRules?: readonly string[];
    /** Rules whose effects alone wait. */
    readonly onlyRules?: readonly string[];
    /** Effects that wait too, though by themselves nothing keeps them back (`unknown`). */
    readonly also?: readonly Effect[];
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

/** A JSON value as Go's YAML and JSON readers see it; integers outside ±2^53 are `bigint`, so they stay exact. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;

/** Objects inherit nothing (`bareObject`): `__proto__` and `constructor` are ordinary keys. */
export interface JsonObject {
    readonly [key: string]: Json;
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

/** One Kubernetes object of one side. */
export interface Manifest {
    /** `""` for the core group. */
    readonly group: string;
    readonly kind: string;
    /** Absent when the manifest names none, unless the other side tells which it is. */
    readonly namespace: string | undefined;
    readonly name: string;
    readonly value: JsonObject;
    /**
     * What the object is deployed with: a kustomization, a chart, a wrapper, the folder of an environment. Part of its identity.
     */
    readonly application?: string | undefined;
    /** Where its file is below the folder that was given, when the position shows that folder too. */
    readonly place?: string | undefined;
    /** Set for an object inside another that does not simply apply it. */
    readonly delivery?: Delivery | undefined;
    /** Set when the object is only created like this and not updated afterwards: why, and where upstream says so. */
    readonly createdOnce?: CreatedOnce | undefined;
    /** The start of the object. */
    readonly position: Position;
    /**
     * The position of the value at `path`, or of its nearest ancestor that is in the text; keys and list indices
     * from the root of `value`.
     */
    readonly locate: (path: ValuePath) => Position;
}

/** A table file with the name that errors and `rules show` give it. */
export interface NamedPart {
    readonly file: string;
    readonly part: TablePart;
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

/** A diagnostic about what is in the head: a trap, a habit that repeats rollouts. */
export interface NoticeRow extends Row {
    readonly severity: "warning" | "notice";
    /** Only for pools with one of these effects, now or pending. */
    readonly effects?: readonly Effect[];
    /** Not where an effect waits, with which its reason is told, nor where the change is refused. */
    readonly unlessTold?: boolean;
    readonly at?: Path;
    /** A named function in code: whether there is a remark, and what `{reason}` in it stands for. */
    readonly check?: string;
    readonly reads?: readonly Path[];
}

export type ObjectReport = {
    readonly object: string;
    readonly change: "added" | "removed" | "modified";
    readonly file: string | null;
    readonly patch: readonly {
        readonly op: string;
        readonly path: string;
        readonly from?: string;
        readonly value?: unknown;
    }[];
};

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
    readonly lists?: readonly {
        readonly at: string;
        readonly key: string;
    }[];
}

/** A program that manages the nodes of every cluster: some of its settings reach them, and no manifest of a cluster shows it. */
export interface Operator {
    /** For messages. */
    readonly title: string;
    /** A word that stands where its settings are kept, in small letters. */
    readonly name: string;
    /** Words of which one is in whatever runs it or holds its settings. */
    readonly programs: readonly string[];
    /** Arguments and environment variables that reach nodes; the image always may. */
    readonly flags: readonly string[];
    readonly variables: readonly string[];
    readonly because: string;
}

export interface OperatorRow extends Operator {
    readonly source: string;
}

/** What git cannot show (an operator's setting); the configuration file sets it under `landscape`. */
export interface OptionRow {
    readonly name: string;
    readonly values?: readonly string[];
    readonly default: string | boolean;
    readonly about: string;
}

/** Finds the source of a value in a rendered object. */
export type Origin = (object: Pick<Manifest, "kind" | "name" | "namespace" | "value">, path: ValuePath) => Position;

/**
 * `$root/segment/segment`: a JSON pointer below a named root. Roots: `$pool` (the pool's entry or object), `$cluster`
 * (the Shoot, the HostedCluster), `$item` (inside `each`), a variable of `let`, or the id of a reference. A pointer
 * without a root (`/spec/region`) starts at the object that holds the pools: `$cluster` where `pools.at` is set, else `$pool`.
 * The segment `*` stands for any key or any list item, a last segment `**` for everything below (and the place itself).
 */
export type Path = string;

export type Pending = {
    /** what happens once it no longer waits */
    readonly effect: "rejected" | "delete" | "replace" | "on-delete" | "inplace-drain" | "unknown" | "create" | "inplace" | "scale" | "new-nodes-only" | "none";
    readonly until: "unpaused" | "maintenance-window" | "wake-up" | "fixed";
    readonly reason: string;
};

export type PoolReport = {
    readonly system: string;
    readonly kind: string;
    readonly namespace: string;
    readonly cluster: string;
    readonly pool: string;
    readonly effect: "rejected" | "delete" | "replace" | "on-delete" | "inplace-drain" | "unknown" | "create" | "inplace" | "scale" | "new-nodes-only" | "none";
    readonly effects: readonly ("rejected" | "delete" | "replace" | "on-delete" | "inplace-drain" | "unknown" | "create" | "inplace" | "scale" | "new-nodes-only" | "none")[];
    readonly pending: Pending | null;
    readonly nodes: ReportedNodes;
    /** the pool that goes away and this one belong together */
    readonly renamedFrom?: string;
    readonly renamedTo?: string;
    /** the kustomization or chart that the pool was rendered from, the object it stands in, or the folder of its environment */
    readonly application?: string;
    /** labels of the cluster and of the pool's own object, for gates */
    readonly labels?: { readonly [key in string]: string };
    /** further values of these labels: on the pool's own object, or on the base side */
    readonly otherLabels?: { readonly [key in string]: readonly string[] };
    readonly causes: readonly Cause[];
    readonly checked: readonly Cause[];
};

/** Where the pools are: a keyed list inside the cluster object, or objects of their own that name their cluster. */
export interface PoolsRow {
    readonly at?: Path;
    readonly key?: string;
    readonly kind?: string;
    /** The kind of the cluster and the path in the pool object that names it, in the pool's namespace. */
    readonly cluster?: {
        readonly kind: string;
        readonly name: Path;
    };
}

/** A place in a file: lines and columns count from 1. */
export interface Position {
    readonly file: string;
    readonly line: number;
    readonly column: number;
}

/** What deploys an application, and whether it deletes what is no longer among its manifests. */
export interface Pruner {
    readonly application: string;
    readonly prunes: boolean;
    readonly tool: string;
    /** `Argo CD Application payments (apps/payments.yaml)`. */
    readonly by: string;
}

/** Gives the bytes between two offsets. */
export type ReadPart = (start: number, end: number) => Uint8Array;

/** How much there was to read. */
export interface ReadStatistics {
    /** Files and bytes of both sides. */
    readonly files: number;
    readonly bytes: number;
    /** Documents in text that differs between the sides. */
    readonly changed: number;
    /** Documents that were parsed: the changed ones that may matter, and the unchanged ones that they concern. */
    readonly parsed: number;
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
    readonly kindAt?: {
        readonly from: Path;
        readonly default: string;
    };
    /** The kind has no namespace: the names mean the same in all. */
    readonly clusterScoped?: boolean;
    /** Rules ask for changes alone: an object that did not change is not looked for, and reads as absent. */
    readonly changesOnly?: boolean;
    /** What of such an object is read: one that has none of it does nothing, whoever names it. All of it when absent. */
    readonly reads?: readonly Path[];
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

/** What rendering leaves beside the rendered files. */
export interface Rendering {
    readonly renderers: readonly {
        readonly name: string;
        readonly version: string;
    }[];
    /** Applications that could not be rendered on both sides: their pools are `unknown`. */
    readonly undecided: readonly Undecided[];
    /** What deploys applications from which something is removed. */
    readonly pruners?: readonly Pruner[];
    /** Applications that are charts. */
    readonly charts?: readonly string[];
    /** The folders that Flux deploys, where it forces changes in any of them. */
    readonly fluxFolders?: readonly FluxFolder[];
}

export type Report = {
    readonly formatVersion: "1.0";
    readonly tool: {
        readonly name: "will-it-roll";
        readonly version: string;
    };
    readonly rules: readonly ({
        readonly system: string;
        readonly upstream: readonly ({
            readonly repository: string;
            readonly commit: string;
            readonly version: string | null;
        })[];
        /** the versions judged by, of what concerns the pools */
        readonly targets: { readonly [key in string]: string };
    })[];
    readonly base: {
        readonly label: string;
        readonly revision: string | null;
    };
    readonly head: {
        readonly label: string;
        readonly revision: string | null;
    };
    /** only this part of the clusters was judged; will-it-roll merge joins the parts of a run */
    readonly shard?: {
        readonly number: number;
        readonly count: number;
        /** of both sides, the rules and the targets; equal for all parts of one run */
        readonly run: string;
    };
    /** the strongest effect of all pools */
    readonly verdict: "rejected" | "delete" | "replace" | "on-delete" | "inplace-drain" | "unknown" | "create" | "inplace" | "scale" | "new-nodes-only" | "none";
    /** false when something that may matter could not be read */
    readonly complete: boolean;
    /** true when there may be pools that are not listed, because they could not be judged */
    readonly unjudged?: boolean;
    /** pools, by effect */
    readonly counts: { readonly [key in "rejected" | "delete" | "replace" | "on-delete" | "inplace-drain" | "unknown" | "create" | "inplace" | "scale" | "new-nodes-only" | "none"]?: number };
    /** of the verdict set; stable across runs and machines */
    readonly fingerprint: string;
    readonly pools: readonly PoolReport[];
    readonly objects: readonly ObjectReport[];
    readonly diagnostics: readonly DiagnosticReport[];
    readonly renderers?: readonly {
        readonly name: string;
        readonly version: string;
    }[];
};

/** One part of a run, and what to call it in a message. */
export interface ReportPart {
    readonly name: string;
    readonly report: Report;
}

export type ReportedNodes = {
    readonly minimum: number | null;
    readonly maximum: number | null;
    readonly surge: string | null;
    readonly unavailable: string | null;
    readonly strategy: string | null;
    /** zones that share these numbers out and roll at the same time, each by itself */
    readonly zones?: number;
};

/** Words every row has. */
export interface Row {
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

/** Versions that clusters name, and that not every release of a target runs. */
export interface RunsRow {
    /** Where clusters name them; of each the minor counts. */
    readonly at: readonly Path[];
    /** The catalog of the minors, with the releases of the target that run them. */
    readonly catalog: string;
    /** `{value}` is the minor, `{before}` the first release that no longer runs it, `{version}` the one that is taken instead. */
    readonly because: string;
}

export type Severity = "error" | "warning" | "notice";

/**
 * What a decoder or a schema takes at a place: a list of one shape, an object of shapes, or a text `TYPE CONSTRAINT…`.
 * Types: string, bool, int, int32, int64, float64, duration, quantity, time, int-or-string, object, any, and `map TYPE`.
 * Constraints: `in=a|b`, `>=1`, `<=64`, `required`, `forbidden`, `size>=1`, `size<=64`, `matches=PATTERN` (without
 * spaces), `power-of-two`, `open` of objects (unknown fields are passed over), `unique` and `key=a,b` of lists, and names of a
 * syntax; of schemas also `format=NAME` and `default=TEXT` (JSON but for a string). Where releases of the decoder differ,
 * `since=1.2` and `gone=1.9` say which have the field, and what is behind `@1.3..1.5` (or `@1.3..`, `@..1.5`) is asked by those
 * releases only. The key `!` of an object, and a text before the shape of a list, hold constraints of the whole; the key `*`
 * stands for every other key, and `@NAME` for the shape of that name.
 */
export type Shape = string | readonly [Shape] | readonly [string, Shape] | {
    readonly [member: string]: Shape;
};

/** One of several parts into which the clusters of a run are dealt; `number` begins at 1. */
export interface Shard {
    readonly number: number;
    readonly count: number;
}

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

/** One file of one side, before it is read as YAML. */
export interface SourceFile {
    /** The path as it is shown to people: relative, with forward slashes. */
    readonly path: string;
    /** Where it is below the folder that was given, when the path shows that folder too: files of both sides pair by it. */
    readonly place?: string;
    /** The bytes. A reader decodes them itself, so that invalid UTF-8 is reported and not repaired silently. */
    readonly bytes: Uint8Array;
    /** Set when the file is not held in memory: `bytes` then reads all of it, which is seldom needed. */
    readonly stored?: Stored;
    /** What the file was rendered for: a kustomization or a chart. Absent for a file that is in the tree as it is. */
    readonly application?: string;
    /** For rendered files: where the value at `path` of the object came from, as far as it can be told. */
    readonly origin?: Origin;
}

/** A file that is read where it is needed. */
export interface Stored {
    readonly size: number;
    /** A reader has one piece of memory: what it gave lasts until it is called again. */
    readonly reader: () => ReadPart;
}

/** What a trigger does under a strategy. */
export interface Strategies {
    /** The strategy's name: the values at these paths (with their defaults), joined by `/`; a row may be named by a prefix. */
    readonly from: readonly ValueSource[];
    readonly effects: {
        readonly [strategy: string]: {
            readonly [trigger: string]: Effect;
        };
    };
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
    readonly shapes?: {
        readonly [name: string]: Shape;
    };
    /** What the API server asks of values together, by the name of the object's shape. */
    readonly validations?: {
        readonly [shape: string]: readonly ValidationRow[];
    };
    /** Names that an API accepts, by the name of their list; files add to the lists of earlier files. */
    readonly catalogs?: {
        readonly [list: string]: Catalog;
    };
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

/** Texts of all files of a tree that may name another object, also of those that are not read. */
export type Texts = () => Iterable<string>;

/**
 * `changed`: anything differs. `replaced`: set on both sides and differs. `once-set`: set on the base and differs or gone.
 * `present`: set on the head and differs. `standing`: set on the head, whatever else changes.
 */
export type Transition = "changed" | "replaced" | "once-set" | "added" | "removed" | "present" | "standing" | "raised" | "lowered";

/** An application that could not be rendered on both sides, so that nothing can be said of its pools. */
export interface Undecided {
    readonly application: string;
    /** Kebab-case; becomes a part of the rule's name. */
    readonly code: string;
    readonly because: string;
    readonly file: string;
}

/** The finding for a change that no rule of the table answers for. */
export interface UnknownFieldRow {
    readonly because: string;
    readonly source?: string;
    /** Shapes by the place that they describe: what they do not have is unknown also where a rule reads the block around it. */
    readonly shapes?: {
        readonly [path: Path]: string;
    };
}

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

/** One rule of a CRD, in the Common Expression Language. */
export interface ValidationRow {
    /** Where `self` is, from the root of the object: `spec/networking`; `*` stands for list items and map keys. */
    readonly at: string;
    readonly rule: string;
    readonly message: string;
    /** Versions of the table's first target that have this rule: `from` inclusive, `before` exclusive. */
    readonly from?: string;
    readonly before?: string;
}

/** The keys and indexes that lead from a value to a part of it. */
export type ValuePath = readonly (string | number)[];

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

export interface ValueSource {
    readonly from: Path | readonly Path[];
    readonly default?: Json;
}

/**
 * Says what a change from `base` to `head` does to every worker pool that it touches. Nothing is read but the two sides;
 * bad input never throws: it becomes a diagnostic, and the report is not complete.
 * @throws {Error} when `options.rules` are wrong.
 */
export declare function analyze(base: Side, head: Side, options?: AnalyzeOptions): Report;

/** The effects on a pool, strongest first. */
declare const effects: readonly ["rejected", "delete", "replace", "on-delete", "inplace-drain", "unknown", "create", "inplace", "scale", "new-nodes-only", "none"];

/** The pools of both sides that `name` means (`pool`, `cluster/pool` or `namespace/cluster/pool`), changed or not. */
export declare function explainPools(base: Side, head: Side, name: string, options?: AnalyzeOptions): ExplainedPool[];

/**
 * Joins the reports of all parts of one run into the report that the run would have given as a whole.
 * @throws {Error} when a part is missing or there twice, or when they are not of one run; says which, and what differs.
 */
export declare function mergeShards(parts: readonly ReportPart[]): Report;

/** The version of this program. */
export declare const version: string;
