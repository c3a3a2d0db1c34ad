/** Whether a text begins with the first of some literals, ends with the last, and has the others between them in their order. */
export function fitsLiterals(text: string, [first = "", ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const literal of rest) {
    // As early as it goes, so that most is left for the next ones.
    const found = text.indexOf(literal, from);
    if (found === -1) return false;
    from = found + literal.length;
  }
  return text.length - from >= last.length && text.endsWith(last);
}
