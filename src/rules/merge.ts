import { rowsOf } from "./conditions.ts";
import type {
  Catalog,
  DefaultRow,
  FieldRow,
  Fingerprint,
  HoldRow,
  InputRow,
  NoticeRow,
  RefusalRow,
  Shape,
  ValidationRow,
} from "./rows.ts";
import type {
  AdditionRow,
  LifecycleRow,
  UnknownFieldRow,
  NodesRow,
  ObjectRow,
  OperatorRow,
  OptionRow,
  PoolsRow,
  ReferenceRow,
  Strategies,
  TablePart,
  TargetRow,
  Upstream,
} from "./table.ts";
import type { Condition } from "./words.ts";

/** A table file with the name that errors and `rules show` give it. */
export interface NamedPart {
  readonly file: string;
  readonly part: TablePart;
}

/** One system's whole table. */
export interface Table {
  readonly system: string;
  readonly upstream: readonly Upstream[];
  readonly targets: readonly Target[];
  readonly options: readonly OptionRow[];
  readonly objects: readonly ObjectRow[];
  readonly operators: readonly OperatorRow[];
  readonly pools: PoolsRow;
  readonly references: readonly ReferenceRow[];
  readonly let: NonNullable<TablePart["let"]>;
  readonly shapes: NonNullable<TablePart["shapes"]>;
  readonly validations: NonNullable<TablePart["validations"]>;
  readonly catalogs: NonNullable<TablePart["catalogs"]>;
  readonly additions: readonly AdditionRow[];
  readonly defaults: readonly DefaultRow[];
  readonly strategies: Strategies;
  readonly nodes: NodesRow;
  readonly lifecycle: LifecycleRow;
  readonly unknownField?: UnknownFieldRow;
  readonly fingerprints: readonly Fingerprint[];
  readonly fields: readonly FieldRow[];
  readonly refusals: readonly RefusalRow[];
  readonly holds: readonly HoldRow[];
  readonly notices: readonly NoticeRow[];
}

/** A target concerns the pools that the rules of its file are about. */
type Target = TargetRow & { readonly when?: Condition };

/** What must be known of a system before any of its objects has turned up. */
export type Outline = Pick<Table, "system" | "targets" | "options" | "objects" | "operators" | "pools" | "references">;

const both = (outer: Condition | undefined, inner: Condition | undefined): Condition | undefined => {
  const all = [...rowsOf(outer), ...rowsOf(inner)];
  return all.length === 0 ? undefined : all;
};

/** How a source begins that stands for itself; any other begins where the file's `source` ends. */
const namesRepository = /^[\w.-]+\/[\w.-]+@/;

/** The file's `when` and `source` hold for each of its rows; a `source` that ends in `/` is the folder of what the row names. */
function inherit<Row extends { readonly when?: Condition; readonly source?: string }>(part: TablePart, row: Row): Row {
  const when = both(part.when, row.when);
  const source =
    row.source === undefined || namesRepository.test(row.source) || part.source === undefined
      ? (row.source ?? part.source)
      : `${part.source}${part.source.endsWith("/") ? "" : " "}${row.source}`;
  return { ...row, ...(when === undefined ? {} : { when }), ...(source === undefined ? {} : { source }) };
}

/** A later row with the id of an earlier one overrides the keys it names: this is how users change a rule. */
function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Row[] {
  const seen = new Map<string, Row>();
  for (const row of rows) seen.set(row.id, { ...seen.get(row.id), ...row });
  return [...seen.values()];
}

/** Fingerprints of one id are joined: their inputs follow each other in file order. */
function joinFingerprints(parts: readonly NamedPart[]): Fingerprint[] {
  const joined = new Map<string, Fingerprint>();
  for (const { part } of parts)
    for (const fingerprint of part.fingerprints ?? []) {
      const inputs: InputRow[] = (fingerprint.inputs ?? []).map((row) =>
        inherit(
          part,
          row.source === undefined && fingerprint.source !== undefined ? { ...row, source: fingerprint.source } : row,
        ),
      );
      const earlier = joined.get(fingerprint.id);
      const merged: Fingerprint =
        earlier === undefined
          ? { ...fingerprint, inputs }
          : { ...earlier, inputs: byId([...earlier.inputs, ...inputs]) };
      joined.set(fingerprint.id, merged);
    }
  return [...joined.values()];
}

/** The last part that says something wins. */
function last<Key extends keyof TablePart>(parts: readonly NamedPart[], key: Key): TablePart[Key] | undefined {
  return parts.findLast(({ part }) => part[key] !== undefined)?.part[key];
}

/**
 * Joins the files of one system, in order.
 * @throws {Error} when no file says where the pools are.
 */
export function mergeParts(system: string, parts: readonly NamedPart[]): Table {
  const pools = last(parts, "pools");
  if (pools === undefined)
    throw new Error(
      `the rules of "${system}" (${parts.map(({ file }) => file).join(", ")}) do not say where the pools are: add "pools:"`,
    );
  const unknownField = last(parts, "unknownField");
  return {
    system,
    upstream: parts.flatMap(({ part }) => part.upstream ?? []),
    targets: parts.flatMap(({ part }) =>
      (part.targets ?? []).map((row) => (part.when === undefined ? row : { ...row, when: part.when })),
    ),
    options: parts.flatMap(({ part }) => part.options ?? []),
    objects: parts.flatMap(({ part }) => part.objects ?? []),
    operators: parts.flatMap(({ part }) => part.operators ?? []),
    pools,
    references: byId(parts.flatMap(({ part }) => part.references ?? [])),
    let: parts.reduce<Table["let"]>((all, { part }) => ({ ...all, ...part.let }), {}),
    shapes: parts.reduce<Record<string, Shape>>((all, { part }) => joinMembers(all, part.shapes ?? {}), {}),
    validations: joinValidations(parts),
    catalogs: joinCatalogs(parts),
    additions: parts.flatMap(({ part }) => (part.additions ?? []).map((row) => inherit(part, row))),
    defaults: parts.flatMap(({ part }) => (part.defaults ?? []).map((row) => inherit(part, row))),
    strategies: joinStrategies(parts),
    nodes: last(parts, "nodes") ?? {},
    lifecycle: parts.reduce<LifecycleRow>((all, { part }) => ({ ...all, ...part.lifecycle }), {}),
    ...(unknownField === undefined ? {} : { unknownField }),
    fingerprints: joinFingerprints(parts),
    fields: byId(parts.flatMap(({ part }) => (part.fields ?? []).map((row) => inherit(part, row)))),
    refusals: byId(parts.flatMap(({ part }) => (part.refusals ?? []).map((row) => inherit(part, row)))),
    holds: byId(parts.flatMap(({ part }) => (part.holds ?? []).map((row) => inherit(part, row)))),
    notices: byId(parts.flatMap(({ part }) => (part.notices ?? []).map((row) => inherit(part, row)))),
  };
}

function joinValidations(parts: readonly NamedPart[]): Record<string, readonly ValidationRow[]> {
  const joined: Record<string, readonly ValidationRow[]> = {};
  for (const { part } of parts)
    for (const [shape, rows] of Object.entries(part.validations ?? {}))
      joined[shape] = [...(joined[shape] ?? []), ...rows];
  return joined;
}

function joinCatalogs(parts: readonly NamedPart[]): Record<string, Catalog> {
  const joined: Record<string, Catalog> = {};
  for (const { part } of parts)
    for (const [list, rows] of Object.entries(part.catalogs ?? {})) joined[list] = { ...joined[list], ...rows };
  return joined;
}

/** Members of objects are joined at every depth; anything else is replaced. */
function joinMembers(earlier: Readonly<Record<string, Shape>>, later: Readonly<Record<string, Shape>>) {
  const joined: Record<string, Shape> = { ...earlier };
  for (const [name, shape] of Object.entries(later)) {
    const before = Object.hasOwn(joined, name) ? joined[name] : undefined;
    joined[name] = isMembers(before) && isMembers(shape) ? joinMembers(before, shape) : shape;
  }
  return joined;
}
const isMembers = (shape: Shape | undefined): shape is { readonly [member: string]: Shape } =>
  typeof shape === "object" && !Array.isArray(shape);

function joinStrategies(parts: readonly NamedPart[]): Strategies {
  const effects: Record<string, Strategies["effects"][string]> = {};
  for (const { part } of parts)
    for (const [strategy, triggers] of Object.entries(part.strategies?.effects ?? {}))
      effects[strategy] = { ...effects[strategy], ...triggers };
  const from = parts.findLast(({ part }) => part.strategies?.from !== undefined)?.part.strategies?.from ?? [];
  return { from, effects };
}
