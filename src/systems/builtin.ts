import { unpackText } from "#unpack";
import { type CompiledTable, compileTable, type RuleIndex } from "../rules/compile.ts";
import type { NamedFunctions } from "../rules/functions.ts";
import { mergeParts, type NamedPart, type Table } from "../rules/merge.ts";

/** A system that comes with the program. */
export interface BuiltinSystem {
  readonly name: string;
  /** What its table may name. Systems of users have the common encodings only. */
  readonly functions: NamedFunctions;
  /** Its table and the index of exactly this table, as `scripts/compile-rules.ts` packs them. */
  readonly packed: string;
}

interface Unpacked {
  readonly table: Table;
  readonly index: RuleIndex;
}

const unpacked = new Map<BuiltinSystem, Unpacked>();
const compiled = new Map<BuiltinSystem, CompiledTable>();

function once<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}

const unpack = (builtin: BuiltinSystem): Unpacked =>
  once(unpacked, builtin, () => JSON.parse(unpackText(builtin.packed)) as Unpacked);

/** The table files of a system in one. */
export const builtinPart = (builtin: BuiltinSystem): NamedPart => ({
  file: `rules/${builtin.name}`,
  part: unpack(builtin).table,
});

/**
 * A system's table, with the table files of a user after it: rows of the same id override. A system may be the user's alone.
 * @throws {Error} that names the rule when a user's table is wrong.
 */
export function tableOf(name: string, builtin: BuiltinSystem | undefined, own: readonly NamedPart[]): CompiledTable {
  if (builtin === undefined) return compileTable(mergeParts(name, own), {});
  if (own.length > 0) return compileTable(mergeParts(name, [builtinPart(builtin), ...own]), builtin.functions);
  const { table, index } = unpack(builtin);
  return once(compiled, builtin, () => compileTable(table, builtin.functions, index));
}
