import type { ValidationRow } from "../../src/rules/rows.ts";
import type { Schema } from "./shape.ts";

/**
 * The CEL rules of a schema that look at the new value alone. Those about `oldSelf` are refusals of the tables, with what to do
 * instead.
 */
function* validationsOf(schema: Schema, path: string): Generator<ValidationRow> {
  for (const { rule, message } of schema["x-kubernetes-validations"] ?? [])
    if (!rule.includes("oldSelf"))
      yield { at: path, rule: rule.replaceAll(/\s*\n\s*/g, " ").trim(), message: message ?? `must hold: ${rule}` };
  for (const [inner, place] of partsOf(schema, path)) yield* validationsOf(inner, place);
}

const partsOf = (schema: Schema, path: string): (readonly [Schema, string])[] => [
  ...Object.entries(schema.properties ?? {}).map(([name, inner]) => [inner, `${path}/${name}`] as const),
  ...[schema.items, schema.additionalProperties]
    .filter((inner) => typeof inner === "object")
    .map((inner) => [inner, `${path}/*`] as const),
];

function* placesOf(schema: Schema, path: string): Generator<string> {
  yield path;
  for (const [inner, place] of partsOf(schema, path)) yield* placesOf(inner, place);
}

interface Release {
  readonly version: string;
  readonly spec: Schema;
}

/**
 * The rules of every release, those that the newest one has no more too. A rule that is as old as its field says no `from`: an
 * older API drops the field.
 */
export function validationsOver(releases: readonly Release[]): ValidationRow[] {
  const known = releases.map(({ version, spec }) => ({
    version,
    places: new Set(placesOf(spec, "spec")),
    rows: new Map([...validationsOf(spec, "spec")].map((row) => [keyOf(row), row])),
  }));
  const newest = known.at(-1);
  const keys = [...(newest?.rows.keys() ?? []), ...known.flatMap(({ rows }) => [...rows.keys()])];
  return [...new Set(keys)].flatMap((key): ValidationRow[] => {
    const having = known.filter(({ rows }) => rows.has(key));
    const [first, last] = [having[0], having.at(-1)];
    const row = last?.rows.get(key);
    // A field that is gone is unknown today.
    if (row === undefined || first === undefined || newest?.places.has(row.at) !== true) return [];
    const isOlder = known.slice(0, known.indexOf(first)).some(({ places }) => places.has(row.at));
    const after = last === undefined ? undefined : known[known.indexOf(last) + 1]?.version;
    return [
      {
        ...row,
        ...(isOlder ? { from: first.version } : {}),
        ...(after === undefined ? {} : { before: after }),
      },
    ];
  });
}

const keyOf = ({ at, rule }: ValidationRow): string => `${at} ${rule}`;
