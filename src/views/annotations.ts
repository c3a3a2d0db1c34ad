import type { Report } from "../report/report.ts";
import type { Effect } from "../rules/words.ts";
import { truncate, visible } from "./escape.ts";
import { excerpt } from "./excerpt.ts";
import { affected, groupCauses, happening, poolNames, type CauseGroup, type Place } from "./groups.ts";
import * as phrases from "./phrases.ts";

type AnnotationLevel = "error" | "warning" | "notice";

/** What a check shows beside a changed line. The texts hold no control characters; the writer escapes for its protocol. */
export interface Annotation {
  readonly level: AnnotationLevel;
  readonly file: string | null;
  readonly line: number | null;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten of each level a step and drops the rest without a word (reviewdog comment_writer.go). */
export const mostPerLevel = 10;
/** Below the runner's 4096 (actions/runner ExecutionContext.cs _maxIssueMessageLength). */
export const longestMessage = 3000;
export const longestTitle = 200;

const levels: Readonly<Record<Effect, AnnotationLevel>> = {
  rejected: "error",
  delete: "warning",
  replace: "warning",
  "on-delete": "warning",
  "inplace-drain": "warning",
  unknown: "warning",
  create: "notice",
  inplace: "notice",
  scale: "notice",
  "new-nodes-only": "notice",
  none: "notice",
};

/** The worst first; at each level the last one stands for all that do not fit. */
export function annotations(report: Report): Annotation[] {
  const all = [
    ...report.diagnostics.filter(({ severity }) => severity === "error").map(ofDiagnostic),
    ...groupCauses(affected(report), happening).flatMap((group) => group.places.map((place) => ofPlace(group, place))),
    ...report.diagnostics.filter(({ severity }) => severity !== "error").map(ofDiagnostic),
  ];
  return (["error", "warning", "notice"] as const).flatMap((level) =>
    within(
      level,
      all.filter((one) => one.level === level),
    ),
  );
}

function within(level: AnnotationLevel, list: readonly Annotation[]): Annotation[] {
  if (list.length <= mostPerLevel) return [...list];
  const shown = list.slice(0, mostPerLevel - 1);
  const left = list.length - shown.length;
  const message = `${phrases.amount(left, "more finding")} of this level: see the job summary or the report.`;
  return [...shown, { level, file: null, line: null, title: `${left} more`, message }];
}

/** Cut before the unseen is written out, so that a megabyte costs nothing, and after it, because that takes room. */
const bounded = (text: string, limit: number): string => truncate(visible(truncate(text, limit)), limit);

const ofDiagnostic = ({ severity, code, message, file, line }: Report["diagnostics"][number]): Annotation => ({
  level: severity,
  file,
  line,
  title: bounded(code, longestTitle),
  message: bounded(message, longestMessage),
});

function ofPlace(group: CauseGroup, place: Place): Annotation {
  const [first] = place.pools;
  const waiting = place.pools.every(phrases.waits) ? ", not yet" : "";
  const who = place.pools.length === 1 ? (first?.pool ?? "") : phrases.amount(place.pools.length, "pool");
  const values = excerpt(group.before, group.after, 120);
  const change = phrases.isHidden(group) ? phrases.hiddenChange : `${values.before} -> ${values.after}`;
  const isChange = group.before !== null || group.after !== null;
  const lines = [
    `${group.because}.`.replace(/([.!?])\.$/, "$1"),
    ...(isChange ? [`${place.path}: ${change}`] : place.path === "" ? [] : [place.path]),
    ...(group.instead === undefined ? [] : [`Instead: ${group.instead}`]),
    ...poolNames(place.pools),
  ];
  return {
    level: levels[group.effect],
    file: place.file,
    line: place.line,
    title: bounded(`${group.effect}${waiting}: ${who}`, longestTitle),
    message: truncate(lines.map((line) => bounded(line, longestMessage)).join("\n"), longestMessage),
  };
}
