import { unpackText } from "#unpack";
import { builtinTables } from "../rules/builtin.generated.ts";
import { type CompiledTable, compileTable, type RuleIndex } from "../rules/compile.ts";
import type { NamedFunctions } from "../rules/functions.ts";
import { mergeParts, type NamedPart } from "../rules/merge.ts";
import type { ObjectRow } from "../rules/table.ts";
import { gardener } from "./gardener/index.ts";
import { hypershift } from "./hypershift/index.ts";

/** What the tables of each system may name. Systems of users have the common encodings only. */
export const functionsOf: Readonly<Record<string, NamedFunctions>> = { gardener, hypershift };

/** A system whose table is made ready when the first of its objects turns up. */
export interface System {
  readonly name: string;
  readonly objects: readonly ObjectRow[];
  readonly table: () => CompiledTable;
}

interface BuiltinTable {
  readonly parts: readonly NamedPart[];
  /** Of exactly these parts. */
  readonly index: RuleIndex;
}

const unpacked = new Map<string, BuiltinTable>();

function unpack(system: string): BuiltinTable | undefined {
  const packed = builtinTables[system];
  if (packed === undefined) return undefined;
  let table = unpacked.get(system);
  if (table === undefined) {
    table = JSON.parse(unpackText(packed.data)) as BuiltinTable;
    unpacked.set(system, table);
  }
  return table;
}

/** The table files that come with the program, in order. */
export function builtinParts(): NamedPart[] {
  return Object.keys(builtinTables).flatMap((system) => unpack(system)?.parts ?? []);
}

const compiled = new Map<string, CompiledTable>();

function builtinSystem(name: string, objects: readonly ObjectRow[]): System {
  const table = (): CompiledTable => {
    let ready = compiled.get(name);
    if (ready === undefined) {
      const { parts, index } = unpack(name) ?? { parts: [], index: undefined };
      ready = compileTable(mergeParts(name, parts), functionsOf[name] ?? {}, index);
      compiled.set(name, ready);
    }
    return ready;
  };
  return { name, objects, table };
}

/** A system that a user adds or changes: its table is checked at once. */
function userSystem(name: string, own: readonly NamedPart[]): System {
  const ready = compileTable(mergeParts(name, [...(unpack(name)?.parts ?? []), ...own]), functionsOf[name] ?? {});
  return { name, objects: ready.objects, table: () => ready };
}

/**
 * The systems of the program with the tables of the user behind them: rows of the same id override, new systems are added.
 * @throws {Error} that names the rule when a user's table is wrong.
 */
export function loadSystems(userParts: readonly NamedPart[] = []): System[] {
  const own = new Map<string, NamedPart[]>();
  for (const named of userParts) own.set(named.part.system, [...(own.get(named.part.system) ?? []), named]);
  const names = new Set([...Object.keys(builtinTables), ...own.keys()]);
  return [...names].map((name) => {
    const parts = own.get(name);
    return parts === undefined ? builtinSystem(name, builtinTables[name]?.objects ?? []) : userSystem(name, parts);
  });
}

/** All tables at once, for those who list or check them. */
export const loadTables = (userParts: readonly NamedPart[] = []): CompiledTable[] =>
  loadSystems(userParts).map(({ table }) => table());
