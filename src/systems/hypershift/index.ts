import type { NamedFunctions } from "../../rules/functions.ts";
import { machineManagement } from "./machine-management.ts";
import { poolVersion } from "./release.ts";
import { template } from "./template.ts";

/** The functions that the tables of hypershift name. */
export const hypershift: NamedFunctions = {
  ...template,
  derived: {
    ...template.derived,
    "hypershift/machine-management": machineManagement,
    "hypershift/pool-version": poolVersion,
  },
};
