import { isObject } from "../../../manifests/json-object.ts";
import type { Json } from "../../../manifests/manifest.ts";
import type { Check, Finding } from "../../../rules/functions.ts";
import { escapeSegment, readSegments } from "../../../rules/path.ts";
import type { ValidationRow } from "../../../rules/rows.ts";
import { nameOfItem } from "../values.ts";
import { withSchemaDefaults } from "./schema-defaults.ts";
import { type SchemaProblem, schemaProblems } from "./schema-problems.ts";
import { validationProblems } from "./validation-problems.ts";

interface Answer {
  readonly old: Json | undefined;
  /** Those of the version that runs there. */
  readonly rules: readonly ValidationRow[];
  readonly findings: readonly Finding[];
}

/**
 * What the API server refuses of an object: values that are new or changed. All pools of a cluster ask the same, so the answer
 * is kept.
 */
function valuesOf(root: "$pool" | "$cluster", kind: string): Check {
  const answers = new WeakMap<object, Answer>();
  return ({ base, head }) => {
    const whole = head?.get(root);
    const [spec, metadata] = [head?.shape(kind), head?.shape("metadata")];
    if (head === undefined || spec === undefined || metadata === undefined || !isObject(whole)) return [];
    const old = base?.get(root);
    const rules = head.validations(kind);
    const known = answers.get(whole);
    if (known !== undefined && known.old === old && known.rules === rules) return known.findings;
    const api = { named: (name: string) => head.shape(name), version: head.target("hypershift-operator") };
    const single = [...schemaProblems({ metadata, spec }, whole, old, [], api)];
    const defaulted = (value: Json): Json => withSchemaDefaults({ spec }, value, api.named);
    const stored = old === undefined ? undefined : defaulted(old);
    const ofRules = (value: Json): SchemaProblem[] => [...validationProblems(rules, defaulted(value), stored)];
    // The rules are not asked where single values are refused already.
    const problems = single.length > 0 ? single : tracedToKept(ofRules(whole), head.written(root), ofRules);
    const findings = problems.map(({ path, message }): Finding => {
      const after = readSegments(whole, path);
      return {
        path: `${root}${path.map((segment) => `/${escapeSegment(segment)}`).join("")}`,
        because: `${spoken(whole, path).join(".")}: ${message}`,
        ...(after === undefined ? {} : { after }),
      };
    });
    answers.set(whole, { old, rules, findings });
    return findings;
  };
}

/** What the manifest alone would not be refused for comes of what an apply leaves in the object. */
function tracedToKept(
  problems: readonly SchemaProblem[],
  written: Json | undefined,
  ofRules: (value: Json) => readonly SchemaProblem[],
): readonly SchemaProblem[] {
  if (problems.length === 0 || written === undefined) return problems;
  const own = new Set(ofRules(written).map(({ message }) => message));
  return problems.map(({ path, message }) => ({
    path,
    message: own.has(message)
      ? message
      : `${message} (an apply leaves what was filled in by default: name it in the manifest and apply that first, or use kubectl replace)`,
  }));
}

/** A place as people call it: items of lists by their name. */
function spoken(whole: Json, path: readonly string[]): readonly string[] {
  let value: Json | undefined = whole;
  return path.map((segment) => {
    const isItem = Array.isArray(value);
    value = readSegments(value, [segment]);
    return (isItem ? nameOfItem(value) : undefined) ?? segment;
  });
}

export const poolValues = valuesOf("$pool", "nodepool");
export const clusterValues = valuesOf("$cluster", "hostedcluster");
