import type { Report } from "../report/report.ts";
import { code, markdown } from "./escape.ts";
import { excerpt } from "./excerpt.ts";
import { affected, groupCauses, happening, looked, prevented, type CauseGroup } from "./groups.ts";
import type { Linker } from "./markdown-links.ts";
import { sourceMarkdown } from "./markdown-links.ts";
import { details, icon, poolList } from "./markdown-parts.ts";
import * as phrases from "./phrases.ts";

/** How much of each reason is shown. */
interface Bounds {
  readonly groups: number;
  readonly places: number;
  readonly pools: number;
}
export const unbounded: Bounds = { groups: Infinity, places: Infinity, pools: Infinity };
export const short: Bounds = { groups: 20, places: 5, pools: 20 };

function change({ before, after }: CauseGroup): string {
  if (before === null && after === null) return "";
  if (phrases.isHidden({ before, after })) return phrases.hiddenChange;
  const shown = excerpt(before, after, 160);
  return `${code(shown.before)} → ${code(shown.after)}`;
}

function reason(group: CauseGroup, linker: Linker, bounds: Bounds): string {
  const paths = new Set(group.places.map(({ path }) => path));
  const [first] = group.places;
  const subject = paths.size === 1 && first !== undefined && first.path !== "" ? code(first.path) : "";
  const told = [subject, change(group)].filter((text) => text !== "");
  // On one line with `<br>`: a line break is a break in a comment, but a space in a file.
  const second = told.length === 0 ? "" : `<br>${told.join(": ")}`;
  const lines = [`- ${icon(group.effect)} **${markdown(group.because)}**${second}`];
  const shown = group.places.slice(0, bounds.places);
  for (const place of shown) {
    const path = paths.size === 1 ? "" : ` ${code(place.path)}`;
    lines.push(`  - ${linker.place(place)}${path} → ${poolList(place.pools, bounds.pools)}`);
  }
  const left = group.places.length - shown.length;
  if (left > 0) lines.push(`  - and ${phrases.amount(left, "more place")}`);
  if (group.instead !== undefined) lines.push(`  - Instead: ${markdown(group.instead)}`);
  if (group.source !== null) lines.push(`  - Source: ${sourceMarkdown(group.source)}`);
  return lines.join("\n");
}

function list(groups: readonly CauseGroup[], linker: Linker, bounds: Bounds): string {
  const lines = groups.slice(0, bounds.groups).map((group) => reason(group, linker, bounds));
  const left = groups.length - lines.length;
  return (left > 0 ? [...lines, `- and ${phrases.amount(left, "more reason")}`] : lines).join("\n");
}

/** Each reason once, with the places where it is and the pools it reaches from there. */
export function reasons(report: Report, linker: Linker, bounds: Bounds): string {
  const pools = affected(report);
  const now = pools.filter((pool) => !phrases.waits(pool));
  const parts = [
    { heading: "Why", groups: groupCauses(now, happening) },
    { heading: phrases.preventedHeading, groups: groupCauses(now, prevented) },
    { heading: phrases.laterHeading(pools), groups: groupCauses(pools.filter(phrases.waits), happening) },
  ];
  return parts
    .filter(({ groups }) => groups.length > 0)
    .map(({ heading, groups }) => `#### ${markdown(heading)}\n\n${list(groups, linker, bounds)}`)
    .join("\n\n");
}

/** Changes that were looked at and touch no node. */
export function checked(report: Report, linker: Linker, bounds: Bounds): string {
  const groups = groupCauses(report.pools, looked);
  if (groups.length === 0) return "";
  return details(`Checked, does not roll (${phrases.amount(groups.length, "change")})`, list(groups, linker, bounds));
}
