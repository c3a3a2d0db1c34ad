import { addTo } from "../manifests/group-by.ts";
import type { PoolReport, Report } from "../report/report.ts";
import type { Effect } from "../rules/words.ts";
import type { Paint, Style } from "./ansi.ts";
import { painter } from "./ansi.ts";
import { table } from "./columns.ts";
import { visible } from "./escape.ts";
import { foldPools, type PoolRow } from "./fold.ts";
import {
  affected,
  byCluster,
  type CauseGroup,
  groupCauses,
  happening,
  prevented,
  type Remark,
  remarksOf,
  untouched,
} from "./groups.ts";
import { nodeCount, pace, surge } from "./pace.ts";
import * as phrases from "./phrases.ts";
import { causeLines, checkedLines } from "./text-causes.ts";
import { verdict } from "./verdict.ts";
import { wrap } from "./width.ts";

interface TextOptions {
  readonly color: boolean;
  /** Columns of the terminal; `Infinity` where nothing is to be wrapped or shortened. */
  readonly width: number;
}

const effectStyles: Readonly<Record<Effect, readonly Style[]>> = {
  rejected: ["red", "bold"],
  delete: ["red", "bold"],
  replace: ["red", "bold"],
  "on-delete": ["yellow", "bold"],
  "inplace-drain": ["yellow", "bold"],
  unknown: ["magenta", "bold"],
  create: ["green"],
  inplace: ["cyan"],
  scale: ["cyan"],
  "new-nodes-only": ["cyan"],
  none: ["dim"],
};

/** More rows than this are drawn together by cluster: the causes name every pool anyway. */
const foldAbove = 30;

/** The report for people at a terminal: the verdict, the pools, then why. Ends in a line break. */
export function renderText(report: Report, options: TextOptions): string {
  const paint = painter(options.color);
  const width = Math.max(40, options.width);
  const now = affected(report).filter((pool) => !phrases.waits(pool));
  const blocks = [
    report.shard === undefined ? [] : wrap(phrases.partBanner(report.shard), width).map((line) => paint(line, "bold")),
    banner(report, paint, width),
    headline(report, paint, width),
    pools(report, width, options.color),
    remarks(report, paint, width),
    ...causes(groupCauses(now, happening), paint, width),
    ...headed(phrases.preventedHeading, groupCauses(now, prevented), paint, width),
    ...headed(
      phrases.laterHeading(report.pools),
      groupCauses(affected(report).filter(phrases.waits), happening),
      paint,
      width,
    ),
    untouchedLine(report, paint, width),
    checkedLines(report, paint, width),
    remarkLines(remarksOf(report).last, paint, width),
    footer(report, paint, width),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** Said first and loud, with what could not be read. */
const banner = (report: Report, paint: Paint, width: number): string[] =>
  report.complete
    ? []
    : [
        paint(` ${phrases.incompleteBanner} `, "bold", "red", "inverse"),
        ...remarkLines(remarksOf(report).first, paint, width),
      ];

function headline(report: Report, paint: Paint, width: number): string[] {
  const { first, rest } = verdict(report);
  const styles = new Set<Style>(["bold", ...(report.verdict === "none" ? [] : effectStyles[report.verdict])]);
  const lines = wrap(first, width).map((line) => paint(line, ...styles));
  return rest === "" ? lines : [...lines, ...wrap(rest, width)];
}

function pools(report: Report, width: number, color: boolean): string[] {
  const rows = foldPools(affected(report), foldAbove);
  if (rows.length === 0) return [];
  return table<PoolRow>(
    rows,
    [
      { title: "CLUSTER", cell: ({ cluster }) => visible(cluster), shrinks: true },
      { title: "POOL", cell: ({ label }) => visible(label), shrinks: true, style: () => ["bold"] },
      {
        title: "EFFECT",
        cell: ({ pool }) => phrases.effectLabel(pool),
        style: ({ pool }) => effectStyles[pool.pending?.effect ?? pool.effect],
      },
      { title: "NODES", cell: ({ pool }) => nodeCount(pool.nodes) },
      { title: "SURGE", cell: ({ pool }) => visible(surge(pool)) },
      { title: "PACE", cell: ({ pool }) => pace(pool) },
    ],
    width,
    color,
  );
}

/** What to know about single pools: renames that belong together, and why something waits. */
function remarks(report: Report, paint: Paint, width: number): string[] {
  const found = new Map<string, PoolReport[]>();
  for (const pool of affected(report))
    for (const remark of [phrases.renaming(pool), pool.pending?.reason])
      if (remark !== undefined && remark !== "") addTo(found, remark, pool);
  return Array.from(found).flatMap(([remark, list]) => {
    const [only] = list;
    const who = list.length === 1 && only !== undefined ? only.pool : phrases.amount(list.length, "pool");
    return wrap(`${visible(who)}: ${visible(remark)}`, width - 2).map(
      (line, index) => `${index === 0 ? paint("·", "dim") : " "} ${line}`,
    );
  });
}

/** Reasons of what does not happen, or not yet. */
const headed = (heading: string, groups: readonly CauseGroup[], paint: Paint, width: number): string[][] =>
  groups.length === 0 ? [] : [[paint(heading, "bold")], ...causes(groups, paint, width)];

/** One refusal is enough for nothing to happen. When more than these speak, most often something is gone that holds them all. */
const mostRefusals = 6;

function causes(groups: readonly CauseGroup[], paint: Paint, width: number): string[][] {
  const sections = new Map<Effect, string[]>();
  const refusals = groups.filter(({ effect }) => effect === "rejected");
  const untold = new Set(refusals.slice(mostRefusals));
  for (const group of groups.filter((one) => !untold.has(one))) {
    let lines = sections.get(group.effect);
    if (lines === undefined) {
      lines = wrap(`${group.effect.toUpperCase()}  ${phrases.meaning(group.effect)}`, width).map((line, index) =>
        index === 0
          ? paint(group.effect.toUpperCase(), ...effectStyles[group.effect]) + line.slice(group.effect.length)
          : line,
      );
      if (phrases.isRolling(group.effect) && isSharedByPools(groups, group.effect)) {
        lines.push(...wrap(phrases.rolledOnce, width).map((line) => paint(line, "dim")));
      }
      sections.set(group.effect, lines);
    }
    lines.push(...causeLines(group, paint, width));
  }
  if (untold.size > 0)
    sections
      .get("rejected")
      ?.push(paint(`  ● and ${phrases.amount(untold.size, "more refusal")}; --format json has all`, "dim"));
  return [...sections.values()];
}

/** True when one pool has several causes of this effect. */
function isSharedByPools(groups: readonly CauseGroup[], effect: Effect): boolean {
  const pools = groups.filter((group) => group.effect === effect).flatMap((group) => group.pools);
  return new Set(pools).size < pools.length;
}

function untouchedLine(report: Report, paint: Paint, width: number): string[] {
  const list = untouched(report);
  if (list.length === 0 || (report.verdict === "none" && list.length === report.pools.length && list.length > 30))
    return [];
  const head = `Untouched (${list.length}): `;
  const names = Array.from(
    byCluster(list),
    ([cluster, some]) => `${visible(cluster)} ${some.map(({ pool }) => visible(pool)).join(", ")}`,
  );
  return [paint(fitList(head, names.join("; "), width), "dim")];
}

/** One line; what does not fit ends in `…`. */
function fitList(head: string, names: string, width: number): string {
  const [first = "", ...more] = wrap(head + names, width - 2);
  return more.length === 0 ? first : `${first} …`;
}

function remarkLines(list: readonly Remark[], paint: Paint, width: number): string[] {
  const styles = { error: ["red", "bold"], warning: ["yellow"], notice: ["blue"] } as const;
  return list.flatMap(({ severity, message, places }) => {
    const where = places.map(({ file, line }) => `${file}${line === null ? "" : `:${line}`}`);
    return wrap(`${severity}: ${visible(phrases.placed(where, 10) + message)}`, width - 2).map((text, index) =>
      index === 0 ? paint(severity, ...styles[severity]) + text.slice(severity.length) : `  ${text}`,
    );
  });
}

function footer(report: Report, paint: Paint, width: number): string[] {
  const sides = `${sideName(report.base)} -> ${sideName(report.head)}`;
  const judged = phrases.judgedBy(report);
  return wrap(visible(judged === "" ? sides : `${sides}; judged by ${judged}`), width).map((line) =>
    paint(line, "dim"),
  );
}

const sideName = ({ label, revision }: Report["base"]): string =>
  revision === null || label.includes(revision) ? label : `${label} (${revision.slice(0, 12)})`;
