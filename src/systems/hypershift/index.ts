import type { NamedFunctions } from "../../rules/functions.ts";

/** The functions that the tables of hypershift name. */
export const hypershift: NamedFunctions = {};
