import type { Style } from "./ansi.ts";
import { painter } from "./ansi.ts";
import { columns, fit, pad } from "./width.ts";

/** One column of a text table. */
interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly style?: (row: Row) => readonly Style[];
  /** May be made narrower when the terminal is; names stay whole in the causes below the table. */
  readonly shrinks?: boolean;
}

const gap = "  ";
const narrowest = 12;

/** Lines of a table no wider than `width`; a column that is empty in all rows is left out. */
export function table<Row>(
  rows: readonly Row[],
  wanted: readonly Column<Row>[],
  width: number,
  color: boolean,
): string[] {
  const paint = painter(color);
  const used = wanted
    .map((column) => ({ ...column, cells: rows.map(column.cell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  const widths = used.map(({ title, cells }) =>
    cells.reduce((most, cell) => Math.max(most, columns(cell)), title.length),
  );
  shrink(
    widths,
    used.map(({ shrinks }) => shrinks === true),
    width,
  );
  const line = (cells: readonly string[]): string => cells.join(gap).trimEnd();
  const head = line(
    used.map(({ title }, index) => paint(pad(title, index === used.length - 1 ? 0 : (widths[index] ?? 0)), "dim")),
  );
  const body = rows.map((row, at) =>
    line(
      used.map(({ cells, style }, index) => {
        const room = widths[index] ?? 0;
        const text = pad(fit(cells[at] ?? "", room), index === used.length - 1 ? 0 : room);
        return style === undefined ? text : paint(text, ...style(row));
      }),
    ),
  );
  return [head, ...body];
}

/** Takes columns away from the widest that may shrink, until the table fits or nothing more can be taken. */
function shrink(widths: number[], shrinks: readonly boolean[], width: number): void {
  let excess = widths.reduce((sum, each) => sum + each, 0) + gap.length * (widths.length - 1) - width;
  while (excess > 0) {
    let widest = -1;
    for (let index = 0; index < widths.length; index += 1) {
      if (shrinks[index] === true && (widths[index] ?? 0) > (widths[widest] ?? narrowest)) widest = index;
    }
    if (widest < 0) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
}
