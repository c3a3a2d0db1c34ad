import type { Paint } from "./ansi.ts";
import { visible } from "./escape.ts";
import { excerpt } from "./excerpt.ts";
import { poolNames, type CauseGroup, type Place } from "./groups.ts";
import * as phrases from "./phrases.ts";
import { sourceLinks } from "./source-link.ts";
import { wrap } from "./width.ts";

const valueLimit = 240;
const checkedLimit = 8;

const indented = (text: string, width: number, indent: string, first = indent): string[] =>
  wrap(text, width - indent.length).map((line, index) => (index === 0 ? first : indent) + line);

/** `file:line`, or the object where the change stands in no file. */
const where = ({ file, line, object }: Place): string =>
  file === null ? object : `${file}${line === null ? "" : `:${line}`}`;

/** One reason: what happens, what changed from what to what, where, which pools, the source, and what to do instead. */
export function causeLines(group: CauseGroup, paint: Paint, width: number): string[] {
  const lines = indented(visible(group.because), width, "    ", "  ● ");
  const [only] = group.places;
  const paths = new Set(group.places.map(({ path }) => path));
  lines.push(...changeLines(group, paths.size === 1 ? (only?.path ?? "") : "", paint, width));
  for (const place of group.places) {
    const path = paths.size === 1 ? "" : ` ${place.path}`;
    lines.push(paint(`      ${visible(where(place) + path)}`, "cyan"));
    for (const names of poolNames(place.pools))
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

/** `path: before -> after` on one line where it fits, else one below the other. */
function changeLines(group: CauseGroup, path: string, paint: Paint, width: number): string[] {
  const subject = path === "" ? "" : `${visible(path)}: `;
  if (group.before === null && group.after === null) return path === "" ? [] : [`      ${visible(path)}`];
  if (phrases.isHidden(group)) return [`      ${subject}changed (value hidden)`];
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

/** Changes that were looked at and do nothing (more) to the nodes: short, for the reader who wonders whether they were seen. */
export function checkedLines(groups: readonly CauseGroup[], paint: Paint, width: number): string[] {
  if (groups.length === 0) return [];
  const lines = [paint("Looked at, and no reason to touch a node", "bold")];
  for (const group of groups.slice(0, checkedLimit)) {
    const [place] = group.places;
    const more = group.places.length > 1 ? ` and ${group.places.length - 1} more` : "";
    const at = place === undefined ? "" : `${where(place)}${more} ${place.path}: `;
    lines.push(...indented(visible(at + group.because), width, "    ", "  · ").map((line) => paint(line, "dim")));
  }
  const left = groups.length - checkedLimit;
  if (left > 0) lines.push(paint(`  · and ${phrases.amount(left, "more change")}; --format json has all`, "dim"));
  return lines;
}
