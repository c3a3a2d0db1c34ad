import type { NamedFunctions } from "../../rules/functions.ts";
import { coreFunctions } from "./core-functions.ts";
import { providerFunctions } from "./providers/functions.ts";

/** The functions that the tables of gardener name. */
export const gardener: NamedFunctions = {
  encodings: { ...coreFunctions.encodings, ...providerFunctions.encodings },
  derived: { ...coreFunctions.derived, ...providerFunctions.derived },
  predicates: { ...coreFunctions.predicates, ...providerFunctions.predicates },
  checks: { ...coreFunctions.checks, ...providerFunctions.checks },
};
