import type { Report } from "../report/report.ts";
import { withinBudget } from "./budget.ts";
import { code, markdown, truncate } from "./escape.ts";
import type { Commits } from "./markdown-links.ts";
import { alert } from "./markdown-parts.ts";
import { markdownParts } from "./markdown.ts";
import { encodeMarker, type MarkerRun } from "./marker.ts";
import { amount } from "./phrases.ts";

/** GitHub takes 65,536 characters; the rest is room for what a forge or a proxy adds. */
export const commentBudget = 60_000;

/** What the gate of a required check found. */
interface CommentGate {
  readonly hit: boolean;
  /** Which limits were hit, one plain sentence each. */
  readonly reasons: readonly string[];
}

/** Whether somebody accepted the verdicts by setting the label. */
export interface Acceptance {
  readonly label: string;
  /** `lapsed`: accepted once, but the verdicts have changed since. */
  readonly state: "accepted" | "lapsed" | "possible";
  readonly by?: string;
}

export interface CommentOptions {
  readonly key: string;
  readonly budget?: number;
  readonly gate?: CommentGate | undefined;
  readonly acceptance?: Acceptance | undefined;
  readonly commits?: Commits | undefined;
  readonly run?: MarkerRun | undefined;
  /** Further plain sentences for the reader: that the configuration changes in this pull request, say. */
  readonly notes?: readonly string[];
  /** Where what is left out can be read. */
  readonly elsewhere?: string;
}

const noRun: MarkerRun = { number: 0, attempt: 0, time: "" };

/**
 * The comment on a pull request: hidden marker, one sentence, then as much as the budget holds, the table of pools last to go.
 */
export function renderComment(report: Report, options: CommentOptions): string {
  const { key, commits, elsewhere = "see the job summary" } = options;
  const head = truncate(commits?.head ?? report.head.revision ?? "", 64);
  const marker = encodeMarker({ key, fingerprint: report.fingerprint, head, run: options.run ?? noRun });
  const parts = markdownParts(report, { commits, elsewhere, isBrief: true }, noticesOf(options));
  return `${marker}\n${withinBudget(parts, (options.budget ?? commentBudget) - marker.length - 2)}\n`;
}

/** The comment where no report could be made; it takes the place of an older one, which would now be a lie. */
export function renderFailure(messages: readonly string[], options: CommentOptions): string {
  const marker = encodeMarker({
    key: options.key,
    fingerprint: "",
    head: options.commits?.head ?? "",
    run: options.run ?? noRun,
  });
  const shown = messages.slice(0, 20).map((message) => `- ${markdown(message, 500)}`);
  const left = messages.length - shown.length;
  const list = left > 0 ? [...shown, `- and ${amount(left, "more error")}`] : shown;
  return `${marker}\n### ❌ No verdict: the manifests could not be judged.\n\n${list.join("\n")}\n\nWhat this change does to nodes is not known until this is fixed.\n`;
}

/** What the reader is to know of gates, acceptance and the run, as Markdown that is after the first sentence. */
export function noticesOf({ gate, acceptance, notes = [] }: CommentOptions): string[] {
  const lines: string[] = [];
  const hit = gate?.hit === true;
  if (hit) {
    const reasons = firstOf(gate.reasons, 300, "more reason");
    lines.push(`**The check fails**: ${reasons.join(" ")}`);
  }
  if (acceptance !== undefined) {
    const label = code(acceptance.label, 100);
    const by = acceptance.by === undefined ? "" : ` by ${code(acceptance.by, 60)}`;
    const sentences = {
      accepted: `Accepted${by} with the label ${label}; this holds until the verdicts change.`,
      lapsed: `The verdicts have changed since the label ${label} was set${by}: the acceptance has lapsed. Remove the label and set it again to accept these.`,
      possible: `To accept these verdicts and let the check pass, set the label ${label}.`,
    };
    lines.push(sentences[acceptance.state]);
  }
  const boxes =
    lines.length === 0
      ? []
      : [
          alert(
            hit || acceptance?.state === "lapsed" ? "IMPORTANT" : "NOTE",
            lines.flatMap((line, index) => (index === 0 ? [line] : ["", line])),
          ),
        ];
  return [...boxes, ...firstOf(notes, 500, "more note")];
}

/** The first texts of one sort; a last line counts the rest. */
export const mostTexts = 10;

function firstOf(texts: readonly string[], length: number, rest: string): string[] {
  const shown = texts.slice(0, mostTexts).map((text) => markdown(text, length));
  const left = texts.length - shown.length;
  return left > 0 ? [...shown, `and ${amount(left, rest)}.`] : shown;
}
