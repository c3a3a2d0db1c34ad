import type { CatalogRow } from "../../../rules/rows.ts";
import { isWithin } from "../../../rules/version.ts";

/** Why a feature gate is refused for a Kubernetes version; undefined when it is accepted or the version is not known. */
export function featureGateProblem(
  gate: CatalogRow,
  enabled: boolean,
  kubernetes: string | undefined,
): string | undefined {
  if (kubernetes === undefined) return undefined;
  if (!isWithin(kubernetes, gate.from, gate.before)) return `not supported in Kubernetes version ${kubernetes}`;
  const { locked } = gate;
  return locked !== undefined && isWithin(kubernetes, locked.from, undefined) && enabled !== locked.to
    ? `feature is locked to ${locked.to}`
    : undefined;
}
