import { messageOf } from "../validation/message-of.ts";
import { conditionPaths, Conditions, type Guards, rowsOf } from "./conditions.ts";
import type { NamedFunctions } from "./functions.ts";
import type { Table } from "./merge.ts";
import { type Branch, PathIndex } from "./path-index.ts";
import { type ParsedPath, parsePath } from "./path.ts";
import { defaultPlaces, inputPlaces, Places, type RowPlaces, throughDefaults, valuePlaces } from "./places.ts";
import { Registry } from "./registry.ts";
import type { Fingerprint } from "./rows.ts";
import type { Rule } from "./rule.ts";
import { type Rows, rowsIn, type StoredTable, type TableRows } from "./stored-table.ts";
import type { Condition, Path } from "./words.ts";

/** Changed place to the rules that answer for it, and to those that must be evaluated; rules by their number. */
export interface RuleIndex {
  readonly claims: Branch;
  readonly depends: Branch;
}

/** A path that was parsed once for all. */
interface KnownPath extends ParsedPath {
  /** Whether it stands for several places. */
  readonly isPattern: boolean;
}

/** A table that is ready to run. */
export interface CompiledTable extends Table {
  readonly registry: Registry;
  /** The root of paths that name none. */
  readonly defaultRoot: string;
  /** A path of this table, parsed; each is parsed once. */
  readonly pathOf: (path: Path) => KnownPath;
  readonly conditions: Conditions;
  readonly rules: readonly Rule[];
  readonly claims: PathIndex<Rule>;
  readonly depends: PathIndex<Rule>;
}

/** A rule whose row is read when it is first asked for. */
class TableRule<Type extends Rule["type"], Row extends { readonly id: string }> {
  readonly type: Type;
  readonly number: number;
  readonly fingerprint: Fingerprint | undefined;
  readonly #system: string;
  readonly #read: () => Row;
  readonly #placesOf: (row: Row) => RowPlaces;
  readonly #guardsOf: (row: Row) => Guards;
  #row: Row | undefined;
  #name: string | undefined;
  #places: RowPlaces | undefined;
  #guards: Guards | undefined;

  constructor(made: {
    readonly type: Type;
    readonly number: number;
    readonly fingerprint: Fingerprint | undefined;
    readonly system: string;
    readonly read: () => Row;
    readonly placesOf: (row: Row) => RowPlaces;
    readonly guardsOf: (row: Row) => Guards;
  }) {
    this.type = made.type;
    this.number = made.number;
    this.fingerprint = made.fingerprint;
    this.#system = made.system;
    this.#read = made.read;
    this.#placesOf = made.placesOf;
    this.#guardsOf = made.guardsOf;
  }

  get row(): Row {
    return (this.#row ??= this.#read());
  }

  get name(): string {
    return (this.#name ??= `${this.#system}/${this.row.id}`);
  }

  readonly places = (): RowPlaces => {
    try {
      return (this.#places ??= this.#placesOf(this.row));
    } catch (error) {
      throw new Error(`rule ${this.name}: ${messageOf(error)}`, { cause: error });
    }
  };

  readonly guards = (): Guards => (this.#guards ??= this.#guardsOf(this.row));
}

/** The rules of a table, in the order of its sections. */
function rulesOf(table: Table, rows: TableRows, defaultRoot: string, conditions: Conditions): Rule[] {
  const places = new Places(table, defaultRoot);
  const rules: Rule[] = [];
  const add = <Type extends Rule["type"], Row extends Extract<Rule, { readonly type: Type }>["row"]>(
    type: Type,
    list: Rows<Row>,
    placesOf: (row: Row) => RowPlaces,
    whenOf: (row: Row) => readonly (Condition | undefined)[],
    fingerprint?: Fingerprint,
  ): void => {
    const guardsOf = (row: Row): Guards => conditions.ofOneSide(whenOf(row).flatMap(rowsOf));
    for (let place = 0; place < list.length; place++) {
      const read = (): Row => list.at(place)!;
      const made = { type, number: rules.length, fingerprint, system: table.system, read, placesOf, guardsOf };
      rules.push(new TableRule(made) as unknown as Rule);
    }
  };
  for (const [place, fingerprint] of table.fingerprints.entries())
    add(
      "input",
      rows.inputs[place] ?? [],
      (row) => {
        const { claims, depends } = inputPlaces(places, row, []);
        return { claims, depends: [...depends, ...places.depends(conditionPaths(fingerprint.when), [])] };
      },
      ({ when }) => [fingerprint.when, when],
      fingerprint,
    );
  add(
    "field",
    rows.fields,
    (row) => {
      const { claims, depends } = valuePlaces(places, row);
      const cases = (row.cases ?? []).flatMap((one) => conditionPaths(one.when));
      return { claims, depends: [...depends, ...places.depends(cases, [])] };
    },
    ({ when }) => [when],
  );
  add(
    "refusal",
    rows.refusals,
    (row) => {
      // What a check reads is not claimed: a check that looks at a whole object does not know its every field.
      const { reads, ...rest } = row;
      const { claims, depends } = valuePlaces(places, rest);
      return { claims, depends: [...depends, ...places.depends(reads ?? [], [])] };
    },
    ({ when }) => [when],
  );
  const claimed = ({ claims = [] }: { readonly claims?: readonly Path[] }): RowPlaces => ({
    claims: places.claims(claims, []),
    depends: [],
  });
  add("hold", table.holds, claimed, () => []);
  add("notice", table.notices, claimed, () => []);
  return rules;
}

/** Builds the index of a table: done once, when the program is built, for the tables that come with it. */
function indexOf(rules: readonly Rule[], table: Table): RuleIndex {
  const index = { claims: {}, depends: {} };
  const defaults = defaultPlaces(table, new Places(table, defaultRootOf(table)));
  for (const [number, rule] of rules.entries()) {
    const { claims, depends } = rule.places();
    for (const place of claims) PathIndex.add(index.claims, place, number);
    for (const place of [...depends, ...throughDefaults(defaults, depends)])
      PathIndex.add(index.depends, place, number);
  }
  return index;
}

const defaultRootOf = (table: Table): string => (table.pools.at === undefined ? "pool" : "cluster");

function parsedOnce(defaultRoot: string): (path: Path) => KnownPath {
  const known = new Map<Path, KnownPath>();
  return (path) => {
    let parsed = known.get(path);
    if (parsed === undefined) {
      const { root, segments } = parsePath(path, defaultRoot);
      parsed = { root, segments, isPattern: segments.includes("*") };
      // Checks name places of the object too, whose words are a stranger's.
      if (known.size < 10_000) known.set(path, parsed);
    }
    return parsed;
  };
}

/** The index of a table, to be kept and given to `compileTable`. */
export const indexTable = (table: Table): RuleIndex =>
  indexOf(rulesOf(table, rowsIn(table), defaultRootOf(table), new Conditions(defaultRootOf(table))), table);

/**
 * Makes a table ready to run.
 * @throws {Error} that names the rule when a path is wrong.
 */
export function compileTable(table: Table, functions: NamedFunctions): CompiledTable {
  const index = (rules: readonly Rule[]): RuleIndex => indexOf(rules, table);
  return compiled(table, rowsIn(table), functions, index);
}

/** As `compileTable`, for a table that was stored with its index. */
export const compileStored = ({ table, rows, index }: StoredTable, functions: NamedFunctions): CompiledTable =>
  compiled(table, rows, functions, () => index);

function compiled(
  table: Table,
  rows: TableRows,
  functions: NamedFunctions,
  indexFor: (rules: readonly Rule[]) => RuleIndex,
): CompiledTable {
  const defaultRoot = defaultRootOf(table);
  const conditions = new Conditions(defaultRoot);
  const rules = rulesOf(table, rows, defaultRoot, conditions);
  const { claims, depends } = indexFor(rules);
  const added: Omit<CompiledTable, keyof Table> = {
    registry: new Registry(functions),
    defaultRoot,
    pathOf: parsedOnce(defaultRoot),
    conditions,
    rules,
    claims: new PathIndex(rules, claims),
    depends: new PathIndex(rules, depends),
  };
  // Members that are parsed when they are asked for stay so.
  return Object.defineProperties(added, Object.getOwnPropertyDescriptors(table)) as CompiledTable;
}
