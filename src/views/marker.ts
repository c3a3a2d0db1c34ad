import { percentEncoded } from "./escape.ts";

/**
 * The hidden first line of a comment: whose it is, and what it says, so that a later run finds it and an older one leaves
 * it alone. A stranger's text is escaped before it gets into a comment, so only the first line can be a marker.
 */
export interface Marker {
  /** Which of several instances in one repository wrote the comment. */
  readonly key: string;
  /** The report's fingerprint; an acceptance holds for it alone. Empty where no report could be made. */
  readonly fingerprint: string;
  /** The commit that was judged. */
  readonly head: string;
  readonly run: MarkerRun;
  /** The fingerprint that somebody accepted, when somebody did. */
  readonly accepted?: string;
}
export interface MarkerRun {
  /** `GITHUB_RUN_NUMBER` and `GITHUB_RUN_ATTEMPT`. */
  readonly number: number;
  readonly attempt: number;
  /** When the run began: ISO 8601, UTC. */
  readonly time: string;
}

const name = "will-it-roll";
/** Nothing that ends an HTML comment or begins another word: `-` pairs and `>` are encoded. */
const encode = (text: string): string => percentEncoded(text, /[!'()*]/g).replaceAll("--", "%2D%2D");

/** What every comment of this key begins with; comments are searched for it. */
export const markerStart = (key: string): string => `<!-- ${name}:${encode(key)} `;

export function encodeMarker({ key, fingerprint, head, run, accepted }: Marker): string {
  const words = {
    fingerprint,
    head,
    run: String(run.number),
    attempt: String(run.attempt),
    time: run.time,
    ...(accepted === undefined ? {} : { accepted }),
  };
  const text = Object.entries(words)
    .map(([word, value]) => `${word}=${encode(value)}`)
    .join(" ");
  return `${markerStart(key)}${text} -->`;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The marker in a comment's first line, or nothing where it is no comment of ours or its marker was edited. */
export function decodeMarker(body: string): Marker | undefined {
  const found = /^<!-- will-it-roll:(\S*) ([\w=%.~ -]*) -->\s*(?:\n|$)/.exec(
    body.slice(0, 4096).replace(/\r\n/g, "\n"),
  );
  if (found === null) return undefined;
  const words = new Map(
    (found[2] ?? "").split(" ").map((word): [string, string] => {
      const equals = word.indexOf("=");
      return [word.slice(0, equals), word.slice(equals + 1)];
    }),
  );
  const key = decoded(found[1]);
  const fingerprint = decoded(words.get("fingerprint"));
  const head = decoded(words.get("head"));
  const time = decoded(words.get("time"));
  const number = Number(words.get("run"));
  const attempt = Number(words.get("attempt"));
  if (key === undefined || fingerprint === undefined || head === undefined || time === undefined) return undefined;
  if (!Number.isSafeInteger(number) || !Number.isSafeInteger(attempt)) return undefined;
  const accepted = decoded(words.get("accepted"));
  const marker = { key, fingerprint, head, run: { number, attempt, time } };
  return accepted === undefined ? marker : { ...marker, accepted };
}

/**
 * True when a comment of run `one` must stay in place of one of run `other`. Numbers count the runs of a workflow, so a
 * re-run of an old run, which judges the old commit again, is still older; the time decides where numbers are equal.
 */
export function isNewer(one: MarkerRun, other: MarkerRun): boolean {
  if (one.number !== other.number) return one.number > other.number;
  if (one.attempt !== other.attempt) return one.attempt > other.attempt;
  return one.time > other.time;
}
