import type { CompiledTable } from "../../rules/compile.ts";
import { asPaths, covers, type ParsedPath } from "../../rules/path.ts";
import type { FieldRow } from "../../rules/rows.ts";
import type { Rule } from "../../rules/rule.ts";
import type { Path } from "../../rules/words.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import type { AddressedChange } from "../finding.ts";
import { holds } from "../scope/condition.ts";

/** The rows that name another in `over`, by its id. */
const rowsOver = new WeakMap<CompiledTable, ReadonlyMap<string, readonly FieldRow[]>>();

function rowsOverIn(table: CompiledTable): ReadonlyMap<string, readonly FieldRow[]> {
  let known = rowsOver.get(table);
  if (known === undefined) {
    const rows = table.fields.filter(({ over }) => over !== undefined);
    const named = new Set(rows.flatMap(({ over }) => over ?? []));
    known = new Map([...named].map((id) => [id, rows.filter(({ over }) => over?.includes(id) === true)]));
    rowsOver.set(table, known);
  }
  return known;
}

/** Whether a row that holds here has the last word on a place, over the row of that id. */
function isLeftToAnother(
  { self, scopes }: Evaluation,
  id: string,
  root: ParsedPath["root"],
  segments: readonly string[],
): boolean {
  const rows = rowsOverIn(self.table).get(id);
  if (rows === undefined) return false;
  return rows.some(
    (row) =>
      holds(row.when, scopes, self) &&
      asPaths(row.at).some((at) => {
        const pattern = self.table.pathOf(at);
        return pattern.root === root && covers(pattern.segments, segments);
      }),
  );
}

/** The concrete places of a pattern below which something changed, each once, with the first such change. */
export function atPlaces(
  evaluation: Evaluation,
  rule: Rule,
  at: Path | readonly Path[],
): { readonly change: AddressedChange; readonly place: ParsedPath }[] {
  const patterns = asPaths(at).map((path) => evaluation.self.table.pathOf(path));
  const places = new Map<string, { change: AddressedChange; place: ParsedPath }>();
  // Most changes are in the same place as the one before: an object may have a thousand below one.
  const latest = new Map<ParsedPath, readonly string[]>();
  for (const change of evaluation.changesClaimedBy(rule))
    for (const { root, segments } of change.addresses)
      for (const pattern of patterns) {
        if (pattern.root !== root) continue;
        const before = latest.get(pattern);
        if (before?.every((segment, index) => segment === segments[index]) === true) continue;
        if (!covers(pattern.segments, segments)) continue;
        if (rule.type === "field" && isLeftToAnother(evaluation, rule.row.id, root, segments)) continue;
        const place = { root, segments: segments.slice(0, pattern.segments.length) };
        latest.set(pattern, place.segments);
        const key = JSON.stringify(place);
        if (!places.has(key)) places.set(key, { change, place });
      }
  return [...places.values()];
}
