/**
 * Which targets an answer hangs on. A question is asked through one set for a whole run; `tracked` tells which of them a
 * piece of work asked, and leaves the set as if it had been asked directly.
 */
export type AskedTargets = Set<string>;

export interface Tracked<T> {
  readonly value: T;
  readonly asked: ReadonlySet<string>;
}

export function tracked<T>(asked: AskedTargets, work: () => T): Tracked<T> {
  const before = [...asked];
  asked.clear();
  const value = work();
  const own = new Set(asked);
  for (const name of before) asked.add(name);
  return { value, asked: own };
}
