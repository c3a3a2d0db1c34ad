import { builtinTables } from "../rules/builtin.generated.ts";
import { type CompiledTable, compileTable } from "../rules/compile.ts";
import type { NamedFunctions } from "../rules/functions.ts";
import { mergeParts, type NamedPart } from "../rules/merge.ts";
import { gardener } from "./gardener/index.ts";
import { hypershift } from "./hypershift/index.ts";

/** What the tables of each system may name. Systems of users have the common encodings only. */
export const functionsOf: Readonly<Record<string, NamedFunctions>> = { gardener, hypershift };

/** The table files that come with the program, in order. */
export function builtinParts(): NamedPart[] {
  return Object.values(builtinTables).flatMap((text) => JSON.parse(text) as NamedPart[]);
}

/**
 * The tables of the program with those of the user behind them: rows of the same id override, new systems are added.
 * @throws {Error} that names the rule when a path or a named function is wrong.
 */
export function loadTables(userParts: readonly NamedPart[] = []): CompiledTable[] {
  const bySystem = new Map<string, NamedPart[]>();
  for (const named of [...builtinParts(), ...userParts])
    bySystem.set(named.part.system, [...(bySystem.get(named.part.system) ?? []), named]);
  return [...bySystem].map(([system, parts]) => compileTable(mergeParts(system, parts), functionsOf[system] ?? {}));
}
