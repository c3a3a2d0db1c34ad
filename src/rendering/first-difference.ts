/** The first line in which a file differs from another one, the last one where only lines at the end are missing. */
export function firstDifference(bytes: Buffer, before: Buffer): number | undefined {
  if (bytes.equals(before)) return undefined;
  const [lines, old] = [bytes, before].map((one) => one.toString("utf8").split("\n")) as [string[], string[]];
  const place = lines.findIndex((line, at) => line !== old[at]);
  return Math.max(1, Math.min(place === -1 ? lines.length : place + 1, lines.length));
}
