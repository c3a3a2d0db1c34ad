import { commonEnd, commonStart } from "../report/common-text.ts";
import { hidden } from "../report/hidden.ts";
import { truncate } from "./escape.ts";
import { valueText } from "./phrases.ts";

interface Excerpt {
  readonly before: string;
  readonly after: string;
}

const context = 16;
/** Texts up to this length are shown whole. */
const longEnough = 100;

/** The piece from `start` to `end`, with `…` where something is left out, never cutting a surrogate pair. */
function piece(text: string, start: number, end: number, limit: number): string {
  const isTail = (index: number): boolean => (text.charCodeAt(index) & 0xfc00) === 0xdc00;
  const first = isTail(start) ? start - 1 : start;
  const last = isTail(end) ? end + 1 : end;
  const shown = `${first > 0 ? "…" : ""}${text.slice(first, last)}${last < text.length ? "…" : ""}`;
  return truncate(shown, limit);
}

/**
 * Two values in at most `limit` code points each. Of long ones only what differs is shown, with a little around it: in two
 * image references or two kubelet configurations that is what a reader looks for.
 */
export function excerpt(before: string | null, after: string | null, limit: number): Excerpt {
  if (before === null || after === null || before === hidden || after === hidden) {
    return { before: truncate(valueText(before), limit), after: truncate(valueText(after), limit) };
  }
  if (Math.max(before.length, after.length) <= Math.min(limit, longEnough)) {
    return { before: valueText(before), after: valueText(after) };
  }
  const same = commonStart(before, after);
  const tail = commonEnd(before, after, same);
  const start = same > 2 * context ? same - context : 0;
  const spare = tail > 2 * context ? tail - context : 0;
  return {
    before: before === "" ? valueText(before) : piece(before, start, before.length - spare, limit),
    after: after === "" ? valueText(after) : piece(after, start, after.length - spare, limit),
  };
}
