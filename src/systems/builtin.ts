import { tableText } from "#table-text";
import { type CompiledTable, compileStored, compileTable } from "../rules/compile.ts";
import type { NamedFunctions } from "../rules/functions.ts";
import { mergeParts, type NamedPart } from "../rules/merge.ts";
import { readStored, type StoredTable } from "../rules/stored-table.ts";

/** A system that comes with the program. */
export interface BuiltinSystem {
  readonly name: string;
  /** What its table may name. Systems of users have the common encodings only. */
  readonly functions: NamedFunctions;
}

const stored = new Map<BuiltinSystem, StoredTable>();
const compiled = new Map<BuiltinSystem, CompiledTable>();

function once<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = known.get(key);
  if (value === undefined) known.set(key, (value = make()));
  return value;
}

const storedOf = (builtin: BuiltinSystem): StoredTable =>
  once(stored, builtin, () => readStored(tableText(builtin.name)));

/** The table files of a system in one. */
export const builtinPart = (builtin: BuiltinSystem): NamedPart => ({
  file: `rules/${builtin.name}`,
  part: storedOf(builtin).table,
});

/**
 * A system's table, with the table files of a user after it: rows of the same id override. A system may be the user's alone.
 * @throws {Error} that names the rule when a user's table is wrong.
 */
export function tableOf(name: string, builtin: BuiltinSystem | undefined, own: readonly NamedPart[]): CompiledTable {
  if (builtin === undefined) return compileTable(mergeParts(name, own), {});
  if (own.length > 0) return compileTable(mergeParts(name, [builtinPart(builtin), ...own]), builtin.functions);
  return once(compiled, builtin, () => compileStored(storedOf(builtin), builtin.functions));
}
