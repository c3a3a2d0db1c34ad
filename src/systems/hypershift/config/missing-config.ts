import type { Derived } from "../../../rules/functions.ts";
import { tuningConfig } from "../tuning/tuning.ts";
import { userConfig } from "./config-maps.ts";

/** The ConfigMaps that the pool names and that are not among the manifests of this side, sorted. */
export const missingConfigMaps: Derived = (scope) => {
  const names = [...new Set([...userConfig(scope).missing, ...tuningConfig(scope).missing])].toSorted();
  return names.length === 0 ? undefined : names;
};
