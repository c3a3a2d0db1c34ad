import type { Report } from "../report/report.ts";
import { poolsIn, withinBudget, type Part, type Rows } from "./budget.ts";
import { code, markdown } from "./escape.ts";
import { fieldDiffs } from "./field-diffs.ts";
import { remarksOf } from "./groups.ts";
import { linker as linkerOf, type Commits } from "./markdown-links.ts";
import * as parts from "./markdown-parts.ts";
import { checked, reasons, short, unbounded } from "./markdown-reasons.ts";
import { fanOutPicture } from "./mermaid.ts";
import * as phrases from "./phrases.ts";

interface MarkdownOptions {
  /** The most characters (UTF-16 units); absent: as long as it gets. */
  readonly limit?: number;
  readonly commits?: Commits | undefined;
  /** Where what is left out can be read. */
  readonly elsewhere?: string;
  /** For a reader who meets it among other things: where very many places changed, only some are named. */
  readonly isBrief?: boolean;
}

/** The report as GitHub Flavored Markdown: for a file, or a job summary (whose limit is 1 MiB a step). */
export function renderMarkdown(report: Report, options: MarkdownOptions = {}, notices: readonly string[] = []): string {
  return `${withinBudget(markdownParts(report, options, notices), (options.limit ?? Infinity) - 1)}\n`;
}

/** The parts of a report in their order. `notices` are Markdown already and are after the first sentence. */
export function markdownParts(report: Report, options: MarkdownOptions, notices: readonly string[]): (Part | Rows)[] {
  const linker = linkerOf(report, options.commits);
  const elsewhere = options.elsewhere ?? "see the JSON report";
  const nothing = (): string => "";
  const rows = parts.tableRows(report);
  const remarks = remarksOf(report);
  const isShortened = options.isBrief === true && countPlaces(report) > mostPlaces;
  return [
    { forms: [() => parts.headline(report)] },
    ...notices.map((notice): Part => ({ forms: [() => notice] })),
    { forms: [() => banner(report)] },
    {
      forms: [() => parts.remarkList(remarks.first, linker, 20), () => parts.remarkList(remarks.first, linker, 3)],
      yields: 70,
    },
    { forms: [() => parts.alerts(report, 20), () => parts.alerts(report, 5)], yields: 60, outlastsRows: true },
    {
      head: parts.tableHead,
      rows,
      fewest: parts.longTable,
      ...(rows.length > parts.longTable ? { closed: (shown: number) => tableTitle(shown, poolsIn(rows)) } : {}),
      left: (count) => `**${markdown(phrases.notShown(count, elsewhere))}**`,
    },
    { forms: [() => parts.legend(report), nothing], yields: 35 },
    { forms: [() => parts.untouchedLine(report), nothing], yields: 40 },
    { forms: [() => picture(report, rows.length > parts.longTable), nothing], yields: 30 },
    {
      forms: [
        ...(isShortened ? [] : [() => reasons(report, linker, unbounded)]),
        () => `${reasons(report, linker, short)}\n\n${markdown(`Shortened: ${elsewhere}.`)}`,
        () => reasons(report, linker, { groups: 5, places: 1, pools: 5 }),
      ],
      yields: 50,
      outlastsRows: true,
    },
    { forms: [() => checked(report, linker, short), nothing], yields: 20 },
    {
      forms: [
        () => fieldDiffs(report, { objects: 50, lines: 60 }),
        () => fieldDiffs(report, { objects: 5, lines: 20 }),
        nothing,
      ],
      yields: 10,
    },
    {
      forms: [() => parts.remarkList(remarks.last, linker, 50), () => parts.remarkList(remarks.last, linker, 5)],
      yields: 45,
    },
    { forms: [() => footer(report, options)] },
  ];
}

/** Beside a long table the picture is a screen or two by itself, and closed like that. */
function picture(report: Report, isClosed: boolean): string {
  const drawn = fanOutPicture(report);
  return drawn === "" || !isClosed ? drawn : parts.details("Which change reaches which pools", drawn);
}

/** Up to so many places are searched one after the other; more are looked up. */
const mostPlaces = 60;
const countPlaces = (report: Report): number => report.pools.reduce((sum, { causes }) => sum + causes.length, 0);
const tableTitle = (shown: number, total: number): string =>
  `Table of ${shown < total ? `${shown} of ` : ""}${phrases.amount(total, "pool")}`;

const banner = ({ complete, shard }: Report): string =>
  [
    ...(shard === undefined ? [] : [parts.alert("WARNING", [`**${markdown(phrases.partBanner(shard))}**`])]),
    ...(complete ? [] : [parts.alert("CAUTION", [`**${markdown(phrases.incompleteBanner)}**`])]),
  ].join("\n\n");

/** The id of a commit, or its parent, as the Action names its sides: the link beside it says the same in short. */
const commitExpression = /^[0-9a-f]{40,64}(?:\^1)?$/;

function footer(report: Report, { commits }: MarkdownOptions): string {
  const linker = linkerOf(report, commits);
  const side = ({ label, revision }: Report["base"], given: string | undefined): string => {
    const commit = linker.commit(given ?? revision);
    const name = commitExpression.test(label) && commit !== "" ? "" : code(label, 80);
    return [name, commit].filter((text) => text !== "").join(" ");
  };
  const judged = phrases.judgedBy(report);
  const words = [
    `${report.tool.name} ${markdown(report.tool.version, 40)}`,
    ...(judged === "" ? [] : [`judged by ${markdown(judged, 600)}`]),
    `${side(report.base, commits?.base)} → ${side(report.head, commits?.head)}`,
    "a prediction from the manifests",
  ];
  return `<sub>${words.join(" · ")}</sub>`;
}
