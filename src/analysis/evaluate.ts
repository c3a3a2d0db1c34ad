import type { Json } from "../manifests/manifest.ts";
import { canonicalText } from "../rules/canonical.ts";
import { type Finding as NamedFinding, Unknown, type Value } from "../rules/functions.ts";
import { type ParsedPath, parsePath } from "../rules/path.ts";
import type { Rule } from "../rules/rule.ts";
import type { Effect, FieldRow, Fingerprint, Path, RefusalRow, Transition } from "../rules/table.ts";
import { happens, holds, type PoolScopes } from "./condition.ts";
import type { AddressedChange, PoolFinding } from "./finding.ts";
import { differences, fingerprintOf } from "./fingerprint.ts";
import type { PoolScope } from "./scope.ts";
import { namedEffect } from "./strategy.ts";
import { encode, plainValueOf, valueOf } from "./value.ts";

/** One pool under evaluation: both sides and what changed. */
export interface Evaluation {
  readonly scopes: PoolScopes;
  /** The side whose conditions and strategy count: the head, or the base when there is no head. */
  readonly self: PoolScope;
  readonly changes: readonly AddressedChange[];
  /** Says which change a rule speaks of. */
  readonly changeFor: (rule: Rule) => AddressedChange | undefined;
  /** The changes that a rule answers for. */
  readonly changesClaimedBy: (rule: Rule) => readonly AddressedChange[];
}

type Said = Pick<PoolFinding, "effect" | "before" | "after"> & {
  readonly because?: string | undefined;
  readonly source?: string | undefined;
  readonly change?: AddressedChange | undefined;
};

export function findingOf(rule: Rule, said: Said, change: AddressedChange | undefined): PoolFinding {
  const { row } = rule;
  const secret = row.secret === true || change?.object.kind === "Secret";
  return {
    rule: rule.name,
    effect: said.effect,
    change: said.change ?? change,
    before: said.before,
    after: said.after,
    because: said.because ?? row.because ?? row.id.replaceAll("-", " "),
    source: said.source ?? row.source,
    instead: rule.type === "refusal" ? rule.row.instead : undefined,
    secret,
  };
}

/** A fingerprint on both sides: one finding for each input that differs. */
export function evaluateFingerprint(
  evaluation: Evaluation,
  fingerprint: Fingerprint,
  rules: readonly Rule[],
): PoolFinding[] {
  const { scopes, self } = evaluation;
  const of = (scope: PoolScope | undefined) => fingerprintOf(fingerprint, scope, scopes);
  return differences(of(scopes.base), of(scopes.head)).flatMap(({ row, before, after, unknown }) => {
    const rule = rules.find((one) => one.row === row);
    if (rule === undefined) return [];
    const effect = unknown === undefined ? namedEffect({ trigger: fingerprint.trigger }, self) : "unknown";
    const said = { effect, before, after, because: unknown?.reason, source: row.source ?? fingerprint.source };
    return [findingOf(rule, said, evaluation.changeFor(rule))];
  });
}

/** A field on both sides. Nothing when its condition does not hold; effect `none` when the controller sees no difference. */
export function evaluateField(evaluation: Evaluation, rule: Rule & { type: "field" }): PoolFinding[] {
  const { row } = rule;
  const { scopes, self } = evaluation;
  if (!holds(row.when, scopes, self)) return [];
  if (row.at === undefined) {
    const before = valueOf(row, scopes.base);
    const after = valueOf(row, scopes.head);
    const plain = { before: plainValueOf(row, scopes.base), after: plainValueOf(row, scopes.head) };
    return [fieldFinding(evaluation, rule, before, after, plain, evaluation.changeFor(rule))];
  }
  return atPlaces(evaluation, rule, row.at).map(({ change, place }) => {
    const before = encode(scopes.base?.at(place) ?? row.default, row.as, scopes.base ?? self);
    const after = encode(scopes.head?.at(place) ?? row.default, row.as, scopes.head ?? self);
    return fieldFinding(evaluation, rule, before, after, { before: change.before, after: change.after }, change);
  });
}

function fieldFinding(
  evaluation: Evaluation,
  rule: Rule & { type: "field" },
  before: Value,
  after: Value,
  plain: { readonly before: Json | undefined; readonly after: Json | undefined },
  change: AddressedChange | undefined,
): PoolFinding {
  if (canonicalText(before) === canonicalText(after))
    return findingOf(rule, { ...plain, effect: "none", because: sameForController(rule.row) }, change);
  const unknown = after instanceof Unknown ? after : before instanceof Unknown ? before : undefined;
  if (unknown !== undefined) return findingOf(rule, { ...plain, effect: "unknown", because: unknown.reason }, change);
  const { scopes, self } = evaluation;
  const decided = rule.row.cases?.find((one) => holds(one.when, scopes, self));
  const effect: Effect = namedEffect(decided ?? rule.row, self);
  return findingOf(rule, { ...plain, effect, because: decided?.because, source: decided?.source }, change);
}

/** A row that can have an effect says why it has none here; a row without effect says its own reason. */
const sameForController = (row: FieldRow): string | undefined =>
  row.effect === "none" ? undefined : "the controller sees the same value on both sides";

/** What a refusal says: the effect is `rejected`, or `unknown` when it cannot be decided. */
export function evaluateRefusal(evaluation: Evaluation, rule: Rule & { type: "refusal" }): PoolFinding[] {
  const { row } = rule;
  const { scopes, self } = evaluation;
  if (!holds(row.when, scopes, self)) return [];
  if (row.check !== undefined)
    return self.table.registry
      .check(row.check)(scopes)
      .map((found) => refused(rule, namedSaid(evaluation, rule, found)));
  if (row.on === undefined) return [];
  if (row.at === undefined) {
    const found = decideRefusal(row, row.on, valueOf(row, scopes.base), valueOf(row, scopes.head));
    const plain = { before: plainValueOf(row, scopes.base), after: plainValueOf(row, scopes.head) };
    return found === undefined ? [] : [refused(rule, { ...plain, ...found, change: evaluation.changeFor(rule) })];
  }
  const on = row.on;
  return atPlaces(evaluation, rule, row.at).flatMap(({ change, place }) => {
    const before = encode(scopes.base?.at(place) ?? row.default, row.as, scopes.base ?? self);
    const after = encode(scopes.head?.at(place) ?? row.default, row.as, scopes.head ?? self);
    const found = decideRefusal(row, on, before, after);
    return found === undefined ? [] : [refused(rule, { before: change.before, after: change.after, ...found, change })];
  });
}

function decideRefusal(
  row: RefusalRow,
  on: Transition,
  before: Value,
  after: Value,
): Pick<Said, "effect" | "because"> | undefined {
  if (!happens(on, before, after)) return undefined;
  const unknown = after instanceof Unknown ? after : before instanceof Unknown ? before : undefined;
  return unknown === undefined
    ? { effect: "rejected", because: row.because }
    : { effect: "unknown", because: unknown.reason };
}

function refused(rule: Rule & { type: "refusal" }, said: Said): PoolFinding {
  const finding = findingOf(rule, said, said.change);
  return { ...finding, refusesObject: said.effect === "rejected" && rule.row.scope !== "pool" };
}

function namedSaid(evaluation: Evaluation, rule: Rule, found: NamedFinding): Said {
  const change =
    (found.path === undefined ? undefined : changeAt(evaluation, found.path)) ?? evaluation.changeFor(rule);
  return {
    effect: found.unknown === undefined ? "rejected" : "unknown",
    before: found.before ?? change?.before,
    after: found.after ?? change?.after,
    because: found.unknown ?? found.because,
    change,
  };
}

function changeAt(evaluation: Evaluation, path: Path): AddressedChange | undefined {
  const place = parsePath(path, evaluation.self.table.defaultRoot);
  return evaluation.changes.find(({ addresses }) =>
    addresses.some((address) => address.root === place.root && covers(place.segments, address.segments)),
  );
}

const covers = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length <= segments.length &&
  pattern.every((segment, index) => segment === "*" || segment === segments[index]);

/** The concrete places of a pattern below which something changed, each once, with the first such change. */
function atPlaces(
  evaluation: Evaluation,
  rule: Rule,
  at: Path | readonly Path[],
): { readonly change: AddressedChange; readonly place: ParsedPath }[] {
  const patterns = (typeof at === "string" ? [at] : at).map((path) =>
    parsePath(path, evaluation.self.table.defaultRoot),
  );
  const places = new Map<string, { change: AddressedChange; place: ParsedPath }>();
  for (const change of evaluation.changesClaimedBy(rule))
    for (const { root, segments } of change.addresses)
      for (const pattern of patterns) {
        if (pattern.root !== root) continue;
        if (!covers(pattern.segments, segments)) continue;
        const place = { root, segments: segments.slice(0, pattern.segments.length) };
        const key = JSON.stringify(place);
        if (!places.has(key)) places.set(key, { change, place });
      }
  return [...places.values()];
}
