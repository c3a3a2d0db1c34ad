import { details } from "./markdown-parts.ts";

/** A part of a document in forms from the fullest to the shortest; the last may be empty. */
export interface Part {
  readonly forms: readonly (() => string)[];
  /** Parts with a lower number give way first; absent: it never does. */
  readonly yields?: number;
}

/** A table whose rows give way after all other parts have. */
export interface Rows {
  readonly head: string;
  readonly rows: readonly { readonly text: string; readonly pools: number }[];
  readonly left: (pools: number) => string;
  /** Under which words the table is closed until somebody opens it; absent: it is open. */
  readonly closed?: string;
}

const joined = (texts: readonly string[]): string => texts.filter((text) => text !== "").join("\n\n");

/** The parts in their order, in at most `budget` characters: detail goes first, rows of the table last. */
export function withinBudget(parts: readonly (Part | Rows)[], budget: number): string {
  const forms = parts.map((part) => ("rows" in part ? tableText(part, part.rows.length) : (part.forms[0]?.() ?? "")));
  const order = parts
    .map((part, index) => ({ index, yields: "rows" in part ? undefined : part.yields }))
    .filter(({ yields }) => yields !== undefined)
    .toSorted((one, other) => (one.yields ?? 0) - (other.yields ?? 0));
  for (const { index } of order) {
    const part = parts[index];
    if (part === undefined || "rows" in part) continue;
    for (const form of part.forms.slice(1)) {
      if (joined(forms).length <= budget) return joined(forms);
      forms[index] = form();
    }
  }
  const table = parts.findIndex((part) => "rows" in part);
  const rows = parts[table];
  if (joined(forms).length <= budget || rows === undefined || !("rows" in rows)) return joined(forms);
  const rest = joined(forms).length - (forms[table]?.length ?? 0);
  let shown = rows.rows.length;
  // Halving first, then one by one: rows differ in length.
  while (shown > 0 && rest + tableText(rows, shown >> 1).length > budget) shown >>= 1;
  while (shown > 0 && rest + tableText(rows, shown).length > budget) shown -= 1;
  forms[table] = tableText(rows, shown);
  return joined(forms);
}

function tableText({ head, rows, left, closed }: Rows, shown: number): string {
  if (rows.length === 0) return "";
  const hidden = rows.slice(shown).reduce((sum, { pools }) => sum + pools, 0);
  const table = shown === 0 ? "" : [head, ...rows.slice(0, shown).map((row) => row.text)].join("\n");
  const text = closed === undefined || table === "" ? table : details(closed, table);
  return hidden === 0 ? text : joined([text, left(hidden)]);
}
