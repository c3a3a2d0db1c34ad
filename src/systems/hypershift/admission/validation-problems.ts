import { isList, listOf } from "../../../manifests/json-list.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { canonicalText } from "../../../rules/canonical.ts";
import { celRule } from "../../../rules/cel/evaluate.ts";
import { CelError } from "../../../rules/cel/functions.ts";
import type { ValidationRow } from "../../../rules/rows.ts";
import { nameOfItem, objectOf } from "../values.ts";
import type { SchemaProblem } from "./schema-problems.ts";

/**
 * What the rules of a CRD refuse of an object. As with every check of a schema, a part that the API server holds already
 * passes as it is.
 */
export function* validationProblems(
  rows: readonly ValidationRow[],
  value: Json,
  old: Json | undefined,
): Generator<SchemaProblem> {
  const changed = new Map<string, readonly Part[]>();
  for (const { at, rule, message } of rows) {
    let parts = changed.get(at);
    if (parts === undefined) changed.set(at, (parts = [...changedParts(value, old, at.split("/"), [])]));
    for (const part of parts) {
      const problem = problemOf(rule, part.value, message);
      // What is in the cluster was taken: where an object seems not to keep to the rule, the manifest does not show all of it.
      const isNew =
        typeof part.old !== "object" || part.old === null || problemOf(rule, part.old, message) === undefined;
      if (problem !== undefined && isNew) yield { path: [...part.path, ...fieldAtFault(rule, part)], message: problem };
    }
  }
}

/** The first field that a rule speaks of and that changes: rules of a whole spec would point anywhere in it. */
function fieldAtFault(rule: string, { value, old }: Part): readonly string[] {
  const [after, before] = [objectOf(value) ?? {}, objectOf(old) ?? {}];
  for (const [, name = ""] of rule.matchAll(/\bself\.\??(\w+)/g)) {
    const [now, then] = [after[name], before[name]];
    if (now !== undefined && (then === undefined || canonicalText(now) !== canonicalText(then))) return [name];
  }
  return [];
}

interface Part {
  readonly path: readonly string[];
  readonly value: Json;
  readonly old: Json | undefined;
}

/** The parts at a place that differ from the old ones; `*` stands for the items of a list and the values of a map. */
function* changedParts(
  value: Json | undefined,
  old: Json | undefined,
  segments: readonly string[],
  path: readonly string[],
): Generator<Part> {
  if (value === undefined || value === null) return;
  const [segment, ...rest] = segments;
  if (segment === undefined) {
    if (old === undefined || canonicalText(value) !== canonicalText(old)) yield { path, value, old };
  } else if (isList(value)) {
    const before = listOf(old);
    for (const [index, item] of value.entries()) {
      const name = nameOfItem(item);
      const known = before.find((one) =>
        name === undefined ? canonicalText(one) === canonicalText(item) : nameOfItem(one) === name,
      );
      yield* changedParts(item, known, rest, [...path, String(index)]);
    }
  } else {
    const fields = objectOf(value) ?? {};
    for (const name of segment === "*" ? Object.keys(fields) : Object.hasOwn(fields, segment) ? [segment] : [])
      yield* changedParts(fields[name], objectOf(old)?.[name], rest, [...path, name]);
  }
}

function problemOf(rule: string, value: Json, message: string): string | undefined {
  try {
    return celRule(rule)(value) ? undefined : message;
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
    return `${message} (${error.message})`;
  }
}
