import type { NamedFunctions } from "./functions.ts";
import type { Table } from "./merge.ts";
import { type ParsedPath, parsePath } from "./path.ts";
import { PathIndex } from "./path-index.ts";
import { Registry } from "./registry.ts";
import type { Rule } from "./rule.ts";
import type { Condition, ConditionRow, InputRow, Path, ValueRow } from "./table.ts";

/** A table that is ready to run. */
export interface CompiledTable extends Table {
  readonly registry: Registry;
  /** The root of paths that name none. */
  readonly defaultRoot: string;
  readonly rules: readonly Rule[];
  /** Changed place to the rules that answer for it, and to those that must be evaluated. */
  readonly claims: PathIndex<Rule>;
  readonly depends: PathIndex<Rule>;
}

const asList = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** Resolves variables to the places behind them. */
class Places {
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
      return this.claims(asList(variable as Path | readonly Path[]), item).map((place) =>
        below(place, parsed.segments),
      );
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
      return this.depends(isDerived(variable) ? variable.reads : asList(variable as Path | readonly Path[]), item);
    });
  }
}

const isDerived = (variable: Table["let"][string]): variable is { derived: string; reads: readonly Path[] } =>
  typeof variable === "object" && !Array.isArray(variable);

const below = (place: ParsedPath, segments: readonly string[]): ParsedPath => ({
  root: place.root,
  segments: [...place.segments, ...segments],
});

/** Every path that a condition reads. */
export function conditionPaths(condition: Condition | undefined): Path[] {
  return asList<ConditionRow>(condition).flatMap((row) => [
    ...asList(row.path),
    ...(row.reads ?? []),
    ...conditionPaths(row.all),
    ...conditionPaths(row.any),
    ...conditionPaths(row.not),
  ]);
}

function compileInput(
  places: Places,
  row: InputRow,
  item: readonly ParsedPath[],
): { claims: ParsedPath[]; depends: ParsedPath[] } {
  const value = compileValue(places, row, item);
  if (row.each === undefined) return value;
  const list = places.claims([row.each], item);
  const inner = (row.inputs ?? []).map((input) => compileInput(places, input, list));
  const { sort } = row;
  const order = sort === undefined ? [] : list.map((place) => below(place, ["*", sort]));
  return {
    claims: [...value.claims, ...order, ...inner.flatMap(({ claims }) => claims)],
    depends: [...value.depends, ...places.depends([row.each], item), ...inner.flatMap(({ depends }) => depends)],
  };
}

function compileValue(
  places: Places,
  row: ValueRow & { readonly at?: Path | readonly Path[] },
  item: readonly ParsedPath[] = [],
) {
  for (const path of asList(row.at)) places.requireFixed(path);
  const read = [...asList(row.from), ...asList(row.at), ...(row.reads ?? [])];
  const claims = places.claims([...read, ...(row.claims ?? [])], item);
  return { claims, depends: [...claims, ...places.depends([...read, ...conditionPaths(row.when)], item)] };
}

/**
 * Makes a table ready to run.
 * @throws {Error} that names the rule when a path or a named function is wrong.
 */
export function compileTable(table: Table, functions: NamedFunctions): CompiledTable {
  const defaultRoot = table.pools.at === undefined ? "pool" : "cluster";
  const places = new Places(table, defaultRoot);
  const name = (id: string): string => `${table.system}/${id}`;
  const rules: Rule[] = [];
  const add = (id: string, make: () => Rule): void => {
    try {
      rules.push(make());
    } catch (error) {
      throw new Error(`rule ${name(id)}: ${(error as Error).message}`, { cause: error });
    }
  };
  for (const fingerprint of table.fingerprints)
    for (const row of fingerprint.inputs)
      add(row.id, () => {
        const { claims, depends } = compileInput(places, row, []);
        const when = places.depends(conditionPaths(fingerprint.when), []);
        return { type: "input", name: name(row.id), row, fingerprint, claims, depends: [...depends, ...when] };
      });
  for (const row of table.fields)
    add(row.id, () => {
      const { claims, depends } = compileValue(places, row);
      const cases = places.depends(
        (row.cases ?? []).flatMap((one) => conditionPaths(one.when)),
        [],
      );
      return { type: "field", name: name(row.id), row, claims, depends: [...depends, ...cases] };
    });
  for (const row of table.refusals)
    add(row.id, () => {
      // What a check reads is not claimed: a check that looks at a whole object does not know its every field.
      const { reads, ...rest } = row;
      const { claims, depends } = compileValue(places, rest);
      return {
        type: "refusal",
        name: name(row.id),
        row,
        claims,
        depends: [...depends, ...places.depends(reads ?? [], [])],
      };
    });
  for (const row of table.holds)
    add(row.id, () => ({
      type: "hold",
      name: name(row.id),
      row,
      claims: places.claims(row.claims ?? [], []),
      depends: [],
    }));
  for (const row of table.notices)
    add(row.id, () => ({
      type: "notice",
      name: name(row.id),
      row,
      claims: places.claims(row.claims ?? [], []),
      depends: [],
    }));

  const claims = new PathIndex<Rule>();
  const depends = new PathIndex<Rule>();
  for (const rule of rules) {
    for (const place of rule.claims) claims.add(place, rule);
    for (const place of rule.depends) depends.add(place, rule);
  }
  return { ...table, registry: new Registry(functions), defaultRoot, rules, claims, depends };
}
