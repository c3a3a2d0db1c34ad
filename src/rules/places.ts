import { conditionPaths } from "./conditions.ts";
import type { Table } from "./merge.ts";
import { asPaths, type ParsedPath, parsePath } from "./path.ts";
import type { InputRow, ValueRow } from "./rows.ts";
import type { DerivedVariable } from "./table.ts";
import type { Path } from "./words.ts";

/** Where a row looks. */
export interface RowPlaces {
  /** Changes that the row answers for. */
  readonly claims: readonly ParsedPath[];
  /** Changes after which the row must be evaluated again: its claims and all that its value and conditions read. */
  readonly depends: readonly ParsedPath[];
}

/** Resolves variables to the places behind them. */
export class Places {
  readonly #table: Table;
  readonly #defaultRoot: string;
  constructor(table: Table, defaultRoot: string) {
    this.#table = table;
    this.#defaultRoot = defaultRoot;
  }

  /** The places that a path may mean: several when it starts at a variable, `$item` at the list around it. */
  claims(paths: readonly Path[], item: readonly ParsedPath[]): ParsedPath[] {
    return paths.flatMap((path) => {
      const parsed = parsePath(path, this.#defaultRoot);
      if (parsed.root === "item") return item.map((list) => below(list, ["*", ...parsed.segments]));
      const variable = this.#table.let[parsed.root];
      if (variable === undefined) return [parsed];
      if (isDerived(variable)) return this.claims(variable.reads, item);
      return this.claims(asPaths(variable), item).map((place) => below(place, parsed.segments));
    });
  }

  /** `at` names places that count alone, so a variable, which stands for the first of several, is no place. */
  requireFixed(path: Path): void {
    const { root } = parsePath(path, this.#defaultRoot);
    if (this.#table.let[root] !== undefined || root === "item")
      throw new Error(`"at: ${path}" cannot start at a variable: use "from" for an effective value`);
  }

  /** As `claims`; but a variable counts as a whole, since the place that it stands for may move. */
  depends(paths: readonly Path[], item: readonly ParsedPath[]): ParsedPath[] {
    return paths.flatMap((path) => {
      const parsed = parsePath(path, this.#defaultRoot);
      const variable = this.#table.let[parsed.root];
      if (variable === undefined || parsed.root === "item") return this.claims([path], item);
      return this.depends(isDerived(variable) ? variable.reads : asPaths(variable), item);
    });
  }
}

/** A default and what decides whether it applies: more than its own place may change what a rule reads there. */
interface DefaultPlace {
  readonly at: ParsedPath;
  /** What its condition reads, and the object in which it is if that may be absent. */
  readonly dependsOn: readonly ParsedPath[];
}

/** Whether one of two patterns is at or above the other. */
const isAbove = (above: ParsedPath, place: ParsedPath): boolean =>
  above.root === place.root &&
  above.segments.length <= place.segments.length &&
  above.segments.every((segment, index) => {
    const other = place.segments[index];
    return segment === other || segment === "*" || other === "*";
  });

/** The defaults of a table, for `throughDefaults`. */
export const defaultPlaces = (table: Table, places: Places): DefaultPlace[] =>
  table.defaults.map((row): DefaultPlace => {
    const [at] = places.claims([row.at], []);
    const parent = at?.segments.slice(0, -1) ?? [];
    const inObject = row.parents !== "create" && parent.length > 1 && at !== undefined;
    return {
      at: at ?? { root: "", segments: [] },
      dependsOn: [
        ...places.depends([...conditionPaths(row.when), ...asPaths(row.from)], []),
        ...(inObject ? [{ root: at.root, segments: parent }] : []),
      ],
    };
  });

/**
 * What a rule's places depend on through defaults: a default for a whole object goes when any part of the object is written,
 * one inside an object comes with the object, and one under a condition with what the condition reads.
 */
export const throughDefaults = (defaults: readonly DefaultPlace[], reads: readonly ParsedPath[]): ParsedPath[] =>
  defaults.flatMap(({ at, dependsOn }) => {
    const inside = reads.some((place) => isAbove(at, place) && place.segments.length > at.segments.length);
    const touched = inside || reads.some((place) => isAbove(place, at));
    return touched ? [...(inside ? [at] : []), ...dependsOn] : [];
  });

/** Whether a variable of `let` is a value that a function computes. */
export const isDerived = (variable: Table["let"][string]): variable is DerivedVariable =>
  typeof variable === "object" && !Array.isArray(variable);

const below = (place: ParsedPath, segments: readonly string[]): ParsedPath => ({
  root: place.root,
  segments: [...place.segments, ...segments],
});

export function inputPlaces(places: Places, row: InputRow, item: readonly ParsedPath[]): RowPlaces {
  const value = valuePlaces(places, row, item);
  if (row.each === undefined) return value;
  const list = places.claims([row.each], item);
  const inner = (row.inputs ?? []).map((input) => inputPlaces(places, input, list));
  const { sort } = row;
  const order = sort === undefined ? [] : list.map((place) => below(place, ["*", sort]));
  return {
    claims: [...value.claims, ...order, ...inner.flatMap(({ claims }) => claims)],
    depends: [...value.depends, ...places.depends([row.each], item), ...inner.flatMap(({ depends }) => depends)],
  };
}

export function valuePlaces(
  places: Places,
  row: ValueRow & { readonly at?: Path | readonly Path[] },
  item: readonly ParsedPath[] = [],
) {
  for (const path of asPaths(row.at)) places.requireFixed(path);
  const read = [...asPaths(row.from), ...asPaths(row.at), ...(row.reads ?? [])];
  const claims = places.claims([...read, ...(row.claims ?? [])], item);
  return { claims, depends: [...claims, ...places.depends([...read, ...conditionPaths(row.when)], item)] };
}
