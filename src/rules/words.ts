import type { Json } from "../manifests/manifest.ts";

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

/**
 * `changed`: anything differs. `replaced`: set on both sides and differs. `once-set`: set on the base and differs or gone.
 * `present`: set on the head and differs. `standing`: set on the head, whatever else changes.
 */
export type Transition =
  | "changed"
  | "replaced"
  | "once-set"
  | "added"
  | "removed"
  | "present"
  | "standing"
  | "raised"
  | "lowered";

/** Names of encodings, applied from left to right. */
export type Encoders = string | readonly string[];
