import type { NamedFunctions } from "../../rules/functions.ts";
import { configuration } from "./config/functions.ts";
import { machineManagement, rollout } from "./machine-management.ts";
import { clusterVersion, poolVersion } from "./release.ts";
import { template } from "./template/functions.ts";

/** The functions that the tables of hypershift name. */
export const hypershift: NamedFunctions = {
  encodings: { ...template.encodings, ...configuration.encodings },
  predicates: { ...template.predicates, ...configuration.predicates },
  checks: { ...template.checks, ...configuration.checks },
  derived: {
    ...template.derived,
    ...configuration.derived,
    "hypershift/cluster-version": clusterVersion,
    "hypershift/machine-management": machineManagement,
    "hypershift/pool-version": poolVersion,
    "hypershift/rollout": rollout,
  },
};
