import { isWithin } from "../../../rules/version.ts";
import { featureGates } from "./feature-gate-versions.ts";

interface Gate {
  readonly from: string | undefined;
  readonly before: string | undefined;
  readonly lockedFrom: string | undefined;
  readonly lockedTo: boolean;
}

let gates: ReadonlyMap<string, Gate> | undefined;

function readGates(): ReadonlyMap<string, Gate> {
  const rows = featureGates.trim().split("\n");
  return new Map(
    rows.map((row) => {
      const [name = "", ...words] = row.split(" ");
      const word = (key: string): string | undefined =>
        words.find((one) => one.startsWith(`${key}=`))?.slice(key.length + 1);
      const locked = word("locked")?.split(":");
      return [
        name,
        { from: word("from"), before: word("before"), lockedFrom: locked?.[0], lockedTo: locked?.[1] === "true" },
      ];
    }),
  );
}

/** Why a feature gate is refused for a Kubernetes version; undefined when it is accepted or the version is not known. */
export function featureGateProblem(name: string, enabled: boolean, kubernetes: string | undefined): string | undefined {
  const gate = (gates ??= readGates()).get(name);
  if (gate === undefined) return `unknown feature gate ${name}`;
  if (kubernetes === undefined) return undefined;
  if (!isWithin(kubernetes, gate.from, gate.before)) return `not supported in Kubernetes version ${kubernetes}`;
  const locked = gate.lockedFrom !== undefined && isWithin(kubernetes, gate.lockedFrom, undefined);
  return locked && enabled !== gate.lockedTo ? `feature is locked to ${gate.lockedTo}` : undefined;
}
