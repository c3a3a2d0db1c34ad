/**
 * The lines of a text in blocks, as YAML is indented, in which one of some words stands: what is below a key with it, and what
 * is beside a value with it. Words in small letters stand for those in any; comments are passed over. For texts that cannot be
 * read otherwise.
 */
export function blocksAround(text: string, words: readonly string[]): string[] {
  const lines = text.split("\n").filter((line) => /^\s*[^\s#]/.test(line));
  const indents = lines.map((line) => line.search(/\S/));
  const ends = endsOf(indents);
  const kept = new Set<number>();
  const above: number[] = [];
  const endsAt = new Map<number, number>();
  for (const [at, line] of lines.entries()) {
    while (above.length > 0 && indents[above.at(-1)!]! >= indents[at]!) above.pop();
    const parent = above.at(-1) ?? -1;
    above.push(at);
    if (!words.some((word) => line.includes(word) || line.toLowerCase().includes(word))) continue;
    const isLeaf = ends[at] === at + 1;
    const [start, end] = isLeaf ? [parent + 1, parent === -1 ? lines.length : ends[parent]!] : [at, ends[at]!];
    // Each of many values beside one another would keep all of them.
    if ((endsAt.get(start) ?? 0) >= end) continue;
    endsAt.set(start, end);
    for (let one = start; one < end; one += 1) kept.add(one);
  }
  return lines.filter((_, at) => kept.has(at));
}

/** For each line, the first one behind it that is not deeper. */
function endsOf(indents: readonly number[]): number[] {
  const ends = indents.map(() => indents.length);
  const open: number[] = [];
  for (const [at, indent] of indents.entries()) {
    while (open.length > 0 && indents[open.at(-1)!]! >= indent) ends[open.pop()!] = at;
    open.push(at);
  }
  return ends;
}
