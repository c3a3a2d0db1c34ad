import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationName, misnamedConfiguration } from "../configuration/find.ts";
import type { Breach } from "../configuration/gates.ts";
import type { Written } from "../github/comments.ts";
import { hasEffect } from "../report/affected.ts";
import type { Report } from "../report/report.ts";
import { annotations } from "../views/annotations.ts";
import type { Acceptance, CommentOptions } from "../views/comment.ts";
import { markdown } from "../views/escape.ts";
import { renderJson } from "../views/json.ts";
import { renderMarkdown } from "../views/markdown.ts";
import type { Marker } from "../views/marker.ts";
import * as phrases from "../views/phrases.ts";
import { verdict } from "../views/verdict.ts";
import { acceptanceOf } from "./acceptance.ts";
import { outputsOf } from "./outputs.ts";
import type { Draft, Known } from "./publish.ts";
import type { ChangeRead } from "./read-change.ts";
import type { Judged, Start } from "./run.ts";
import type { ActionSettings } from "./settings.ts";
import { annotate, say, tell, writeOutputs, writeSummary } from "./workflow.ts";

/**
 * Below the runner's 1 MiB a step, in characters that may take three bytes (actions/runner FileCommandManager.cs
 * AttachmentSizeLimit).
 */
export const summaryBudget = 340_000;

/** Delivers a report as annotations, summary, comment, label and outputs; resolves to the exit code. */
export async function deliverReport(start: Start, { report, change, settings }: Judged): Promise<number> {
  const { event, context } = start;
  const key = settings.key ?? context.key;
  const commits = {
    base: change.base.revision,
    head: change.head.revision,
    repository: `${context.serverUrl}/${context.owner}/${context.repo}`,
  };
  const isUnreadable = !report.complete && report.diagnostics.some(({ severity }) => severity === "error");
  const breaches = await breachesIn(report, settings);
  const isNews = settings.comment === "always" || hasEffect(report);
  // GitHub is not called where there is no comment yet and none to write.
  const isQuiet = event.isFirst && !isNews && breaches.length === 0;
  const isAccepting = settings.acceptLabel !== undefined && breaches.length > 0;
  const known = await knownComments(start, key, !isQuiet && (settings.comment !== "never" || isAccepting));
  const acceptance = breaches.length > 0 ? accepted(start, settings.acceptLabel, report, newest(known)) : undefined;
  const isHeld = breaches.length > 0 && acceptance?.state !== "accepted";
  if (isHeld && acceptance !== undefined && known !== undefined && "refused" in known)
    say(
      "warning",
      `Whether somebody accepted these verdicts is not known: the comments could not be read (${known.refused}). The job needs pull-requests: write, or read in a merge queue.`,
    );
  if (start.access === undefined && event.pull !== undefined && settings.comment !== "never" && isNews)
    say("notice", "No comment was written, because the input github-token is empty.");
  const { fault } = change.next;
  const path = writeReport(context.temporary, report);
  if (settings.annotations) annotate(annotations(report));
  const options: CommentOptions = {
    key,
    commits: { ...commits, head: event.pull?.head ?? commits.head },
    run: context.run,
    notes: notesOf(change),
    ...(breaches.length === 0 ? {} : { gate: { hit: isHeld, reasons: breaches.map(sentence) } }),
    ...(acceptance === undefined ? {} : { acceptance }),
  };
  const notices = await noticesFor(options);
  const elsewhere = "see the report in the output report-path";
  writeSummary(() => renderMarkdown(report, { limit: summaryBudget, commits, elsewhere }, notices));
  const written =
    settings.comment === "never" || known === undefined
      ? undefined
      : await post(start, key, known, {
          render: await commentOf(report, options),
          isNews,
          accepted: acceptance?.state === "accepted" ? report.fingerprint : undefined,
        });
  if (settings.labels && written?.state !== "outdated") await label(start, report);
  writeOutputs({
    ...outputsOf(report, path),
    "comment-id": written !== undefined && "id" in written ? written.id : "",
  });
  tellOutcome({ report, change, settings }, { breaches, isHeld, isUnreadable, fault });
  return isHeld || isUnreadable || fault !== undefined || (settings.strict && !report.complete) ? 1 : 0;
}

/** Remarks for readers: how the change was read, and which configuration judged it. */
function notesOf({ changed, next, notes }: ChangeRead): readonly string[] {
  const after =
    next.fault !== undefined
      ? `the new one is wrong, and once this is merged no run would have a verdict: ${next.fault}`
      : next.isRemoved
        ? "once this is merged there is none, and no gate of it holds."
        : "the new one holds once this is merged.";
  const ofConfiguration =
    next.changed.length === 0
      ? []
      : [
          `${next.changed.join(", ")} ${next.changed.length === 1 ? "changes" : "change"} here too. It was judged by the configuration of the base; ${after}`,
        ];
  const ofName = changed.includes(misnamedConfiguration)
    ? [`${misnamedConfiguration} is not read under this name: call it ${configurationName}.`]
    : [];
  return [...notes, ...ofConfiguration, ...ofName];
}

/** Whether the check fails, and for what. */
interface Outcome {
  readonly breaches: readonly Breach[];
  /** Whether a gate is hit and was not accepted. */
  readonly isHeld: boolean;
  /** Whether part of the change could not be read. */
  readonly isUnreadable: boolean;
  /** What is wrong with the configuration in the head. */
  readonly fault: string | undefined;
}

/** Writes the verdict, and whatever fails the check, to the log. */
function tellOutcome({ report, change, settings }: Judged, { breaches, isHeld, isUnreadable, fault }: Outcome): void {
  const { first, rest } = verdict(report);
  tell(rest === "" ? first : `${first} ${rest}`);
  const { changed } = change;
  if (changed.length > 0 && !changed.some(settings.accepts))
    tell(`paths leaves out all that changed (${phrases.amount(changed.length, "file")}), so nothing was judged.`);
  if (isUnreadable)
    say("error", "Part of the change could not be read, so its effect is not known; see the other errors.");
  if (settings.strict && !report.complete && !isUnreadable)
    say("error", "strict: the report is not complete; see its diagnostics.");
  if (fault !== undefined) say("error", `The configuration that this change brings is wrong: ${fault}`);
  for (const breach of breaches)
    if (isHeld) say("error", sentence(breach));
    else tell(`${sentence(breach)} It was accepted with the label ${settings.acceptLabel}.`);
}

/** What the comment says about gates and the run goes into the summary too, for runs that write no comment. */
async function noticesFor(options: CommentOptions): Promise<readonly string[]> {
  const { gate, acceptance, notes = [] } = options;
  if (gate === undefined && acceptance === undefined && notes.length === 0) return [];
  return (await import("../views/comment.ts")).noticesOf(options);
}

async function commentOf(report: Report, options: CommentOptions): Promise<(budget: number) => string> {
  const { renderComment } = await import("../views/comment.ts");
  return (budget) => renderComment(report, { ...options, budget });
}

/** Delivers the reasons why there is no report. An older comment is corrected: its verdict was that of an older state. */
export async function deliverFailure(
  start: Start,
  messages: readonly string[],
  settings: ActionSettings | undefined,
): Promise<void> {
  const { event, context, inputs } = start;
  const key = settings?.key ?? inputs["comment-key"] ?? context.key;
  const list = messages.map((message) => `- ${markdown(message, 2000)}`).join("\n");
  writeSummary(() => `### No verdict\n\n${list}\n`);
  const known = await knownComments(start, key, (settings?.comment ?? inputs.comment) !== "never");
  if (known === undefined) return;
  const commits = { head: event.pull?.head };
  const { renderFailure } = await import("../views/comment.ts");
  await post(start, key, known, {
    render: () => renderFailure(messages, { key, commits, run: context.run }),
    isNews: false,
    // Nothing is known of other verdicts: those that were accepted still are.
    accepted: newest(known)?.accepted,
  });
}

async function breachesIn(report: Report, { failOn, gates }: ActionSettings): Promise<readonly Breach[]> {
  if (failOn.length === 0 && gates.length === 0) return [];
  return (await import("../configuration/gates.ts")).breachesOf(report, { failOn, anyEffect: false, gates });
}

const sentence = ({ gate, because }: Breach): string => `Gate ${gate}: ${because}.`;

/** The comments on the pull request of this run. A merge queue reads them for the acceptance, and writes none. */
async function knownComments({ access, event }: Start, key: string, isAsked: boolean): Promise<Known | undefined> {
  const number = event.pull?.number ?? event.queued;
  if (number === undefined || access === undefined || !isAsked) return undefined;
  const { findComments } = await import("./publish.ts");
  return await findComments(await access(), number, key);
}

function newest(known: Known | undefined): Marker | undefined {
  return known === undefined || "refused" in known ? undefined : known.comments[0]?.marker;
}

function accepted(
  { event }: Start,
  label: string | undefined,
  report: Report,
  last: Marker | undefined,
): Acceptance | undefined {
  if (label === undefined) return undefined;
  if (event.pull !== undefined) return acceptanceOf(label, report.fingerprint, event.pull, last);
  return last?.accepted === report.fingerprint ? { label, state: "accepted" } : { label, state: "possible" };
}

async function post(start: Start, key: string, known: Known, draft: Draft): Promise<Written | undefined> {
  const { access, event } = start;
  if (access === undefined || event.pull === undefined) return undefined;
  const { publish } = await import("./publish.ts");
  const written = await publish(await access(), event.pull.number, key, known, draft);
  if (written?.state === "refused")
    say(
      "notice",
      `The comment was not written (${written.because}). With a read-only token, as for forks and Dependabot, the summary and the annotations say the same.`,
    );
  if (written?.state === "outdated") tell("A newer run has commented already; its comment stays.");
  return written;
}

async function label({ access, event }: Start, report: Report): Promise<void> {
  if (access === undefined || event.pull === undefined) return;
  const { labelVerdict } = await import("./publish.ts");
  const because = await labelVerdict(await access(), event.pull.number, event.pull.labels, report.verdict);
  if (because !== undefined) say("notice", `The label was not set (${because}).`);
}

/** In a folder of its own: another step of the job may write one too. */
function writeReport(folder: string, report: Report): string {
  mkdirSync(folder, { recursive: true });
  const path = join(mkdtempSync(join(folder, "will-it-roll-")), "will-it-roll-report.json");
  writeFileSync(path, renderJson(report));
  return path;
}
