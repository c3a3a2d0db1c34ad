import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { parseDuration } from "../../rules/encodings/duration.ts";
import { parseQuantity, quantityOf } from "../../rules/encodings/quantity.ts";
import { isObject } from "../../rules/path.ts";
import { isWithin } from "../../rules/version.ts";
import { constraintsOf, fieldsOf, isList, itemOf, type ObjectShape, type Shape } from "./api-shape.ts";
import { mapSyntax, textSyntax } from "./api-syntax.ts";
import { featureGateProblem } from "./feature-gates.ts";
import { nearestField } from "./near-miss.ts";

/** Something that the API server refuses in one value. */
export interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/** What the constraints hang on. */
export interface ApiContext {
  readonly kubernetesVersion: string | undefined;
  /** An extension decodes: every unknown field is refused, and what is required must be there. List items go by index. */
  readonly strict?: boolean;
  /** The release of Gardener, where what it took differs. */
  readonly gardenerVersion?: string;
}

/** What decoding and the checks of single values find wrong in `value`. Null is absent: Go decodes it to the zero value. */
export function* apiProblems(
  shape: Shape,
  value: Json | undefined,
  path: readonly string[],
  context: ApiContext,
): Generator<Problem> {
  if (value === undefined || value === null) return;
  const problem = wholeProblem(constraintsOf(shape), value, context);
  if (problem !== undefined) yield { path, message: problem };
  if (typeof shape === "string") yield* leafProblems(shape, value, path, context);
  else if (isList(shape)) {
    if (!Array.isArray(value)) yield { path, message: "must be a list" };
    else
      for (const [index, item] of (value as readonly Json[]).entries())
        yield* apiProblems(
          itemOf(shape),
          item,
          [...path, (context.strict === true ? undefined : keyOf(item)) ?? String(index)],
          context,
        );
  } else if (isObject(value)) yield* objectProblems(shape, value, path, context);
  else yield { path, message: "must be an object" };
}

/** Workers are named by their name, as everywhere in the report. */
const keyOf = (item: Json): string | undefined =>
  isObject(item) && typeof item["name"] === "string" ? item["name"] : undefined;

function* objectProblems(
  shape: ObjectShape,
  value: JsonObject,
  path: readonly string[],
  context: ApiContext,
): Generator<Problem> {
  const fields = new Map(fieldsOf(shape));
  if (context.strict === true)
    for (const [name, field] of fields)
      if ((value[name] ?? undefined) === undefined && /(?: |^)required(?: |$)/.test(constraintsOf(field)))
        yield { path: [...path, name], message: "required value" };
  for (const name of Object.keys(value)) {
    const field = fields.get(name);
    if (field !== undefined) yield* apiProblems(field, value[name], [...path, name], context);
    else {
      const meant = nearestField(shape, name, context);
      // A field that resembles none may be newer than this table: the engine calls it unknown.
      if (meant !== undefined || context.strict === true)
        yield {
          path: [...path, name],
          message: `unknown field "${name}"${meant === undefined ? "" : `, ${meant}`}; strict decoding refuses it`,
        };
    }
  }
}

function wholeProblem(constraints: string, value: Json, { kubernetesVersion }: ApiContext): string | undefined {
  if (kubernetesVersion === undefined) return undefined;
  const before = /(?:^| )before=(\S+)/.exec(constraints)?.[1];
  if (before !== undefined && value !== "" && isWithin(kubernetesVersion, before, undefined))
    return `is no longer supported for Kubernetes versions >= ${before}`;
  const from = /(?:^| )from=(\S+)/.exec(constraints)?.[1];
  return from !== undefined && isWithin(kubernetesVersion, undefined, from)
    ? `is only available for Kubernetes versions >= ${from}`
    : undefined;
}

function* leafProblems(spec: string, value: Json, path: readonly string[], context: ApiContext): Generator<Problem> {
  const [type = "", ...constraints] = spec.split(" ");
  if (type === "any") return;
  if (type === "map") {
    yield* mapProblems(constraints, value, path, context);
    return;
  }
  const problem = typeProblem(type, value) ?? constraintProblem(type, constraints, value);
  if (problem !== undefined) yield { path, message: problem };
}

function* mapProblems(
  [type = "", ...constraints]: readonly string[],
  value: Json,
  path: readonly string[],
  context: ApiContext,
): Generator<Problem> {
  if (!isObject(value)) {
    yield { path, message: "must be an object" };
    return;
  }
  let decoded = true;
  for (const [key, item] of Object.entries(value)) {
    const problem = item === null ? undefined : typeProblem(type, item);
    if (problem === undefined) continue;
    decoded = false;
    yield { path: [...path, key], message: problem };
  }
  if (!decoded) return;
  const texts = Object.entries(value).flatMap(([key, item]) =>
    typeof item === "string" ? [[key, item] as const] : [],
  );
  for (const name of constraints) {
    const problem = mapSyntax[name]?.(texts);
    if (problem !== undefined) yield { path, message: problem };
    if (name === "feature-gates")
      for (const [gate, enabled] of Object.entries(value)) {
        const wrong = featureGateProblem(gate, enabled === true, context.kubernetesVersion);
        if (wrong !== undefined) yield { path: [...path, gate], message: wrong };
      }
    yield* resourceProblems(name, value, path);
  }
}

/** `cpu-memory` names the only keys; `memory>=30M` a least amount. */
function* resourceProblems(name: string, value: JsonObject, path: readonly string[]): Generator<Problem> {
  for (const [resource, amount] of Object.entries(value)) {
    const quantity = quantityOf(amount);
    if (name === "cpu-memory" && resource !== "cpu" && resource !== "memory")
      yield { path: [...path, resource], message: "only cpu and memory are supported" };
    if (name === "cpu-memory" && quantity !== undefined && quantity.nano < 0n)
      yield { path: [...path, resource], message: "must be greater than or equal to 0" };
    const [of, least] = name.split(">=");
    const bound = least === undefined || of !== resource ? undefined : parseQuantity(least);
    if (bound !== undefined && quantity !== undefined && quantity.nano < bound.nano)
      yield { path: [...path, resource], message: `must be at least ${least}` };
  }
}

const isInteger = (value: Json): boolean => typeof value === "bigint" || Number.isInteger(value);
const within = (value: Json, bits: bigint): boolean => {
  const number = BigInt(value as number | bigint);
  return number >= -(1n << (bits - 1n)) && number < 1n << (bits - 1n);
};

/** Why a value cannot be decoded into its type. */
function typeProblem(type: string, value: Json): string | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" ? undefined : `must be a string, not ${nameOf(value)}: quote it`;
    case "bool":
      return typeof value === "boolean" ? undefined : `must be true or false, not ${nameOf(value)}`;
    case "int32":
      return isInteger(value) && within(value, 32n) ? undefined : `must be a 32-bit integer, not ${nameOf(value)}`;
    case "int64":
      return isInteger(value) && within(value, 64n) ? undefined : `must be a 64-bit integer, not ${nameOf(value)}`;
    case "float64":
      return typeof value === "number" || typeof value === "bigint"
        ? undefined
        : `must be a number, not ${nameOf(value)}`;
    case "duration":
      return typeof value === "string" && parseDuration(value) !== undefined
        ? undefined
        : "must be a duration such as 5m0s";
    case "quantity":
      return quantityOf(value) !== undefined ? undefined : "must be a resource quantity such as 500m or 1Gi";
    case "int-or-string":
      return typeof value === "string" || (isInteger(value) && within(value, 32n))
        ? undefined
        : "must be an integer or a percentage";
    case "time":
      return typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value)
        ? undefined
        : "must be a time such as 2026-01-31T12:00:00Z";
    default:
      return undefined;
  }
}

const nameOf = (value: Json): string =>
  Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;

function constraintProblem(type: string, constraints: readonly string[], value: Json): string | undefined {
  for (const constraint of constraints) {
    const problem = oneConstraint(type, constraint, value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function oneConstraint(type: string, constraint: string, value: Json): string | undefined {
  if (constraint.startsWith("in=")) {
    const allowed = constraint.slice(3).split("|");
    return typeof value === "string" && allowed.includes(value) ? undefined : `must be one of ${allowed.join(", ")}`;
  }
  if (constraint.startsWith("not=")) return value === constraint.slice(4) ? "is reserved by gardener" : undefined;
  const bound = /^(>=|<=|>|<)(.+)$/.exec(constraint);
  if (bound !== null) return boundProblem(type, bound[1] ?? "", bound[2] ?? "", value);
  return typeof value === "string" ? textSyntax[constraint]?.(value) : undefined;
}

function boundProblem(type: string, operator: string, limit: string, value: Json): string | undefined {
  if (type === "int-or-string" && typeof value === "string") return percentProblem(limit, value);
  if (limit.endsWith("%")) return undefined;
  const [left, right] = amounts(type, value, limit);
  if (left === undefined || right === undefined) return undefined;
  const holds =
    operator === ">="
      ? left >= right
      : operator === "<="
        ? left <= right
        : operator === ">"
          ? left > right
          : left < right;
  return holds ? undefined : `must be ${operator} ${limit}`;
}

function percentProblem(limit: string, value: string): string | undefined {
  const percent = /^(\d+)%$/.exec(value);
  if (percent === null) return "must be an integer or a percentage such as 5%";
  return limit.endsWith("%") && Number(percent[1]) > Number(limit.slice(0, -1))
    ? `must not be greater than ${limit}`
    : undefined;
}

function amounts(
  type: string,
  value: Json,
  limit: string,
): readonly [number | bigint | undefined, number | bigint | undefined] {
  if (type === "duration")
    return [
      typeof value === "string" ? parseDuration(value) : undefined,
      parseDuration(/[a-z]$/.test(limit) ? limit : `${limit}s`),
    ];
  if (type === "quantity") return [quantityOf(value)?.nano, parseQuantity(limit)?.nano];
  return [typeof value === "number" || typeof value === "bigint" ? value : undefined, Number(limit)];
}
