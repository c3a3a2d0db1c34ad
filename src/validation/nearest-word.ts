/**
 * How many letters must be added, removed, replaced or swapped with their neighbour to get from `a` to `b`. Takes time in the
 * product of their lengths.
 */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) best = Math.min(best, (beforeLast[column - 2] ?? 0) + 1);
      current.push(best);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}

/** Longer words than this are no typing errors of ours, and are not compared. */
const longestWord = 64;

/** `fail-on` and `failOn` are one word to somebody who mistypes. */
const plain = (word: string): string => word.toLowerCase().replaceAll(/[-_]/g, "");

/** The known word that somebody most probably meant; undefined when none is near. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  if (word.length > longestWord) return undefined;
  const typed = plain(word);
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const other = plain(candidate);
    if (Math.abs(other.length - typed.length) > allowed) continue;
    const found = distance(typed, other);
    if (found <= allowed && (best === undefined || found < best.distance)) best = { word: candidate, distance: found };
  }
  return best?.word;
}

/** ` (did you mean "x"?)`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
}
