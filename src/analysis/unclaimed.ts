import { applies, type Evaluation } from "./evaluation.ts";
import type { AddressedChange, PoolFinding } from "./finding.ts";
import type { Circumstances } from "./circumstances.ts";

/** Changes that no rule answers for: silence about them would be a lie. */
export function unclaimed({ table }: Circumstances, evaluation: Evaluation): PoolFinding[] {
  // Pools that cannot be told apart are one mistake, however much changes in them.
  const mistake = evaluation.changes.all.find((change) => change.nameless === true);
  return evaluation.changes.all.flatMap((change): PoolFinding[] => {
    if (!change.own || (change.nameless === true && change !== mistake)) return [];
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
        because: change.nameless === true ? nameless : (table.unknownField?.because ?? unknownField),
        source: change.nameless === true ? undefined : table.unknownField?.source,
        instead: undefined,
        secret: change.object.kind === "Secret",
      },
    ];
  });
}

const unknownField = "no rule knows this field: the controllers may act on it, or the API server may refuse it";
const nameless =
  "two pools in this list have the same name, or one has none, so whose field this is cannot be told: correct it";

const isEmptyValue = ({ before, after }: AddressedChange): boolean =>
  [before, after].every((value) => value === undefined || value === null || typeof value === "object");
