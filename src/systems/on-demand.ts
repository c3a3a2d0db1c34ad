import type { CompiledTable } from "../rules/compile.ts";
import type { NamedPart } from "../rules/merge.ts";
import { type BuiltinSystem, builtinPart, tableOf } from "./builtin.ts";
import { outlinesOf } from "./outlines.ts";

/** The systems of the program, for the command and the Action, which load one when the first of its objects turns up. */
const builtins: Readonly<Record<string, () => Promise<BuiltinSystem>>> = {
  gardener: async () => (await import("./gardener/system.ts")).gardener,
  hypershift: async () => (await import("./hypershift/system.ts")).hypershift,
};

/** A system of the program; `undefined` when it is a user's. */
export async function loadBuiltin(name: string): Promise<BuiltinSystem | undefined> {
  return Object.hasOwn(builtins, name) ? await builtins[name]?.() : undefined;
}

/**
 * The table of a system with what `own` adds to it.
 * @throws {Error} that names the rule when a user's table is wrong.
 */
export async function loadTable(name: string, own: readonly NamedPart[]): Promise<CompiledTable> {
  const ofSystem = own.filter(({ part }) => part.system === name);
  return tableOf(name, await loadBuiltin(name), ofSystem);
}

/** All tables at once, for those who list or check them. */
export const loadTables = async (own: readonly NamedPart[]): Promise<CompiledTable[]> =>
  await Promise.all(outlinesOf(own).map(({ system }) => loadTable(system, own)));

/** The table files of the program that belong to one of these systems. */
export async function loadBuiltinParts(names: readonly string[]): Promise<NamedPart[]> {
  const found = await Promise.all(names.map(loadBuiltin));
  return found.flatMap((builtin) => (builtin === undefined ? [] : [builtinPart(builtin)]));
}
