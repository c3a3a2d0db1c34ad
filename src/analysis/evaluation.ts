import type { CompiledTable } from "../rules/compile.ts";
import { type ParsedPath } from "../rules/path.ts";
import type { Rule } from "../rules/rule.ts";
import type { FieldRow } from "../rules/rows.ts";
import type { Path } from "../rules/words.ts";
import { holds, holdsKnown, type PoolScopes } from "./condition.ts";
import type { PoolChanges } from "./addresses.ts";
import type { AddressedChange, PoolFinding } from "./finding.ts";
import type { PoolScope } from "./scope.ts";
import { isObject } from "../manifests/json-object.ts";

/** One pool under evaluation: both sides and what changed. */
export interface Evaluation {
  readonly scopes: PoolScopes;
  /** The side whose conditions and strategy count: the head, or the base when there is no head. */
  readonly self: PoolScope;
  readonly changes: PoolChanges;
  /** Says which change a rule speaks of. */
  readonly changeFor: (rule: Rule) => AddressedChange | undefined;
  /** The changes that a rule answers for. */
  readonly changesClaimedBy: (rule: Rule) => readonly AddressedChange[];
}

export function evaluationOf(scopes: PoolScopes, self: PoolScope, changes: PoolChanges): Evaluation {
  let claimed: Claims | undefined;
  const claimedBy = (rule: Rule): readonly AddressedChange[] => {
    const ofAll = sharedClaims(self.table, changes.shared).get(rule) ?? [];
    const own = (claimed ??= claimsOf(self.table, changes.particular)).get(rule) ?? [];
    const numbers =
      ofAll.length === 0 ? own : own.length === 0 ? ofAll : [...new Set([...ofAll, ...own])].toSorted(ascending);
    return numbers.flatMap((number) => changes.at(number) ?? []);
  };
  return {
    scopes,
    self,
    changes,
    changesClaimedBy: claimedBy,
    changeFor: (rule) => claimedBy(rule)[0] ?? firstUnder(changes.all, rule.places().depends),
  };
}

const ascending = (a: number, b: number): number => a - b;

/** The numbers of changes by the rules that answer for them. */
type Claims = ReadonlyMap<Rule, readonly number[]>;

/** By the list of changes, which is the same for all pools of an object. */
const knownClaims = new WeakMap<readonly AddressedChange[], Claims>();

function sharedClaims(table: CompiledTable, shared: readonly AddressedChange[]): Claims {
  let claims = knownClaims.get(shared);
  if (claims === undefined) knownClaims.set(shared, (claims = claimsOf(table, shared.entries())));
  return claims;
}

function claimsOf(table: CompiledTable, changes: Iterable<readonly [number, AddressedChange]>): Claims {
  const claimed = new Map<Rule, number[]>();
  for (const [number, { addresses }] of changes)
    for (const { root, segments } of addresses)
      for (const rule of table.claims.touching(root, segments)) {
        const known = claimed.get(rule);
        if (known === undefined) claimed.set(rule, [number]);
        else if (known.at(-1) !== number) known.push(number);
      }
  return claimed;
}

const firstUnder = (changes: readonly AddressedChange[], places: readonly ParsedPath[]): AddressedChange | undefined =>
  changes.find(({ addresses }) =>
    addresses.some(({ root, segments }) =>
      places.some(
        (place) =>
          place.root === root &&
          place.segments
            .slice(0, segments.length)
            .every((segment, index) => segment === "*" || segment === segments[index]),
      ),
    ),
  );

/** What a rule says, before the row fills in the rest. */
export type Said = Pick<PoolFinding, "effect" | "before" | "after"> & {
  readonly because?: string | undefined;
  readonly source?: string | undefined;
  readonly change?: AddressedChange | undefined;
};

export function findingOf(rule: Rule, said: Said, change: AddressedChange | undefined): PoolFinding {
  const { row } = rule;
  const secret = row.secret === true || change?.object.kind === "Secret";
  const part = said.change ?? change;
  const because = said.because ?? row.because ?? row.id.replaceAll("-", " ");
  // Of a whole object people see the part that they changed, unless the reason speaks of the whole.
  const isPart = [said.before, said.after].some(isObject) && !/\{(?:before|after)\}/.test(because);
  const { before, after } = isPart && part !== undefined ? part : said;
  const isOfInput = part !== undefined && rule.type !== "refusal" && !(before === part.before && after === part.after);
  return {
    rule: rule.name,
    effect: said.effect,
    change: isOfInput ? lifted(part, rule, [before, after].some(Array.isArray)) : part,
    before,
    after,
    because,
    source: said.source ?? row.source,
    instead: rule.type === "refusal" ? rule.row.instead : undefined,
    secret,
  };
}

/**
 * A change called by the place of which values are shown: the list that a rule reads of its items, or the block that a variable
 * stands for.
 */
function lifted(change: AddressedChange, rule: Rule, isList: boolean): AddressedChange {
  const { claims, depends } = rule.places();
  const depthIn = (places: readonly ParsedPath[], lengthOf: (segments: readonly string[]) => number): number =>
    Math.min(
      ...change.addresses.flatMap(({ root, segments }) =>
        places.flatMap((place) =>
          place.root === root && covers(place.segments, segments) ? lengthOf(place.segments) - segments.length : [],
        ),
      ),
    );
  const ofList = (segments: readonly string[]): number =>
    isList && segments.includes("*") ? segments.indexOf("*") : segments.length;
  const ownDepth = depthIn(claims, ofList);
  const depth = !Number.isFinite(ownDepth) ? depthIn(depends, ({ length }) => length) : isList ? ownDepth : 0;
  return Number.isFinite(depth) && depth < 0 ? { ...change, segments: change.segments.slice(0, depth) } : change;
}

/** Whether a pattern stands at or above a place. */
export const covers = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length <= segments.length &&
  pattern.every((segment, index) => segment === "*" || segment === segments[index]);

/** The rows that name another in `over`, by its id. */
const rowsOver = new WeakMap<CompiledTable, ReadonlyMap<string, readonly FieldRow[]>>();

function rowsOverIn(table: CompiledTable): ReadonlyMap<string, readonly FieldRow[]> {
  let known = rowsOver.get(table);
  if (known === undefined) {
    const rows = table.fields.filter(({ over }) => over !== undefined);
    const named = new Set(rows.flatMap(({ over }) => over ?? []));
    known = new Map([...named].map((id) => [id, rows.filter(({ over }) => over?.includes(id) === true)]));
    rowsOver.set(table, known);
  }
  return known;
}

/** Whether a row that holds here has the last word on a place, over the row of that id. */
function isLeftToAnother(
  { self, scopes }: Evaluation,
  id: string,
  root: ParsedPath["root"],
  segments: readonly string[],
): boolean {
  const rows = rowsOverIn(self.table).get(id);
  if (rows === undefined) return false;
  return rows.some(
    (row) =>
      holds(row.when, scopes, self) &&
      [row.at ?? []].flat().some((at) => {
        const pattern = self.table.pathOf(at);
        return pattern.root === root && covers(pattern.segments, segments);
      }),
  );
}

/** The concrete places of a pattern below which something changed, each once, with the first such change. */
export function atPlaces(
  evaluation: Evaluation,
  rule: Rule,
  at: Path | readonly Path[],
): { readonly change: AddressedChange; readonly place: ParsedPath }[] {
  const patterns = (typeof at === "string" ? [at] : at).map((path) => evaluation.self.table.pathOf(path));
  const places = new Map<string, { change: AddressedChange; place: ParsedPath }>();
  for (const change of evaluation.changesClaimedBy(rule))
    for (const { root, segments } of change.addresses)
      for (const pattern of patterns) {
        if (pattern.root !== root) continue;
        if (!covers(pattern.segments, segments)) continue;
        if (rule.type === "field" && isLeftToAnother(evaluation, rule.row.id, root, segments)) continue;
        const place = { root, segments: segments.slice(0, pattern.segments.length) };
        const key = JSON.stringify(place);
        if (!places.has(key)) places.set(key, { change, place });
      }
  return [...places.values()];
}

/** False when a rule says nothing of this pool, whatever changed: most rules are about other platforms than the pool's. */
export function mayApply({ scopes, self }: Evaluation, rule: Rule): boolean {
  const guards = rule.guards();
  if (guards.length === 0) return true;
  const passes = (scope: PoolScope | undefined): boolean =>
    scope !== undefined && guards.every((guard) => holdsKnown(guard, scopes, scope));
  return rule.type === "input" ? passes(scopes.base) || passes(scopes.head) : passes(self);
}

/** Those of some rules of one kind that may apply; neighbours mostly stand under the same conditions. */
export function applicable<OneRule extends Rule>(evaluation: Evaluation, rules: readonly OneRule[]): OneRule[] {
  let [guards, answer]: [ReturnType<Rule["guards"]> | undefined, boolean] = [undefined, true];
  return rules.filter((rule) => {
    if (rule.guards() !== guards) [guards, answer] = [rule.guards(), mayApply(evaluation, rule)];
    return answer;
  });
}

/** Whether a rule speaks about this pool at all: a rule for another platform answers for nothing here. */
export function applies({ scopes, self }: Evaluation, rule: Rule): boolean {
  if (rule.type !== "input") return holds(rule.row.when, scopes, self);
  return [scopes.base, scopes.head].some(
    (scope) =>
      scope !== undefined && holds(rule.fingerprint.when, scopes, scope) && holds(rule.row.when, scopes, scope),
  );
}
