import type { NamedFunctions } from "../../rules/functions.ts";

/** The functions that the tables of gardener name. */
export const gardener: NamedFunctions = {};
