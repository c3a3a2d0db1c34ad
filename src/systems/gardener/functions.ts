import type { NamedFunctions } from "../../rules/functions.ts";
import { coreFunctions } from "./core-functions.ts";
import { providerFunctions } from "./providers/functions.ts";

const parts: readonly NamedFunctions[] = [coreFunctions, providerFunctions];

/** The functions that the tables of gardener name. */
export const gardener: NamedFunctions = {
  encodings: Object.assign({}, ...parts.map(({ encodings }) => encodings)) as NonNullable<NamedFunctions["encodings"]>,
  derived: Object.assign({}, ...parts.map(({ derived }) => derived)) as NonNullable<NamedFunctions["derived"]>,
  predicates: Object.assign({}, ...parts.map(({ predicates }) => predicates)) as NonNullable<
    NamedFunctions["predicates"]
  >,
  checks: Object.assign({}, ...parts.map(({ checks }) => checks)) as NonNullable<NamedFunctions["checks"]>,
};
