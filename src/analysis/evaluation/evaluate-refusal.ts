import { mayBeSame } from "../../rules/canonical.ts";
import { type Finding as NamedFinding, Unknown, type Value } from "../../rules/functions.ts";
import { asPaths } from "../../rules/path.ts";
import type { RefusalRow } from "../../rules/rows.ts";
import type { Rule } from "../../rules/rule.ts";
import type { Path, Transition } from "../../rules/words.ts";
import { firstChangeAt, isNewUnder } from "../changes/first-change.ts";
import type { AddressedChange, PoolFinding } from "../finding.ts";
import { happens, holds } from "../scope/condition.ts";
import { plainValueOf, valueAt, valueOf } from "../scope/value.ts";
import { atPlaces } from "./changed-places.ts";
import type { Evaluation } from "./evaluation.ts";
import { findingOf, type Said } from "./rule-finding.ts";

/** What a refusal says: the effect is `rejected`, or `unknown` when it cannot be decided. */
export function evaluateRefusal(evaluation: Evaluation, rule: Rule & { type: "refusal" }): PoolFinding[] {
  const { row } = rule;
  const { scopes, self } = evaluation;
  // What goes away is not validated.
  if (scopes.head === undefined || !holds(row.when, scopes, self)) return [];
  if (row.check !== undefined)
    return self.table.registry
      .check(row.check)(scopes)
      .filter((found) => !isOlder(evaluation, found))
      .map((found) => refused(rule, namedSaid(evaluation, rule, found)));
  if (row.on === undefined) return [];
  // What is new has nothing that could have changed: immutability is about updates.
  const isNew = (root: string): boolean => scopes.base?.has(root) !== true;
  if (row.at === undefined) {
    const [first, ...others] = asPaths(row.from);
    if (row.on === "changed" && first !== undefined && isNew(self.table.pathOf(first).root)) return [];
    const found = decideRefusal(row, row.on, valueOf(row, scopes.base), valueOf(row, scopes.head));
    const plain = { before: plainValueOf(row, scopes.base), after: plainValueOf(row, scopes.head) };
    if (found === undefined) return [];
    // Of an object that is new as a whole, the place is shown that has the value.
    const own = first === undefined || others.length > 0 ? undefined : placeOf(evaluation, first, true);
    return [refused(rule, { ...plain, ...found, change: own ?? evaluation.changeFor(rule) })];
  }
  const { on } = row;
  const { head } = scopes;
  return atPlaces(evaluation, rule).flatMap(({ change, place }) => {
    if (!head.has(place.root)) return [];
    if (on === "changed" && isNew(place.root)) return [];
    const before = valueAt(row, scopes.base, place);
    const after = valueAt(row, scopes.head, place);
    const found = decideRefusal(row, on, before, after);
    return found === undefined ? [] : [refused(rule, { before: change.before, after: change.after, ...found, change })];
  });
}

function decideRefusal(
  row: RefusalRow,
  on: Transition,
  before: Value,
  after: Value,
): Pick<Said, "effect" | "because"> | undefined {
  if (!happens(on, before, after)) return undefined;
  const unknown = after instanceof Unknown ? after : before instanceof Unknown ? before : undefined;
  // Whatever the value turns out to be, it is another one.
  const isSure = on === "changed" && !mayBeSame(before, after);
  return unknown === undefined || isSure
    ? { effect: "rejected", because: row.because }
    : { effect: "unknown", because: unknown.reason };
}

function refused(rule: Rule & { type: "refusal" }, said: Said): PoolFinding {
  const finding = findingOf(rule, said, said.change);
  return { ...finding, refusesObject: said.effect === "rejected" && rule.row.scope !== "pool" };
}

/** A new pool of an existing cluster shows one side of the cluster alone: what is found there may have been there before. */
function isOlder({ scopes, self, changes }: Evaluation, { path }: NamedFinding): boolean {
  if (scopes.base !== undefined || path === undefined) return false;
  const { root } = self.table.pathOf(path);
  return !isNewUnder(changes, self.table, root);
}

function namedSaid(evaluation: Evaluation, rule: Rule & { type: "refusal" }, found: NamedFinding): Said {
  const here = found.path === undefined ? undefined : placeOf(evaluation, found.path, found.after !== undefined);
  const change = here ?? evaluation.changeFor(rule);
  // A value may be refused because of a change elsewhere: then that change is shown, with its own values.
  const isElsewhere = found.path !== undefined && here === undefined && change !== undefined;
  const shown = isElsewhere ? {} : found;
  return {
    effect: found.unknown === undefined ? "rejected" : "unknown",
    before: shown.before ?? change?.before,
    after: shown.after ?? change?.after,
    because: found.unknown ?? found.because,
    change,
  };
}

const placeOf = (evaluation: Evaluation, path: Path, isShown: boolean): AddressedChange | undefined =>
  changeAt(evaluation, path, isShown) ?? missingAt(evaluation, path);

/** What an object lacks that is new as a whole: no other of its fields is nearer to it. */
function missingAt({ self, changes }: Evaluation, path: Path): AddressedChange | undefined {
  const { root, segments } = self.table.pathOf(path);
  const change = firstChangeAt(changes, self.table, { root, segments: [] });
  const address = change?.addresses.find((one) => one.root === root);
  if (change === undefined || address === undefined || change.object.base !== undefined) return undefined;
  const above = change.segments.slice(0, change.segments.length - address.segments.length);
  const place = { addresses: [{ root, segments }], segments: [...above, ...segments] };
  return { ...change, ...place, before: undefined, after: undefined };
}

/** The first change at a place or below it; called by the place itself where its value is shown. */
function changeAt({ self, changes }: Evaluation, path: Path, isShown: boolean): AddressedChange | undefined {
  const place = self.table.pathOf(path);
  const change = firstChangeAt(changes, self.table, place);
  const address = change?.addresses.find(({ root }) => root === place.root);
  if (change === undefined || address === undefined) return undefined;
  const below = address.segments.length - place.segments.length;
  return isShown && below > 0 ? { ...change, segments: change.segments.slice(0, -below) } : change;
}
