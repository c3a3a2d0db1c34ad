import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Catalog } from "../../../rules/rows.ts";
import { sectionsOf } from "../../api-shape.ts";
import { type Decoder, holdsFor } from "./decoder.ts";
import { valueCheck } from "./leaf-constraints.ts";
import { types } from "./leaf-types.ts";
import { mapChecks } from "./map-constraints.ts";

/** Tells of a problem, at the value itself or at a key in it; `isUnsure` as of a `Problem`. */
export type Report = (message: string, key?: string, isUnsure?: boolean) => void;
/** What a leaf of a shape asks of its value. */
type LeafCheck = (value: Json, context: LeafContext, report: Report) => void;

/** What a check may depend on beside the value. */
export interface LeafContext {
  readonly kubernetesVersion: string | undefined;
  /** What decodes, where its releases are told apart. */
  readonly decoder?: Decoder;
  /** Nothing is known already: a null in a map then becomes an empty text, instead of taking away what is there. */
  readonly isNew?: boolean;
  /** A list of names in the tables. */
  readonly catalog: (list: string) => Catalog;
}

/** The check of a leaf `TYPE CONSTRAINT…`; undefined when it takes anything. */
export function leafCheck(spec: string): LeafCheck | undefined {
  const [type = "", ...constraints] = spec.split(" ");
  if (type === "any") return undefined;
  if (type === "map") return mapCheck(constraints);
  const decodes = types.get(type);
  const asked = sectionsOf(constraints).map((section) => ({
    section,
    checks: section.words.flatMap((constraint) => valueCheck(type, constraint) ?? []),
  }));
  return (value, { decoder }, report) => {
    let problem = decodes?.(value);
    for (const { section, checks } of asked)
      if (checks.length > 0 && holdsFor(section, decoder)) for (const one of checks) problem ??= one(value);
    if (problem !== undefined) report(problem);
  };
}

function mapCheck([type = "", ...constraints]: readonly string[]): LeafCheck {
  const decodes = types.get(type);
  const asked = sectionsOf(constraints).map((section) => ({
    section,
    checks: section.words.flatMap(mapChecks),
  }));
  return (value, context, report) => {
    if (!isObject(value)) {
      report("must be an object");
      return;
    }
    let decoded = true;
    for (const [key, item] of Object.entries(value)) {
      const problem = item === null ? undefined : decodes?.(item);
      if (problem === undefined) continue;
      decoded = false;
      report(problem, key);
    }
    if (!decoded) return;
    for (const { section, checks } of asked)
      if (checks.length > 0 && holdsFor(section, context.decoder))
        for (const check of checks) check(value, context, report);
  };
}
