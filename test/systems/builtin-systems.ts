import type { NamedFunctions } from "../../src/rules/functions.ts";
import type { NamedPart } from "../../src/rules/merge.ts";
import { builtinPart } from "../../src/systems/builtin.ts";
import { gardener } from "../../src/systems/gardener/system.ts";
import { hypershift } from "../../src/systems/hypershift/system.ts";

const systems = [gardener, hypershift];

/** What the tables of each system may name. */
export const functionsOf: Readonly<Record<string, NamedFunctions>> = Object.fromEntries(
  systems.map(({ name, functions }) => [name, functions]),
);

/** The tables that come with the program, each as one table file. */
export const builtinParts = (): NamedPart[] => systems.map(builtinPart);
