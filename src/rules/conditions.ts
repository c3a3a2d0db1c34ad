import { asPaths, parsePath } from "./path.ts";
import type { Condition, ConditionRow, Path } from "./words.ts";

/** One row of a condition. Rows that say the same are one: every rule of a file repeats the conditions of the file. */
export interface KnownCondition {
  readonly row: ConditionRow;
  /** Its place among the conditions of the table. */
  readonly number: number;
  /** True when it depends on the evaluated side alone, so that each side needs to be asked only once. */
  readonly isOfOneSide: boolean;
  /** True when of that side it looks at nothing but the cluster object, so that all its pools answer alike. */
  readonly isOfCluster: boolean;
  /** True when the answer may depend on what runs there, which is then a thing to be named. */
  readonly asksTarget: boolean;
  /** Of `matches`. */
  readonly pattern: RegExp | undefined;
}

/** The rows of a condition, all of which must hold. */
export const rowsOf = (condition: Condition | undefined): readonly ConditionRow[] =>
  condition === undefined ? [] : isRow(condition) ? [condition] : condition;

const isRow = (condition: Condition): condition is ConditionRow => !Array.isArray(condition);

/** Every path that a condition reads. */
export const conditionPaths = (condition: Condition | undefined): Path[] =>
  rowsOf(condition).flatMap((row) => [
    ...asPaths(row.path),
    ...(row.reads ?? []),
    ...conditionPaths(row.all),
    ...conditionPaths(row.any),
    ...conditionPaths(row.not),
  ]);

const isOfOneSide = (row: ConditionRow): boolean =>
  row.side === undefined &&
  row.transition === undefined &&
  row.check === undefined &&
  [...(row.all ?? []), ...(row.any ?? []), ...rowsOf(row.not)].every(isOfOneSide);

/** Encodings are given the whole pool. */
const isEncoded = (row: ConditionRow): boolean =>
  row.as !== undefined || [...(row.all ?? []), ...(row.any ?? []), ...rowsOf(row.not)].some(isEncoded);

/** Conditions that depend on one side alone, by whether they ask for a target. */
export interface Guards {
  readonly plain: readonly KnownCondition[];
  readonly asking: readonly KnownCondition[];
}

/** The conditions of one table, as far as they were met. */
export class Conditions {
  readonly #defaultRoot: string;
  readonly #known = new WeakMap<ConditionRow, KnownCondition>();
  readonly #byText = new Map<string, KnownCondition>();
  readonly #lists = new Map<string, readonly KnownCondition[]>();

  constructor(defaultRoot: string) {
    this.#defaultRoot = defaultRoot;
  }

  of(row: ConditionRow): KnownCondition {
    let known = this.#known.get(row);
    if (known === undefined) this.#known.set(row, (known = this.#meet(row)));
    return known;
  }

  /** Those that depend on one side alone. The same ones are the same list: most rules of a file are under one condition. */
  ofOneSide(rows: readonly ConditionRow[]): Guards {
    const found = rows.map((row) => this.of(row)).filter((known) => known.isOfOneSide);
    return {
      plain: this.#list(found.filter(({ asksTarget }) => !asksTarget)),
      asking: this.#list(found.filter(({ asksTarget }) => asksTarget)),
    };
  }

  #list(conditions: readonly KnownCondition[]): readonly KnownCondition[] {
    const key = conditions.map(({ number }) => number).join();
    const list = this.#lists.get(key) ?? conditions;
    this.#lists.set(key, list);
    return list;
  }

  #meet(row: ConditionRow): KnownCondition {
    const text = JSON.stringify(row);
    let known = this.#byText.get(text);
    if (known === undefined) {
      const pattern = row.matches === undefined ? undefined : new RegExp(row.matches, "u");
      const ofOneSide = isOfOneSide(row);
      const isOfCluster =
        ofOneSide &&
        !isEncoded(row) &&
        conditionPaths(row).every((path) => parsePath(path, this.#defaultRoot).root === "cluster");
      const asksTarget = text.includes('"target":');
      known = { row, number: this.#byText.size, isOfOneSide: ofOneSide, isOfCluster, asksTarget, pattern };
      this.#byText.set(text, known);
    }
    return known;
  }
}
