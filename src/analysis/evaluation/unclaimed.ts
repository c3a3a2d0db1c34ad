import type { CompiledTable } from "../../rules/compile.ts";
import type { Rule } from "../../rules/rule.ts";
import { depthIn } from "../../systems/api-shape.ts";
import { perList } from "../changes/per-list.ts";
import type { Circumstances } from "../circumstances.ts";
import { type AddressedChange, findingWithoutRow, type PoolFinding } from "../finding.ts";
import { type AddedPlace, isWithin, placesToCome, reasonToCome } from "../scope/additions.ts";
import { applies } from "./applicable-rules.ts";
import type { Evaluation } from "./evaluation.ts";

/** Findings for changes that no rule answers for: leaving them out would claim that they are harmless. */
export function unclaimed(circumstances: Circumstances, evaluation: Evaluation): PoolFinding[] {
  const { table } = circumstances;
  const { changes } = evaluation;
  const places = placesToCome(circumstances);
  const numbers = unansweredOf(evaluation, table, places);
  if (numbers.length === 0) return [];
  // Pools that cannot be told apart are one mistake, however much changes in them.
  const mistake = changes.find((change) => change.nameless === true);
  return numbers.flatMap((number) => {
    const change = changes.at(number);
    if (change === undefined || (change.nameless === true && change !== mistake)) return [];
    const place = firstToCome(places, change);
    const toCome = place === undefined ? undefined : reasonToCome(circumstances, place);
    return findingWithoutRow({
      rule: `${table.system}/unknown-field`,
      effect: "unknown",
      change,
      before: change.before,
      after: change.after,
      because: change.nameless === true ? nameless : (toCome ?? table.unknownField?.because ?? unknownField),
      source: change.nameless === true ? undefined : table.unknownField?.source,
      secret: change.object.kind === "Secret",
    });
  });
}

/** The numbers of the changes that no rule answers for, or only one of a later release. */
function unansweredOf(evaluation: Evaluation, table: CompiledTable, places: readonly AddedPlace[]): readonly number[] {
  const { lists, particular } = evaluation.changes;
  const counts = new Map<Rule, boolean>();
  const isAnswering = (rule: Rule): boolean => {
    let counted = counts.get(rule);
    if (counted === undefined) counts.set(rule, (counted = applies(evaluation, rule)));
    return counted;
  };
  const numbers: number[] = [];
  let first = 0;
  for (const list of lists) {
    for (const { rules, numbers: alike } of claimedAlike(list, table))
      if (!rules.some(isAnswering)) for (const number of alike) numbers.push(first + number);
    for (const number of numbersToCome(list, table, places)) numbers.push(first + number);
    first += list.length;
  }
  for (const [number, change] of particular)
    if (!claimants(table, change).some(isAnswering) && !isEmptyInside(table, change)) numbers.push(number);
    else if (firstToCome(places, change) !== undefined) numbers.push(number);
  return numbers.length < 2 ? numbers : [...new Set(numbers)].toSorted((a, b) => a - b);
}

/** The changes of a list by the rules that answer for them: a few sets, however many changes there are. */
const claimedAlike = perList((list, table) => {
  const sets = new Map<string, { readonly rules: readonly Rule[]; readonly numbers: number[] }>();
  for (const [number, change] of list.entries()) {
    if (!change.own || isEmptyInside(table, change)) continue;
    const rules = claimants(table, change);
    const key = rules.map((rule) => rule.number).join(" ");
    const known = sets.get(key);
    if (known === undefined) sets.set(key, { rules, numbers: [number] });
    else known.numbers.push(number);
  }
  return [...sets.values()];
});

const toComeIn = perList(() => new Map<readonly AddedPlace[], readonly number[]>());

function numbersToCome(
  list: readonly AddressedChange[],
  table: CompiledTable,
  places: readonly AddedPlace[],
): readonly number[] {
  const known = toComeIn(list, table);
  let numbers = known.get(places);
  if (numbers === undefined) {
    const isToCome = (change: AddressedChange): boolean => change.own && firstToCome(places, change) !== undefined;
    known.set(places, (numbers = list.flatMap((change, number) => (isToCome(change) ? [number] : []))));
  }
  return numbers;
}

function firstToCome(places: readonly AddedPlace[], { addresses }: AddressedChange): AddedPlace | undefined {
  if (places.length === 0) return undefined;
  for (const { root, segments } of addresses) {
    const found = places.find((place) => isWithin(place, root, segments));
    if (found !== undefined) return found;
  }
  return undefined;
}

const claimants = (table: CompiledTable, { addresses }: AddressedChange): readonly Rule[] =>
  addresses.flatMap(({ root, segments }) => claiming(table, root, segments));

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

/** Whether nothing is all that a change adds or takes away, where rules know what may stand below. */
const isEmptyInside = (table: CompiledTable, { before, after, addresses }: AddressedChange): boolean =>
  [before, after].every((value) => value === undefined || value === null || typeof value === "object") &&
  addresses.some(({ root, segments }) => table.claims.isInterior(root, segments));
