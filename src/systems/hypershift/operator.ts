import type { Scope } from "../../rules/functions.ts";
import { compareVersions } from "../../rules/version.ts";

/** Whether the operator that runs there is older than a version. */
export const operatorBefore = (scope: Scope, version: string): boolean =>
  (compareVersions(scope.target("hypershift-operator"), version) ?? 0) < 0;
