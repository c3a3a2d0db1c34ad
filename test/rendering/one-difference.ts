import { isDeepStrictEqual } from "node:util";
import type { Report } from "../../src/index.ts";

/** One of the members in which two values differ, as the second has it: a change of one thing at a time. */
export function differenceOf<Whole extends object>(base: Whole, other: Whole, which: number): Partial<Whole> {
  const differing = Object.entries(other).filter(
    ([name, value]) => !isDeepStrictEqual(base[name as keyof Whole], value),
  );
  return Object.fromEntries(differing.slice(which % Math.max(1, differing.length)).slice(0, 1)) as Partial<Whole>;
}

/** The pools to which anything happens, and what. */
export const touched = ({ pools }: Report): string[] =>
  pools
    .filter(({ effect, pending }) => effect !== "none" || pending !== null)
    .map(({ namespace, cluster, pool, effect, pending }) =>
      [namespace, cluster, pool, effect, pending?.effect ?? ""].join(" "),
    );
