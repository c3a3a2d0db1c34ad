import { isWithin } from "../../rules/version.ts";
import { featureGates } from "./feature-gate-versions.ts";

interface Gate {
  readonly from: string | undefined;
  readonly before: string | undefined;
  readonly lockedFrom: string | undefined;
  readonly lockedTo: boolean;
}

const gateOf = (name: string): Gate | undefined => {
  const row = new RegExp(`^${name}((?: \\S+)*)$`, "m").exec(featureGates)?.[1];
  if (row === undefined) return undefined;
  const word = (key: string): string | undefined => new RegExp(` ${key}=(\\S+)`).exec(row)?.[1];
  const locked = word("locked")?.split(":");
  return { from: word("from"), before: word("before"), lockedFrom: locked?.[0], lockedTo: locked?.[1] === "true" };
};

/** Why a feature gate is refused for a Kubernetes version; undefined when it is accepted or the version is not known. */
export function featureGateProblem(name: string, enabled: boolean, kubernetes: string | undefined): string | undefined {
  const gate = /^\w+$/.test(name) ? gateOf(name) : undefined;
  if (gate === undefined) return `unknown feature gate ${name}`;
  if (kubernetes === undefined) return undefined;
  if (!isWithin(kubernetes, gate.from, gate.before)) return `not supported in Kubernetes version ${kubernetes}`;
  const locked = gate.lockedFrom !== undefined && isWithin(kubernetes, gate.lockedFrom, undefined);
  return locked && enabled !== gate.lockedTo ? `feature is locked to ${gate.lockedTo}` : undefined;
}
