import { messageOf } from "../validation/message-of.ts";
import { conditionPaths, Conditions, type Guards, rowsOf } from "./conditions.ts";
import type { NamedFunctions } from "./functions.ts";
import type { Table } from "./merge.ts";
import { type Branch, PathIndex } from "./path-index.ts";
import { type ParsedPath, parsePath } from "./path.ts";
import { defaultPlaces, inputPlaces, Places, type RowPlaces, throughDefaults, valuePlaces } from "./places.ts";
import { Registry } from "./registry.ts";
import type { Rule } from "./rule.ts";
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

/** Adds the rule's name to an error, and answers the second question from the first. */
function once(name: string, work: () => RowPlaces): () => RowPlaces {
  let found: RowPlaces | undefined;
  return () => {
    try {
      found ??= work();
      return found;
    } catch (error) {
      throw new Error(`rule ${name}: ${messageOf(error)}`, { cause: error });
    }
  };
}

/** The rules of a table, in the order of its sections. */
function rulesOf(table: Table, defaultRoot: string, conditions: Conditions): Rule[] {
  const places = new Places(table, defaultRoot);
  const rules: Rule[] = [];
  const base = (id: string, work: () => RowPlaces, ...when: readonly (Condition | undefined)[]) => {
    const name = `${table.system}/${id}`;
    let guards: Guards | undefined;
    return {
      name,
      number: rules.length,
      places: once(name, work),
      guards: () => (guards ??= conditions.ofOneSide(when.flatMap(rowsOf))),
    };
  };
  for (const fingerprint of table.fingerprints)
    for (const row of fingerprint.inputs) {
      const work = (): RowPlaces => {
        const { claims, depends } = inputPlaces(places, row, []);
        return { claims, depends: [...depends, ...places.depends(conditionPaths(fingerprint.when), [])] };
      };
      rules.push({ type: "input", row, fingerprint, ...base(row.id, work, fingerprint.when, row.when) });
    }
  for (const row of table.fields) {
    const work = (): RowPlaces => {
      const { claims, depends } = valuePlaces(places, row);
      const cases = (row.cases ?? []).flatMap((one) => conditionPaths(one.when));
      return { claims, depends: [...depends, ...places.depends(cases, [])] };
    };
    rules.push({ type: "field", row, ...base(row.id, work, row.when) });
  }
  for (const row of table.refusals) {
    const work = (): RowPlaces => {
      // What a check reads is not claimed: a check that looks at a whole object does not know its every field.
      const { reads, ...rest } = row;
      const { claims, depends } = valuePlaces(places, rest);
      return { claims, depends: [...depends, ...places.depends(reads ?? [], [])] };
    };
    rules.push({ type: "refusal", row, ...base(row.id, work, row.when) });
  }
  const claimed = (claims: readonly string[] | undefined) => (): RowPlaces => ({
    claims: places.claims(claims ?? [], []),
    depends: [],
  });
  for (const row of table.holds) rules.push({ type: "hold", row, ...base(row.id, claimed(row.claims)) });
  for (const row of table.notices) rules.push({ type: "notice", row, ...base(row.id, claimed(row.claims)) });
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
  indexOf(rulesOf(table, defaultRootOf(table), new Conditions(defaultRootOf(table))), table);

/**
 * Makes a table ready to run; with the index that was made of exactly this table, or making one.
 * @throws {Error} that names the rule when a path is wrong.
 */
export function compileTable(table: Table, functions: NamedFunctions, index?: RuleIndex): CompiledTable {
  const defaultRoot = defaultRootOf(table);
  const conditions = new Conditions(defaultRoot);
  const rules = rulesOf(table, defaultRoot, conditions);
  const { claims, depends } = index ?? indexOf(rules, table);
  return {
    ...table,
    registry: new Registry(functions),
    defaultRoot,
    pathOf: parsedOnce(defaultRoot),
    conditions,
    rules,
    claims: new PathIndex(rules, claims),
    depends: new PathIndex(rules, depends),
  };
}
