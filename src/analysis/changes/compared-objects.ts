import type { ObjectPair } from "../../inventory/object-pair.ts";
import { type ObjectChanges, rawChanges } from "./raw-changes.ts";

/** What changed in objects; each is compared when it is first asked for, and once. */
export class ComparedObjects {
  readonly #known = new Map<ObjectPair, ObjectChanges>();

  readonly changesOf = (pair: ObjectPair): ObjectChanges => {
    let changes = this.#known.get(pair);
    if (changes === undefined) this.#known.set(pair, (changes = rawChanges(pair)));
    return changes;
  };

  /** Whether it comes, goes, or has anything else in the head. */
  readonly differs = (pair: ObjectPair): boolean =>
    pair.base === undefined || pair.head === undefined || this.changesOf(pair).changes.length > 0;
}
