import { hidden, valueText } from "./phrases.ts";
import { truncate } from "./escape.ts";

export interface Excerpt {
  readonly before: string;
  readonly after: string;
}

const context = 16;
const longEnough = 60;

/** How many units two texts have in common at their start, never ending inside a surrogate pair. */
function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let index = 0;
  while (index < most && one.charCodeAt(index) === other.charCodeAt(index)) index += 1;
  const last = one.charCodeAt(index - 1);
  return last >= 0xd800 && last <= 0xdbff ? index - 1 : index;
}

function from(text: string, start: number, limit: number): string {
  if (start === 0) return truncate(text, limit);
  const unit = text.charCodeAt(start);
  const aligned = unit >= 0xdc00 && unit <= 0xdfff ? start - 1 : start;
  return `…${truncate(text.slice(aligned), limit - 1)}`;
}

/**
 * Two values in at most `limit` code points each. Long ones begin shortly before they differ: in two image references or
 * two kubelet configurations the end is what a reader looks for.
 */
export function excerpt(before: string | null, after: string | null, limit: number): Excerpt {
  if (before === null || after === null || before === hidden || after === hidden) {
    return { before: truncate(valueText(before), limit), after: truncate(valueText(after), limit) };
  }
  const tooLong = Math.max(before.length, after.length) > Math.min(limit, longEnough);
  const shared = tooLong ? commonStart(before, after) : 0;
  const start = Math.max(0, shared - context);
  const skip = start > context && Math.max(before.length, after.length) > limit ? start : 0;
  return {
    before: skip === 0 ? truncate(valueText(before), limit) : from(before, skip, limit),
    after: skip === 0 ? truncate(valueText(after), limit) : from(after, skip, limit),
  };
}
