import type { Json, JsonObject, SideName } from "../manifests/manifest.ts";
import type { Catalog, Shape, ValidationRow } from "./rows.ts";
import type { Path } from "./words.ts";

/** A value that cannot be known from the manifests. Two of them count as equal when their `basis` is equal. */
export class Unknown {
  readonly reason: string;
  /** What the value depends on, e.g. the text of an image reference. */
  readonly basis: string;
  /** All values that it may turn out to be, where they can be counted. */
  readonly candidates: readonly Json[] | undefined;
  constructor(reason: string, basis: string, candidates?: readonly Json[]) {
    this.reason = reason;
    this.basis = basis;
    this.candidates = candidates;
  }
}

/** A value as a controller sees it; `undefined` is absent. */
export type Value = Json | undefined | Unknown;

/** An object that a pool or cluster names. `value` is absent when it is not among the manifests of that side. */
export interface Reference {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string;
  readonly value: JsonObject | undefined;
}

/** What is known beside the manifests: versions and options of the landscape, from the command line or the configuration. */
export interface Settings {
  /** `--target NAME=VERSION`. */
  readonly targets: Readonly<Record<string, string>>;
  /** `landscape` of the configuration: `system.option` to its value. */
  readonly landscape: Readonly<Record<string, string | boolean>>;
  /** When the change is judged, where that was said. */
  readonly now?: Date | undefined;
}

/** One side of one pool, with defaults filled in. */
export interface Scope {
  readonly side: SideName;
  /** The pool's name. */
  readonly pool: string;
  readonly cluster: string;
  readonly namespace: string | undefined;
  /** The value at a path without `*`; absent and null are both `undefined`. Roots and variables as in the tables. */
  readonly get: (path: Path) => Json | undefined;
  readonly references: (id: string) => readonly Reference[];
  /** True when the object behind `$cluster` is among the manifests of this side. */
  readonly hasCluster: boolean;
  /** A target's version (given, else the table's newest). */
  readonly target: (name: string) => string;
  /** Whether it was said which version of a target runs, and the table knows all that this version knows. */
  readonly isKnownRelease: (name: string) => boolean;
  /** An option of the landscape (given, else the table's default). */
  readonly option: (name: string) => string | boolean;
  /** The pool or the cluster as its manifest has it, without what is filled in. */
  readonly written: (root: "$pool" | "$cluster") => Json | undefined;
  /** When the change is judged, where that was said: dates before it are past. */
  readonly now: Date | undefined;
  /** A shape of the table, if it has one of that name. */
  readonly shape: (name: string) => Shape | undefined;
  /** What the API server asks of values together, of objects of that shape. */
  readonly validations: (shape: string) => readonly ValidationRow[];
  /** The names that an API accepts, by the name of their list. */
  readonly catalog: (list: string) => Catalog;
}

/** Both sides of one pool; one is absent when the pool is created or goes away. */
export interface Sides {
  readonly base: Scope | undefined;
  readonly head: Scope | undefined;
  /** The cluster's manifest in the head, also where the pool is gone. */
  readonly clusterAfter?: JsonObject | undefined;
}

/** From a value to the form in which a controller compares it. */
export type Encoding = (value: Json, scope: Scope) => Value;
/** A value computed from several places. A list stands for several inputs of a fingerprint. */
export type Derived = (scope: Scope) => Value;
/** A predicate over both sides. */
export type Predicate = (sides: Sides) => boolean;

/** What a named check of a refusal, hold or notice found. */
export interface Finding {
  /** A pointer with a root, e.g. `$pool/zones`. */
  readonly path?: Path;
  readonly before?: Json;
  readonly after?: Json;
  /** Overrides the row's `because`. */
  readonly because?: string;
  /** What `{reason}` in the text of a notice stands for. */
  readonly reason?: string;
  /** The finding cannot be decided; the reason. The effect is then `unknown` instead. */
  readonly unknown?: string;
}
export type Check = (sides: Sides) => readonly Finding[];

/** The functions that the tables of one system may name; names without a `/` belong to every system. */
export interface NamedFunctions {
  readonly encodings?: Readonly<Record<string, Encoding>>;
  readonly derived?: Readonly<Record<string, Derived>>;
  readonly predicates?: Readonly<Record<string, Predicate>>;
  readonly checks?: Readonly<Record<string, Check>>;
}
