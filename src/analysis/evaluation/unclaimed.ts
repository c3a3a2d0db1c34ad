import type { CompiledTable } from "../../rules/compile.ts";
import type { Rule } from "../../rules/rule.ts";
import { depthIn } from "../../systems/api-shape.ts";
import type { Circumstances } from "../circumstances.ts";
import { type AddressedChange, findingWithoutRow, type PoolFinding } from "../finding.ts";
import { reasonsToCome } from "../scope/additions.ts";
import { applies } from "./applicable-rules.ts";
import type { Evaluation } from "./evaluation.ts";

/** Findings for changes that no rule answers for: leaving them out would claim that they are harmless. */
export function unclaimed(circumstances: Circumstances, evaluation: Evaluation): PoolFinding[] {
  const { table } = circumstances;
  // Pools that cannot be told apart are one mistake, however much changes in them.
  const mistake = evaluation.changes.find((change) => change.nameless === true);
  const counts = new Map<Rule, boolean>();
  const isAnswering = (rule: Rule): boolean => {
    let counted = counts.get(rule);
    if (counted === undefined) counts.set(rule, (counted = applies(evaluation, rule)));
    return counted;
  };
  const reasonAt = reasonsToCome(circumstances);
  const reasonToCome = ({ addresses }: AddressedChange): string | undefined => {
    for (const { root, segments } of addresses) {
      const reason = reasonAt(root, segments);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
  const found: PoolFinding[] = [];
  for (const change of evaluation.changes) {
    if (!change.own || (change.nameless === true && change !== mistake)) continue;
    const toCome = reasonToCome(change);
    const known =
      toCome === undefined &&
      (claimants(table, change).some(isAnswering) ||
        (isEmptyValue(change) &&
          change.addresses.some(({ root, segments }) => table.claims.isInterior(root, segments))));
    if (known) continue;
    found.push(
      findingWithoutRow({
        rule: `${table.system}/unknown-field`,
        effect: "unknown",
        change,
        before: change.before,
        after: change.after,
        because: change.nameless === true ? nameless : (toCome ?? table.unknownField?.because ?? unknownField),
        source: change.nameless === true ? undefined : table.unknownField?.source,
        secret: change.object.kind === "Secret",
      }),
    );
  }
  return found;
}

/** The rules that answer for a change at any of its addresses; many pools share a change. */
function claimants(table: CompiledTable, change: AddressedChange): readonly Rule[] {
  let rules = knownClaimants.get(change);
  if (rules === undefined) {
    rules = change.addresses.flatMap(({ root, segments }) => claiming(table, root, segments));
    knownClaimants.set(change, rules);
  }
  return rules;
}

const knownClaimants = new WeakMap<AddressedChange, readonly Rule[]>();

/** The rules that answer for a place. A rule that reads a block does not answer for a field in it that the API does not have. */
function claiming(table: CompiledTable, root: string, segments: readonly string[]): readonly Rule[] {
  const all = table.claims.covering(root, segments);
  const depth = knownDepth(table, root, segments);
  if (depth === segments.length) return all;
  const ofBlock = table.claims.covering(root, segments.slice(0, depth));
  return all.filter((rule) => !ofBlock.includes(rule));
}

/** How many of the segments the API knows, as far as the table describes it. */
function knownDepth(table: CompiledTable, root: string, segments: readonly string[]): number {
  for (const [path, name] of Object.entries(table.unknownField?.shapes ?? {})) {
    const place = table.pathOf(path);
    const shape = table.shapes[name];
    if (shape === undefined || place.root !== root || place.segments.some((part, at) => part !== segments[at]))
      continue;
    const above = place.segments.length;
    return above + depthIn(shape, segments.slice(above), (inner) => table.shapes[inner]);
  }
  return segments.length;
}

const unknownField = "No rule knows this field: the controllers may act on it, or the API server may refuse it";
const nameless =
  "Two pools in this list have the same name, or one has none, so whose field this is cannot be told: correct it";

const isEmptyValue = ({ before, after }: AddressedChange): boolean =>
  [before, after].every((value) => value === undefined || value === null || typeof value === "object");
