import type { ObjectPair } from "../inventory/object-pair.ts";
import type { Json } from "../manifests/manifest.ts";
import { type Effect, effects } from "../rules/words.ts";

/** A place of an object that changed, as a pool's rules address it. */
export interface AddressedChange {
  /** Root and segments under which rules know the place; a place inside a pool has two. */
  readonly addresses: readonly { readonly root: string; readonly segments: readonly string[] }[];
  readonly object: ObjectPair;
  /** In the keyed form of the object. */
  readonly segments: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** False for places that another pool of the same object answers for. */
  readonly own: boolean;
  /** True in a list of pools that cannot be told apart: one has no name, or two have the same. */
  readonly nameless?: boolean;
}

/** What one rule says about one pool. */
export interface PoolFinding {
  /** `system/id`. */
  readonly rule: string;
  readonly effect: Effect;
  /** The change that led to it; absent when it follows from the pool as a whole. */
  readonly change: AddressedChange | undefined;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly because: string;
  readonly source: string | undefined;
  readonly instead: string | undefined;
  readonly secret: boolean;
  /** About an input that the controller counts on one side alone. */
  readonly isOfOneSide?: boolean;
  /** A refusal of the whole object that holds the field: it takes every pool of that object with it. */
  readonly refusesObject?: boolean;
}

/** A finding that no row of a table speaks of: of no value, and with nothing to do instead. */
export const findingWithoutRow = (
  said: Pick<PoolFinding, "rule" | "effect" | "because"> & Partial<PoolFinding>,
): PoolFinding => ({
  change: undefined,
  before: undefined,
  after: undefined,
  source: undefined,
  instead: undefined,
  secret: false,
  ...said,
});

/** 0 is the strongest. */
export const rank = (effect: Effect): number => effects.indexOf(effect);

/** For `toSorted`: the strongest first. */
export const byEffect = (a: { readonly effect: Effect }, b: { readonly effect: Effect }): number =>
  rank(a.effect) - rank(b.effect);

/** The strongest of some effects; `none` of none. */
export const strongest = (candidates: Iterable<Effect>): Effect =>
  [...candidates].reduce<Effect>((best, effect) => (rank(effect) < rank(best) ? effect : best), "none");
