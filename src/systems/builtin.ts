import { tableText } from "#table-text";
import { memoized } from "../manifests/memoized.ts";
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

const storedOf = memoized(({ name }: BuiltinSystem): StoredTable => readStored(tableText(name)));

const compiledOf = memoized((builtin: BuiltinSystem): CompiledTable =>
  compileStored(storedOf(builtin), builtin.functions),
);

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
  return compiledOf(builtin);
}
