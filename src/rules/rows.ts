import type { Json } from "../manifests/manifest.ts";
import type { Condition, Effect, Encoders, Path, Transition } from "./words.ts";

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
export type Shape = string | readonly [Shape] | readonly [string, Shape] | { readonly [member: string]: Shape };

/** A name that an API accepts, and the versions that have it: `from` inclusive, `before` exclusive. */
export interface CatalogRow {
  readonly from?: string;
  readonly before?: string;
  /** From this version on it has this value and no other. */
  readonly locked?: { readonly from: string; readonly to: boolean };
  /** It cannot be switched off, or not where there are workers. */
  readonly needed?: "always" | "workers";
  /** What may be given with it. */
  readonly takes?: readonly ("config" | "kubeconfig")[];
}
export type Catalog = { readonly [name: string]: CatalogRow };

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
