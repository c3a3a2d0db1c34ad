import type { CompiledTable } from "../rules/compile.ts";
import type { NamedPart } from "../rules/merge.ts";
import { type BuiltinSystem, tableOf } from "./builtin.ts";
import { gardener } from "./gardener/system.ts";
import { hypershift } from "./hypershift/system.ts";
import { outlinesOf } from "./outlines.ts";

const builtins: ReadonlyMap<string, BuiltinSystem> = new Map([gardener, hypershift].map((one) => [one.name, one]));

/**
 * The table of a system with what `own` adds to it.
 * @throws {Error} that names the rule when a user's table is wrong.
 */
export const loadTable = (name: string, own: readonly NamedPart[]): CompiledTable =>
  tableOf(
    name,
    builtins.get(name),
    own.filter(({ part }) => part.system === name),
  );

/** All tables at once, for those who list or check them. */
export const loadTables = (own: readonly NamedPart[] = []): CompiledTable[] =>
  outlinesOf(own).map(({ system }) => loadTable(system, own));
