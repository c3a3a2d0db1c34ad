import type { RuleIndex } from "./compile.ts";
import type { Table } from "./merge.ts";
import type { FieldRow, Fingerprint, InputRow, RefusalRow } from "./rows.ts";

/** Rows by their place; a list is one, and so are rows that are parsed when they are first asked for. */
export interface Rows<Row> {
  readonly length: number;
  readonly at: (place: number) => Row | undefined;
}

/** The rows of which a table has hundreds, and a run asks for few. */
export interface TableRows {
  /** The inputs of the fingerprint at the same place. */
  readonly inputs: readonly Rows<InputRow>[];
  readonly fields: Rows<FieldRow>;
  readonly refusals: Rows<RefusalRow>;
}

/** A table that comes with the program, with the index of exactly this table. */
export interface StoredTable {
  /** Each member is parsed when it is first asked for. */
  readonly table: Table;
  readonly rows: TableRows;
  readonly index: RuleIndex;
}

/** What the first line of a stored table says of the lines after it. */
interface Contents {
  /** The members that have a line each. */
  readonly members: readonly string[];
  /** How many lines the rows after them take. */
  readonly inputs: readonly number[];
  readonly fields: number;
  readonly refusals: number;
}

/** The rows of a table that is whole. */
export const rowsIn = ({ fingerprints, fields, refusals }: Table): TableRows => ({
  inputs: fingerprints.map(({ inputs }) => inputs),
  fields,
  refusals,
});

/** A table as lines of JSON, in ASCII: a run parses the members and rows that it asks for, and no others. */
export function storedText(table: Table, index: RuleIndex): string {
  const { fingerprints, fields, refusals, ...others } = table;
  const withoutInputs = fingerprints.map((fingerprint) => ({ ...fingerprint, inputs: undefined }));
  const members = { ...others, fingerprints: withoutInputs, index };
  const inputs = fingerprints.map((fingerprint) => fingerprint.inputs);
  const contents: Contents = {
    members: Object.keys(members),
    inputs: inputs.map(({ length }) => length),
    fields: fields.length,
    refusals: refusals.length,
  };
  const lines = [contents, ...Object.values(members), ...inputs.flat(), ...fields, ...refusals];
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`.replaceAll(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The table behind such a text. */
export function readStored(text: string): StoredTable {
  const lines = text.split("\n");
  const parsed = (line: number): unknown => JSON.parse(lines[line] ?? "");
  const contents = parsed(0) as Contents;
  let next = 1 + contents.members.length;
  const rowsOf = <Row>(length: number): LateRows<Row> => {
    const first = next;
    next += length;
    return new LateRows(length, (place) => parsed(first + place) as Row);
  };
  const inputs = contents.inputs.map((length) => rowsOf<InputRow>(length));
  const fields = rowsOf<FieldRow>(contents.fields);
  const refusals = rowsOf<RefusalRow>(contents.refusals);
  const late = Object.fromEntries(contents.members.map((name, place) => [name, once(() => parsed(1 + place))])) as {
    readonly [Name in keyof Table | "index"]: () => unknown;
  };
  const { index, ...members } = late;
  const fingerprints = once(() =>
    (members.fingerprints() as readonly Fingerprint[]).map((fingerprint, place): Fingerprint => {
      const all = once(() => inputs[place]?.all() ?? []);
      return Object.defineProperty(fingerprint, "inputs", { get: all, enumerable: true });
    }),
  );
  const made = { ...members, fingerprints, fields: once(() => fields.all()), refusals: once(() => refusals.all()) };
  const table = Object.defineProperties(
    {},
    Object.fromEntries(
      Object.entries(made).map(([name, get]) => [name, { get, enumerable: true, configurable: true }]),
    ),
  ) as Table;
  return { table, rows: { inputs, fields, refusals }, index: index() as RuleIndex };
}

/** Rows that are parsed when they are first asked for, each once. */
class LateRows<Row> implements Rows<Row> {
  readonly length: number;
  readonly #read: (place: number) => Row;
  readonly #known: (Row | undefined)[] = [];

  constructor(length: number, read: (place: number) => Row) {
    this.length = length;
    this.#read = read;
  }

  at(place: number): Row | undefined {
    return place < this.length ? (this.#known[place] ??= this.#read(place)) : undefined;
  }

  all(): Row[] {
    return Array.from({ length: this.length }, (_, place) => this.at(place)!);
  }
}

function once<Value>(make: () => Value): () => Value {
  let known: { readonly value: Value } | undefined;
  return () => (known ??= { value: make() }).value;
}
