import { applies, type Evaluation } from "./evaluation.ts";
import type { AddressedChange, PoolFinding } from "./finding.ts";
import type { Circumstances } from "./scope.ts";

/** Changes that no rule answers for: silence about them would be a lie. */
export function unclaimed({ table }: Circumstances, evaluation: Evaluation): PoolFinding[] {
  return evaluation.changes.flatMap((change): PoolFinding[] => {
    if (!change.own) return [];
    const known = change.addresses.some(
      ({ root, segments }) =>
        table.claims.covering(root, segments).some((rule) => applies(evaluation, rule)) ||
        (isEmptyValue(change) && table.claims.isInterior(root, segments)),
    );
    if (known) return [];
    return [
      {
        rule: `${table.system}/unknown-field`,
        effect: "unknown",
        change,
        before: change.before,
        after: change.after,
        because:
          table.unknownField?.because ??
          "no rule knows this field: the controllers may act on it, or the API server may refuse it",
        source: table.unknownField?.source,
        instead: undefined,
        secret: change.object.kind === "Secret",
      },
    ];
  });
}

const isEmptyValue = ({ before, after }: AddressedChange): boolean =>
  [before, after].every((value) => value === undefined || value === null || typeof value === "object");
