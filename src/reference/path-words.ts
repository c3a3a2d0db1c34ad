import type { Table } from "../rules/merge.ts";
import { asPaths, parsePath } from "../rules/path.ts";
import { isDerived } from "../rules/places.ts";
import type { Path } from "../rules/words.ts";

/** Paths as people write them: `spec.provider.workers[].machine.type`. */
export type PathWords = (paths: Path | readonly Path[]) => string[];

const dotted = (segments: readonly string[]): string =>
  segments.reduce((text, segment) => {
    if (segment === "*") return `${text}[]`;
    const plain = /^[A-Za-z0-9_$-]+$/.test(segment);
    return plain ? (text === "" ? segment : `${text}.${segment}`) : `${text}["${segment}"]`;
  }, "");

/** How the paths of a table are said, with its variables and roots resolved. */
export function pathWordsOf(table: Table): PathWords {
  const clusterKind =
    table.pools.cluster?.kind ?? table.objects.find(({ role }) => role === "cluster")?.kind ?? "cluster";
  const poolKind = table.pools.kind ?? "pool";
  const { at } = table.pools;
  const defaultRoot = at === undefined ? "pool" : "cluster";
  /** Where the pools stand in a cluster, if they are in one. */
  const poolsAt = at === undefined ? undefined : [...parsePath(at, defaultRoot).segments, "*"];

  const words = (path: Path, item: string | undefined): string[] => {
    const { root, segments } = parsePath(path, defaultRoot);
    const below = dotted(segments);
    if (root === "item") return [item === undefined ? `item.${below}` : below === "" ? item : `${item}.${below}`];
    if (root === "pool")
      return [poolsAt === undefined ? `${poolKind} ${below}`.trim() : dotted([...poolsAt, ...segments])];
    if (root === "cluster") return [poolsAt !== undefined && below !== "" ? below : `${clusterKind} ${below}`.trim()];
    const reference = table.references.find(({ id }) => id === root);
    if (reference !== undefined) return [`${reference.kind} ${below}`.trim()];
    const variable = table.let[root];
    if (variable === undefined) return [path];
    return asPaths(isDerived(variable) ? variable.reads : variable)
      .flatMap((place) => words(place, item))
      .map((place) => (below === "" ? place : `${place}.${below}`));
  };
  return (paths) => [...new Set(asPaths(paths).flatMap((path) => words(path, undefined)))];
}
