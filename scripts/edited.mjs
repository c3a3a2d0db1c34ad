/** A text with some stretches replaced. */
export function edited(code, edits) {
  let text = code;
  for (const { start, end, text: now } of edits.toSorted((a, b) => b.start - a.start))
    text = text.slice(0, start) + now + text.slice(end);
  return text;
}
