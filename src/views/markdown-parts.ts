import type { PoolReport, Report } from "../report/report.ts";
import type { Effect } from "../rules/words.ts";
import { code, markdown } from "./escape.ts";
import { foldPools } from "./fold.ts";
import { affected, byCluster, byStrength, happening, type Remark, untouched } from "./groups.ts";
import type { Linker } from "./markdown-links.ts";
import { nodeCount, pace, surge } from "./pace.ts";
import * as phrases from "./phrases.ts";
import { verdict } from "./verdict.ts";

const icons: Readonly<Record<Effect, string>> = {
  rejected: "⛔",
  delete: "🗑️",
  replace: "🔴",
  "on-delete": "🟠",
  "inplace-drain": "🟠",
  unknown: "❓",
  create: "🟢",
  inplace: "🔵",
  scale: "🔵",
  "new-nodes-only": "⚪",
  none: "⚪",
};
export const icon = (effect: Effect): string => icons[effect];

/** A GitHub alert; other forges show it as a quote. The lines are Markdown already. */
export const alert = (kind: "CAUTION" | "WARNING" | "IMPORTANT" | "NOTE", lines: readonly string[]): string =>
  [`> [!${kind}]`, ...lines.map((line) => `> ${line}`)].join("\n");

/** A part that is shown folded. */
export const details = (summary: string, body: string): string =>
  `<details>\n<summary>${markdown(summary)}</summary>\n\n${body}\n\n</details>`;

/** "`prod/a`: `x`, `y`; `prod/b`: `z` and 3 more pools". */
export function poolList(pools: readonly PoolReport[], limit: number): string {
  const shown = pools.slice(0, limit);
  const text = Array.from(
    byCluster(shown),
    ([cluster, list]) => `${code(cluster)}: ${list.map(({ pool }) => code(pool, 80)).join(", ")}`,
  ).join("; ");
  const left = pools.length - shown.length;
  return left === 0 ? text : `${text} and ${phrases.amount(left, "more pool")}`;
}

const calm = ({ complete, pools }: Report): string => (complete ? (pools.some(phrases.waits) ? "⏸️" : "✅") : "⚠️");

/** The verdict in one sentence, as a heading. */
export function headline(report: Report): string {
  const { first, rest } = verdict(report);
  const mark = report.verdict === "none" ? calm(report) : icon(report.verdict);
  return `### ${mark} ${markdown(first)}${rest === "" ? "" : `\n\n${markdown(rest)}`}`;
}

const alerted = [
  ["rejected", "CAUTION"],
  ["delete", "CAUTION"],
  ["replace", "WARNING"],
] as const;
/** What says itself. */
const plain: ReadonlySet<Effect> = new Set<Effect>(["create", "scale", "none"]);

/** What the effects in the table mean that no box explains: a comment has readers who have never seen the list of effects. */
export function legend(report: Report): string {
  const pools = affected(report);
  const found = new Set([
    ...pools.map(({ effect, pending }) => pending?.effect ?? effect),
    ...pools.map(phrases.movement),
  ]);
  const isBoxed = (effect: Effect): boolean =>
    alerted.some(([one]) => one === effect) && pools.some((pool) => has(pool, effect));
  return [...found]
    .filter((effect) => !plain.has(effect) && !isBoxed(effect))
    .map((effect) => `**${effect}**: ${markdown(phrases.meaning(effect))}`)
    .join("<br>");
}

const has = (pool: PoolReport, effect: Effect): boolean =>
  pool.effect === effect || phrases.besideRefusal(pool) === effect;

/** Loud boxes for what cannot be taken back or does not happen at all. */
export function alerts(report: Report, names: number): string {
  const boxes: string[] = [];
  for (const [effect, kind] of alerted) {
    const pools = report.pools.filter((pool) => has(pool, effect));
    if (pools.length === 0) continue;
    const several =
      phrases.isRolling(effect) && pools.some(({ causes }) => causes.filter((one) => one.effect === effect).length > 1);
    boxes.push(
      alert(kind, [
        `**${effect}**: ${markdown(phrases.meaning(effect))}.`,
        poolList(pools, names),
        ...(several ? [markdown(phrases.rolledOnce)] : []),
      ]),
    );
  }
  return boxes.join("\n\n");
}

/** Why a pool has its effect, in a cell: the strongest reason, and how many more there are. */
function because(pool: PoolReport): string {
  const reasons = [
    ...new Set(
      happening(pool)
        .toSorted((a, b) => byStrength(a.effect, b.effect))
        .map((one) => one.because),
    ),
  ];
  const [first = ""] = reasons;
  const more = reasons.length > 1 ? ` (and ${phrases.amount(reasons.length - 1, "more reason")})` : "";
  const extra = [phrases.renaming(pool) ?? "", pool.pending?.reason ?? ""];
  return [markdown(first, 300) + more, ...extra.map((text) => markdown(text, 300))]
    .filter((text) => text !== "")
    .join("<br>");
}

/** What is short stays on one line; a long one would push the reasons out of sight. */
const unbroken = (text: string): string =>
  text.length > 16 ? markdown(text) : markdown(text).replaceAll(" ", "&nbsp;");

/** The namespace of a long name is on a line of its own: code is never broken, and would push the effects out of sight. */
function clusterCell(name: string): string {
  const end = name.length > 40 ? name.indexOf("/") + 1 : 0;
  return [name.slice(0, end), name.slice(end)]
    .filter((text) => text !== "")
    .map((text) => code(text, 64))
    .join("<br>");
}

const foldAbove = 40;

/** All rows of the table of pools, worst first, and how many pools each stands for. */
export function tableRows(report: Report): { readonly text: string; readonly pools: number }[] {
  return foldPools(affected(report), foldAbove, because).map(({ cluster, label, pool, pools }) => {
    const cells = [
      clusterCell(cluster),
      code(label, 64),
      `${icon(pool.pending?.effect ?? pool.effect)}&nbsp;${markdown(phrases.effectLabel(pool))}`,
      code(nodeCount(pool.nodes)),
      [code(surge(pool), 40), unbroken(pace(pool))].filter((text) => text !== "").join("<br>"),
      because(pool),
    ];
    return { text: `| ${cells.join(" | ")} |`, pools: pools.length };
  });
}
export const tableHead =
  "| Cluster | Pool | Effect | Nodes | Surge and pace | Because |\n| --- | --- | --- | --- | --- | --- |";

/** A table longer than a screen is folded: below it nobody would find the reasons, which are fewer. */
export const longTable = 30;

/** Pools that stay as they are, in one line. */
export function untouchedLine(report: Report): string {
  const list = untouched(report);
  return list.length === 0 || report.verdict === "none" ? "" : `Untouched (${list.length}): ${poolList(list, 20)}`;
}

/** What could not be read, or other remarks on the input. */
export function remarkList(list: readonly Remark[], linker: Linker, limit: number): string {
  const marks = { error: "❌", warning: "⚠️", notice: "ℹ️" } as const;
  const lines = list.slice(0, limit).map(({ severity, message, places }) => {
    const where = places.map(({ file, line }) => linker.place({ object: "", path: "", file, line, pools: [] }));
    return `- ${marks[severity]} ${phrases.placed(where, 5)}${markdown(message, 500)}`;
  });
  const left = list.length - lines.length;
  return (left > 0 ? [...lines, `- and ${phrases.amount(left, "more remark")}`] : lines).join("\n");
}
