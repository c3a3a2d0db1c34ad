export interface CpuRange {
  readonly first: number;
  readonly last: number;
}

/** k8s.io/utils/cpuset Parse: numbers and ranges, without blanks. */
export function readCpus(text: string): readonly CpuRange[] | undefined {
  if (text === "") return [];
  const ranges: CpuRange[] = [];
  for (const part of text.split(",")) {
    const [, first, last = first] = /^(\+?\d+)(?:-([+-]?\d+))?$/.exec(part) ?? [];
    if (first === undefined || Number(first) > Number(last)) return undefined;
    ranges.push({ first: Number(first), last: Number(last) });
  }
  return ranges;
}

/** The ranges of a set one after the other, what touches joined. */
function joinedCpus(text: string): readonly CpuRange[] {
  const joined: CpuRange[] = [];
  for (const range of (readCpus(text) ?? []).toSorted((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before === undefined || range.first > before.last + 1) joined.push(range);
    else joined[joined.length - 1] = { first: before.first, last: Math.max(before.last, range.last) };
  }
  return joined;
}

/** k8s.io/utils/cpuset String: `0-3,8`. */
export const cpusText = (text: string): string =>
  joinedCpus(text)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`))
    .join(",");

export const cpuCount = (text: string): number =>
  joinedCpus(text).reduce((sum, { first, last }) => sum + last - first + 1, 0);
