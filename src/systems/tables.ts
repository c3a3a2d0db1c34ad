import type { CompiledTable } from "../rules/compile.ts";
import type { NamedFunctions } from "../rules/functions.ts";
import type { NamedPart } from "../rules/merge.ts";
import { type BuiltinSystem, builtinPart, tableOf } from "./builtin.ts";
import { gardener } from "./gardener/system.ts";
import { hypershift } from "./hypershift/system.ts";
import { outlinesOf } from "./outlines.ts";

const builtins: ReadonlyMap<string, BuiltinSystem> = new Map([gardener, hypershift].map((one) => [one.name, one]));

/** What the tables of each system may name. */
export const functionsOf: Readonly<Record<string, NamedFunctions>> = Object.fromEntries(
  [...builtins].map(([name, { functions }]) => [name, functions]),
);

/** The tables that come with the program, each as one table file. */
export const builtinParts = (): NamedPart[] => [...builtins.values()].map(builtinPart);

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
