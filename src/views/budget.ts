import { details } from "./markdown-parts.ts";

/** A part of a document in forms from the fullest to the shortest; the last may be empty. */
export interface Part {
  readonly forms: readonly (() => string)[];
  /** Parts with a lower number give way first; absent: it never does. */
  readonly yields?: number;
  /** Its shortest form is worth more than the rows of a long table, and goes only after them. */
  readonly outlastsRows?: true;
}

/** A table whose rows give way after the detail of all other parts. */
export interface Rows {
  readonly head: string;
  readonly rows: readonly { readonly text: string; readonly pools: number }[];
  readonly left: (pools: number) => string;
  /** Under which words a table of so many pools is closed until somebody opens it; absent: it is open. */
  readonly closed?: (pools: number) => string;
  /** The first rows, which outlast every other part. */
  readonly fewest: number;
}

const isRows = (part: Part | Rows | undefined): part is Rows => part !== undefined && "rows" in part;

/**
 * The parts in their order, in at most `budget` characters: detail goes first, then rows of a long table, then whole
 * parts, and the first rows of the table last.
 */
export function withinBudget(parts: readonly (Part | Rows)[], budget: number): string {
  const texts = parts.map((part) => (isRows(part) ? tableText(part, part.rows.length) : (part.forms[0]?.() ?? "")));
  const fits = (): boolean => joined(texts).length <= budget;
  const yielding = parts
    .flatMap((part, index) => (isRows(part) || part.yields === undefined ? [] : [{ ...part, index }]))
    .toSorted((one, other) => (one.yields ?? 0) - (other.yields ?? 0));
  for (const { index, forms } of yielding)
    for (const form of forms.slice(1)) {
      if (fits()) return joined(texts);
      texts[index] = form();
    }
  const table = parts.findIndex(isRows);
  const rows = parts[table];
  if (!isRows(rows)) return joined(texts);
  if (!fits()) texts[table] = tableText(rows, Math.min(rows.fewest, rows.rows.length));
  for (const { index, outlastsRows } of yielding) if (!fits() && outlastsRows === true) texts[index] = "";
  texts[table] = "";
  const rest = joined(texts).length + partBreak.length;
  texts[table] = tableText(rows, mostRows(rows, budget - rest));
  return joined(texts);
}

const partBreak = "\n\n";
const joined = (texts: readonly string[]): string => texts.filter((text) => text !== "").join(partBreak);

/** How many rows fit. Each row adds to the length, so that halves can be tried instead of all. */
function mostRows(rows: Rows, budget: number): number {
  let fitting = 0;
  let tooMany = rows.rows.length + 1;
  while (tooMany - fitting > 1) {
    const middle = (fitting + tooMany) >> 1;
    if (tableText(rows, middle).length <= budget) fitting = middle;
    else tooMany = middle;
  }
  return fitting;
}

/** How many pools rows stand for. */
export const poolsIn = (rows: Rows["rows"]): number => rows.reduce((sum, { pools }) => sum + pools, 0);

function tableText({ head, rows, left, closed }: Rows, shown: number): string {
  if (rows.length === 0) return "";
  const hidden = poolsIn(rows.slice(shown));
  const table = shown === 0 ? "" : [head, ...rows.slice(0, shown).map((row) => row.text)].join("\n");
  const text = closed === undefined || table === "" ? table : details(closed(poolsIn(rows.slice(0, shown))), table);
  return hidden === 0 ? text : [text, left(hidden)].filter((one) => one !== "").join(partBreak);
}
