import type { JsonObject } from "../../../manifests/manifest.ts";
import { parseQuantity, quantityOf } from "../../../rules/encodings/quantity.ts";
import { featureGateProblem } from "./feature-gates.ts";
import { newestKnownBefore, unknownName } from "./kubernetes-minors.ts";
import type { LeafContext, Report } from "./leaf.ts";
import { mapSyntax } from "./syntax.ts";

/** What is asked of a map whose values are of their type. */
type MapCheck = (value: JsonObject, context: LeafContext, report: Report) => void;

/** The checks of one constraint of a map. */
export const mapChecks = (name: string): readonly MapCheck[] => [...syntaxOf(name), ...resourceChecks(name)];

function syntaxOf(name: string): MapCheck[] {
  if (name.startsWith("keys=")) {
    const allowed = name.slice("keys=".length).split("|");
    return [
      (value, _context, report) => {
        for (const key of Object.keys(value))
          if (!allowed.includes(key)) report(`is unknown: it must be one of ${allowed.join(", ")}`, key);
      },
    ];
  }
  if (name === "feature-gates")
    return [
      (value, { catalog, kubernetesVersion }, report) => {
        const gates = catalog("feature-gates");
        const newest = newestKnownBefore(kubernetesVersion, catalog("kubernetes-minors"));
        for (const [name, enabled] of Object.entries(value)) {
          const gate = Object.hasOwn(gates, name) ? gates[name] : undefined;
          if (gate === undefined) {
            const { message, isUnsure } = unknownName(`feature gate ${name}`, newest);
            report(message, name, isUnsure);
            continue;
          }
          const wrong = featureGateProblem(gate, enabled === true, kubernetesVersion);
          if (wrong !== undefined) report(wrong, name);
        }
      },
    ];
  const syntax = Object.hasOwn(mapSyntax, name) ? mapSyntax[name] : undefined;
  if (syntax === undefined) return [];
  return [
    (value, { isNew }, report) => {
      const texts = Object.entries(value).flatMap(([key, item]): [string, string][] => {
        const text = item === null && isNew === true ? "" : item;
        return typeof text === "string" ? [[key, text]] : [];
      });
      const problem = syntax(texts);
      if (problem !== undefined) report(problem);
    },
  ];
}

/** `cpu-memory` names the only keys; `memory>=30M` a least amount. */
function resourceChecks(name: string): MapCheck[] {
  if (name === "cpu-memory")
    return [
      (value, _context, report) => {
        for (const [resource, amount] of Object.entries(value)) {
          if (resource !== "cpu" && resource !== "memory") report("only cpu and memory are supported", resource);
          if ((quantityOf(amount)?.nano ?? 0n) < 0n) report("must be greater than or equal to 0", resource);
        }
      },
    ];
  const [of = "", least] = name.split(">=");
  const bound = least === undefined ? undefined : parseQuantity(least);
  if (bound === undefined) return [];
  return [
    (value, _context, report) => {
      if (!Object.hasOwn(value, of)) return;
      // Go decodes null to a quantity of 0.
      const amount = value[of] === null ? 0n : quantityOf(value[of])?.nano;
      if (amount !== undefined && amount < bound.nano) report(`must be at least ${least}`, of);
    },
  ];
}
