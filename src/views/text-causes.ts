import type { Cause, PoolReport, Report } from "../report/report.ts";
import type { Paint } from "./ansi.ts";
import { visible } from "./escape.ts";
import { excerpt } from "./excerpt.ts";
import { groupCauses, looked, poolNames, type CauseGroup, type Place } from "./groups.ts";
import * as phrases from "./phrases.ts";
import { sourceLinks } from "./source-link.ts";
import { wrap } from "./width.ts";

const valueLimit = 240;
const checkedLimit = 8;
/** How many places of a reason are shown one by one. */
const eachPlace = 12;

const indented = (text: string, width: number, indent: string, first: string): string[] =>
  wrap(text, width - indent.length).map((line, index) => (index === 0 ? first : indent) + line);

/** `file:line`, or the object where the change is in no file. */
const where = ({ file, line, object }: Place): string =>
  file === null ? object : `${file}${line === null ? "" : `:${line}`}`;

/** One reason: what happens, what changed from what to what, where, which pools, the source, and what to do instead. */
export function causeLines(group: CauseGroup, paint: Paint, width: number): string[] {
  const lines = indented(visible(group.because), width, "    ", "  ● ");
  const [only] = group.places;
  const paths = new Set(group.places.map(({ path }) => path));
  const common = paths.size === 1 ? (only?.path ?? "") : commonPath([...paths]);
  const isMany = group.places.length > eachPlace && (paths.size === 1 || common !== "");
  const path = paths.size === 1 || isMany ? common : "";
  lines.push(...changeLines(group, path, paint, width));
  const arePathsSaid = paths.size === 1;
  for (const { at, pools } of isMany ? byObject(group) : apart(group, arePathsSaid)) {
    lines.push(...indented(visible(at), width, "        ", "      ").map((line) => paint(line, "cyan")));
    for (const names of poolNames(pools))
      lines.push(...indented(`→ ${visible(names)}`, width, "          ", "        "));
  }
  if (group.instead !== undefined) {
    lines.push(
      ...indented(`Instead: ${visible(group.instead)}`, width, "        ", "      ").map((line) =>
        paint(line, "green"),
      ),
    );
  }
  for (const { url, label, name } of group.source === null ? [] : sourceLinks(group.source)) {
    lines.push(paint(`      ${visible(url === undefined ? label : [url, name].join(" ").trimEnd())}`, "dim"));
  }
  return lines;
}

/** The place of a reason as it is shown, and the pools that it reaches from there. */
interface Spot {
  readonly at: string;
  readonly pools: readonly PoolReport[];
}

const apart = ({ places }: CauseGroup, arePathsSaid: boolean): Spot[] =>
  places.map((place) => ({ at: arePathsSaid ? where(place) : `${where(place)} ${place.path}`, pools: place.pools }));

/** What is in many places is said once for each object, with all its lines: the paths differ by the names of the pools. */
function byObject({ places }: CauseGroup): Spot[] {
  const found = new Map<string, { readonly first: Place; readonly lines: number[]; readonly pools: Set<PoolReport> }>();
  for (const place of places) {
    const key = JSON.stringify([place.object, place.file]);
    const spot = found.get(key) ?? { first: place, lines: [], pools: new Set() };
    found.set(key, spot);
    if (place.line !== null && !spot.lines.includes(place.line)) spot.lines.push(place.line);
    for (const pool of place.pools) spot.pools.add(pool);
  }
  return Array.from(found.values(), ({ first, lines, pools }) => {
    const [line = null, ...more] = lines.toSorted((one, other) => one - other);
    return { at: [where({ ...first, line }), ...more].join(", "), pools: [...pools] };
  });
}

/** What paths have in common, with a star for the segment in which they differ, the name of a pool most often; else nothing. */
function commonPath(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => path.split("/"));
  if (others.some(({ length }) => length !== first.length)) return "";
  const isEqual = first.map((segment, index) => others.every((other) => other[index] === segment));
  if (isEqual.filter((equal) => !equal).length > 1) return "";
  return first.map((segment, index) => (isEqual[index] === true ? segment : "*")).join("/");
}

/** `path: before -> after` on one line where it fits, else one below the other. */
function changeLines(group: CauseGroup, path: string, paint: Paint, width: number): string[] {
  const subject = path === "" ? "" : `${visible(path)}: `;
  if (group.before === null && group.after === null) return path === "" ? [] : [`      ${visible(path)}`];
  if (phrases.isHidden(group)) return [`      ${subject}${phrases.hiddenChange}`];
  const shown = excerpt(group.before, group.after, valueLimit);
  const before = paint(visible(shown.before), "red");
  const after = paint(visible(shown.after), "green");
  const plain = `      ${subject}${visible(shown.before)} -> ${visible(shown.after)}`;
  if (wrap(plain.trimStart(), width - 6).length === 1) return [`      ${subject}${before} -> ${after}`];
  return [
    ...(subject === "" ? [] : [`      ${subject.trimEnd()}`]),
    ...indented(`- ${visible(shown.before)}`, width, "          ", "        ").map((line) => paint(line, "red")),
    ...indented(`+ ${visible(shown.after)}`, width, "          ", "        ").map((line) => paint(line, "green")),
  ];
}

const mostNamed = 3;
function somePools(pools: readonly PoolReport[]): string {
  const left = pools.length - mostNamed;
  return `${poolNames(pools.slice(0, mostNamed)).join("; ")}${left > 0 ? ` and ${phrases.amount(left, "more pool")}` : ""}`;
}

/** Changes that were looked at and do nothing (more) to the nodes: short, for the reader who wonders whether they were seen. */
export function checkedLines(report: Report, paint: Paint, width: number): string[] {
  const groups = groupCauses(report.pools, looked);
  if (groups.length === 0) return [];
  const lines = [paint("Checked, does not roll", "bold")];
  const keyOf = ({ object, path }: Pick<Cause, "object" | "path">): string => `${object}\n${path}`;
  const effective = new Set(report.pools.flatMap(({ causes }) => causes.map(keyOf)));
  for (const group of groups.slice(0, checkedLimit)) {
    const [place] = group.places;
    const more = group.places.length > 1 ? ` and ${group.places.length - 1} more` : "";
    const at = place === undefined ? "" : `${where(place)}${more} ${place.path}: `;
    // Shown for a change that has an effect elsewhere, it would read as a contradiction.
    const named = group.places.some((one) => effective.has(keyOf(one))) ? ` (${somePools(group.pools)})` : "";
    lines.push(
      ...indented(visible(at + group.because + named), width, "    ", "  · ").map((line) => paint(line, "dim")),
    );
  }
  const left = groups.length - checkedLimit;
  if (left > 0) lines.push(paint(`  · and ${phrases.amount(left, "more change")}; --format json has all`, "dim"));
  return lines;
}
