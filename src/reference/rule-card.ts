import { rowsOf } from "../rules/conditions.ts";
import type { Table } from "../rules/merge.ts";
import { asPaths } from "../rules/path.ts";
import type { FieldCase, FieldRow, HoldRow, InputRow, NoticeRow, RefusalRow } from "../rules/rows.ts";
import type { Condition, Effect, Path } from "../rules/words.ts";
import { admittedStrategies } from "./admitted-strategies.ts";
import { conditionWords, transitionWords } from "./condition-words.ts";
import { type PathWords, pathWordsOf } from "./path-words.ts";

/** What a rule does, by the name of the strategy; `""` stands for every strategy. */
type EffectsByStrategy = Readonly<Record<string, string>>;

/** One rule as `rules list`, `rules show` and the reference pages tell it. */
export interface RuleCard {
  /** `system/id`. */
  readonly name: string;
  readonly type: "input" | "field" | "refusal" | "hold" | "notice";
  /** The fields it is about, as people write them. */
  readonly fields: readonly string[];
  readonly effects: EffectsByStrategy;
  readonly condition: string;
  /** Further outcomes, each with its own condition. */
  readonly cases: readonly {
    readonly condition: string;
    readonly effects: EffectsByStrategy;
    readonly because: string;
  }[];
  readonly because: string;
  readonly instead: string;
  readonly source: string;
}

class Cards {
  readonly #table: Table;
  readonly #paths: PathWords;
  constructor(table: Table) {
    this.#table = table;
    this.#paths = pathWordsOf(table);
  }

  #effects(
    { effect, trigger }: { readonly effect?: Effect; readonly trigger?: string },
    ...conditions: readonly (Condition | undefined)[]
  ): EffectsByStrategy {
    if (effect !== undefined) return { "": effect };
    if (trigger === undefined) return {};
    const known = admittedStrategies(this.#table, conditions).flatMap((strategy) => {
      const found = this.#table.strategies.effects[strategy]?.[trigger];
      return found === undefined ? [] : [[strategy, found] as const];
    });
    const different = new Set(known.map(([, found]) => found));
    const [only] = different;
    return different.size === 1 && only !== undefined ? { "": only } : Object.fromEntries(known);
  }

  #conditions(...conditions: readonly (Condition | undefined)[]): string {
    const rows = conditions.flatMap((condition) => (condition === undefined ? [] : rowsOf(condition)));
    return conditionWords(rows, this.#paths);
  }

  #inputFields(row: InputRow): string[] {
    if (row.each === undefined) return this.#paths([...asPaths(row.from), ...(row.reads ?? [])]);
    const [list = ""] = this.#paths(row.each);
    const inner = (row.inputs ?? []).flatMap((input) => this.#inputFields(input));
    return inner.map((field) => field.replace(/^item\.?/, `${list}[].`).replace(/\.$/, ""));
  }

  input(row: InputRow, trigger: string, when: Condition | undefined): RuleCard {
    return this.#card("input", row, {
      fields: this.#inputFields(row),
      effects: this.#effects({ trigger }, when, row.when),
      condition: this.#conditions(when, row.when),
    });
  }

  field(row: FieldRow): RuleCard {
    const told = (one: FieldCase) => ({
      condition: this.#conditions(one.when),
      effects: this.#effects(one, row.when, one.when),
      because: one.because ?? row.because ?? "",
    });
    return this.#card("field", row, {
      fields: this.#paths([...asPaths(row.at), ...asPaths(row.from), ...(row.reads ?? [])]),
      effects: this.#effects(row, row.when),
      condition: this.#conditions(row.when),
      cases: (row.cases ?? []).map(told),
    });
  }

  refusal(row: RefusalRow): RuleCard {
    const condition = this.#conditions(row.when);
    const change = row.on === undefined || row.on === "changed" ? "" : `the value ${transitionWords(row.on)}`;
    return this.#card("refusal", row, {
      fields: this.#paths([...asPaths(row.at), ...asPaths(row.from), ...(row.reads ?? [])]),
      effects: { "": "rejected" },
      condition: [change, condition].filter((text) => text !== "").join(" and "),
      instead: row.instead ?? "",
    });
  }

  hold(row: HoldRow): RuleCard {
    return this.#card("hold", row, {
      fields: this.#paths(row.reads ?? []),
      effects: { "": row.delays === true ? `waits (${row.until})` : `none, pending until ${row.until}` },
      condition: this.#conditions(row.when),
    });
  }

  notice(row: NoticeRow): RuleCard {
    const effect = row.effects === undefined ? "" : `the effect is ${row.effects.join(" or ")}`;
    const quiet = row.unlessTold === true ? "nothing waits or is refused" : "";
    return this.#card("notice", row, {
      fields: this.#paths(asPaths(row.at)),
      effects: { "": row.severity },
      condition: [effect, quiet, this.#conditions(row.when)].filter((text) => text !== "").join(" and "),
    });
  }

  #card(
    type: RuleCard["type"],
    row: {
      readonly id: string;
      readonly because?: string;
      readonly source?: string;
      readonly claims?: readonly Path[];
    },
    told: Pick<RuleCard, "fields" | "effects" | "condition"> & Partial<Pick<RuleCard, "cases" | "instead">>,
  ): RuleCard {
    const fields = told.fields.length > 0 ? told.fields : this.#paths(row.claims ?? []);
    return {
      name: `${this.#table.system}/${row.id}`,
      type,
      cases: [],
      instead: "",
      ...told,
      fields,
      because: row.because ?? "",
      source: row.source ?? "",
    };
  }
}

/** Every rule of a table, in the order of the table. */
export function ruleCards(table: Table): RuleCard[] {
  const cards = new Cards(table);
  return [
    ...table.fingerprints.flatMap(({ inputs, trigger, when }) => inputs.map((row) => cards.input(row, trigger, when))),
    ...table.fields.map((row) => cards.field(row)),
    ...table.refusals.map((row) => cards.refusal(row)),
    ...table.holds.map((row) => cards.hold(row)),
    ...table.notices.map((row) => cards.notice(row)),
  ];
}

/** `replace; InPlace: inplace-drain`. */
export function effectWords(effects: EffectsByStrategy): string {
  return Object.entries(effects)
    .map(([strategy, effect]) => (strategy === "" ? effect : `${strategy}: ${effect}`))
    .join("; ");
}
