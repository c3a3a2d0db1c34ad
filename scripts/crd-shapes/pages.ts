import { dump } from "js-yaml";
import type { Shape, ValidationRow } from "../../src/rules/rows.ts";

/** What one file of the table says. */
interface Page {
  /** The block that it is about: `["platform", "azure"]`; empty for all that is in no other page. */
  readonly place: readonly string[];
  /** As they are under the object. */
  readonly shape: Shape;
  readonly rows: readonly ValidationRow[];
}

/** A page with more lines is not read. */
const mostLines = 270;
/** A block with fewer lines is looked for on the page around it. */
const fewestLines = 40;

export const pageText = (value: unknown): string => dump(value, { lineWidth: -1, noRefs: true, flowLevel: -1 });

/** Parts an object into pages that can be read: the largest block of a page that is too long gets its own. */
export function pagesOf(shape: Shape, rows: readonly ValidationRow[], place: readonly string[] = []): Page[] {
  const whole: Page = { place, shape, rows };
  if (!isBlock(shape) || linesOf(whole) <= mostLines) return [whole];
  const blocks = Object.entries(shape).map(([name, inner]) => {
    const block = {
      place: [...place, name],
      shape: inner,
      rows: rows.filter((row) => isWithin(row, [...place, name])),
    };
    return { name, block, lines: linesOf(block) };
  });
  const largest = blocks.toSorted((a, b) => b.lines - a.lines)[0];
  if (largest === undefined || largest.lines < fewestLines) return [whole];
  const { block } = largest;
  const rest = Object.fromEntries(Object.entries(shape).filter(([name]) => name !== largest.name));
  return [
    ...pagesOf(
      rest,
      rows.filter((row) => !block.rows.includes(row)),
      place,
    ),
    ...pagesOf(block.shape, block.rows, block.place),
  ];
}

const isBlock = (shape: Shape): shape is { readonly [member: string]: Shape } =>
  typeof shape === "object" && !Array.isArray(shape);

const isWithin = ({ at }: ValidationRow, place: readonly string[]): boolean =>
  `${at}/`.startsWith(`spec/${place.join("/")}/`);

const linesOf = ({ shape, rows }: Page): number => pageText({ shape, rows }).split("\n").length;
