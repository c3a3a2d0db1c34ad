import { memoized } from "../../manifests/memoized.ts";
import type { CompiledTable } from "../../rules/compile.ts";
import { asPaths, covers, type ParsedPath } from "../../rules/path.ts";
import type { FieldRow } from "../../rules/rows.ts";
import type { Rule } from "../../rules/rule.ts";
import { claimedIn } from "../changes/claimed-changes.ts";
import { perListAndRule } from "../changes/per-list.ts";
import type { AddressedChange } from "../finding.ts";
import { holds } from "../scope/condition.ts";
import type { Evaluation } from "./evaluation.ts";

/** The rows that name another in `over`, by its id. */
const rowsOver = memoized(({ fields }: CompiledTable): ReadonlyMap<string, readonly FieldRow[]> => {
  const rows = fields.filter(({ over }) => over !== undefined);
  const named = new Set(rows.flatMap(({ over }) => over ?? []));
  return new Map([...named].map((id) => [id, rows.filter(({ over }) => over?.includes(id) === true)]));
});

/** Whether a row that holds here has the last word on a place; undefined where none has it over this rule. */
function leftToAnother({ self, scopes }: Evaluation, rule: Placed): ((at: ParsedPath) => boolean) | undefined {
  const rows = rule.type === "field" ? rowsOver(self.table).get(rule.row.id) : undefined;
  const held = rows?.filter(({ when }) => holds(when, scopes, self)) ?? [];
  if (held.length === 0) return undefined;
  const patterns = held.flatMap(({ at }) => asPaths(at).map((path) => self.table.pathOf(path)));
  return ({ root, segments }) =>
    patterns.some((pattern) => pattern.root === root && covers(pattern.segments, segments));
}

type Placed = Rule & { readonly type: "field" | "refusal" };

/** A place, with the first change at it or below it. */
interface ChangedPlace {
  readonly change: AddressedChange;
  readonly place: ParsedPath;
}

/** The concrete places of a rule's patterns below which something changed, each once. */
export function atPlaces(evaluation: Evaluation, rule: Placed): ChangedPlace[] {
  const { table } = evaluation.self;
  const claimed = evaluation.changesClaimedBy(rule);
  if (claimed.length === 0) return [];
  const isLeft = leftToAnother(evaluation, rule);
  if (isLeft !== undefined) return placesBelow(claimed, table, rule, isLeft);
  const [, ...others] = evaluation.changes.lists;
  const inFirst = placesBelow(evaluation.claimedInFirst(rule), table, rule);
  const inOthers = others.map((list) => placesIn(list, table, rule)).filter(({ length }) => length > 0);
  return inOthers.length === 0 ? inFirst : oncePerPlace([inFirst, ...inOthers].flat());
}

const placesIn = perListAndRule((list, table, rule: Placed) => placesBelow(claimedIn(list, table, rule), table, rule));

function placesBelow(
  changes: readonly AddressedChange[],
  table: CompiledTable,
  { row }: Placed,
  isLeft: (at: ParsedPath) => boolean = () => false,
): ChangedPlace[] {
  const patterns = asPaths(row.at).map((path) => table.pathOf(path));
  const found: ChangedPlace[] = [];
  // Most changes are in the same place as the one before: an object may have a thousand below one.
  const latest = new Map<ParsedPath, readonly string[]>();
  for (const change of changes)
    for (const { root, segments } of change.addresses)
      for (const pattern of patterns) {
        if (pattern.root !== root) continue;
        const before = latest.get(pattern);
        if (before?.every((segment, index) => segment === segments[index]) === true) continue;
        if (!covers(pattern.segments, segments) || isLeft({ root, segments })) continue;
        const place = { root, segments: segments.slice(0, pattern.segments.length) };
        latest.set(pattern, place.segments);
        found.push({ change, place });
      }
  return oncePerPlace(found);
}

function oncePerPlace(found: readonly ChangedPlace[]): ChangedPlace[] {
  if (found.length < 2) return [...found];
  const places = new Map<string, ChangedPlace>();
  for (const one of found) {
    const key = JSON.stringify(one.place);
    if (!places.has(key)) places.set(key, one);
  }
  return [...places.values()];
}
