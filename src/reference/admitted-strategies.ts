import { rowsOf } from "../rules/conditions.ts";
import type { Table } from "../rules/merge.ts";
import type { Condition, ConditionRow } from "../rules/words.ts";

/** The update strategies of a table under which conditions may hold: a rule has no effect under the others. */
export function admittedStrategies(table: Table, conditions: readonly (Condition | undefined)[]): string[] {
  const names = Object.keys(table.strategies.effects);
  const [source, ...more] = table.strategies.from;
  // A name with several parts comes from several places, of which a condition may speak of one.
  if (source === undefined || more.length > 0) return names;
  return names.filter((name) =>
    conditions.every((condition) => condition === undefined || holds(rowsOf(condition), source.from, name) !== false),
  );
}

/** Whether all rows hold under a strategy; undefined where they speak of other things. */
function holds(rows: readonly ConditionRow[], place: unknown, strategy: string): boolean | undefined {
  const answers = rows.map((row) => rowHolds(row, place, strategy));
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function rowHolds(row: ConditionRow, place: unknown, strategy: string): boolean | undefined {
  if (row.all !== undefined) return holds(row.all, place, strategy);
  if (row.not !== undefined) return opposite(holds(rowsOf(row.not), place, strategy));
  if (row.any !== undefined) {
    const none = holds(
      row.any.map((one) => ({ not: one })),
      place,
      strategy,
    );
    return opposite(none);
  }
  if (row.path !== place) return undefined;
  if (row.in !== undefined) return row.in.includes(strategy);
  return row.is === undefined ? undefined : row.is === strategy;
}

const opposite = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer);
