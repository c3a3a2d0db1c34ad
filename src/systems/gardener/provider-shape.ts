import type { Json } from "../../manifests/manifest.ts";
import { quantityOf } from "../../rules/encodings/quantity.ts";
import { isObject } from "../../rules/path.ts";
import type { Shape } from "../../rules/table.ts";

/** A place that a strict decoder or the limits of a shape do not accept. */
export interface ShapeProblem {
  readonly segments: readonly string[];
  readonly message: string;
}

const isInteger = (value: Json): value is number | bigint =>
  typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));

/**
 * What is wrong with a value, as the strict decoders of Kubernetes APIs see it: unknown members, wrong types, missing
 * required members. Null is the same as absent.
 */
export function shapeProblems(
  value: Json | undefined,
  shape: Shape,
  segments: readonly string[] = [],
): readonly ShapeProblem[] {
  const problem = (message: string): readonly ShapeProblem[] => [{ segments, message }];
  if (typeof shape === "string") return leafProblems(value, shape).flatMap(problem);
  if (value === undefined || value === null) return [];
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return problem("must be a list");
    return (value as readonly Json[]).flatMap((item, index) =>
      shapeProblems(item, shape[0], [...segments, String(index)]),
    );
  }
  if (!isObject(value)) return problem("must be an object");
  const members = shape;
  const unknown = Object.keys(value).flatMap((key) => {
    const member = Object.hasOwn(members, key) ? undefined : members["*"];
    if (Object.hasOwn(members, key)) return [];
    if (member === undefined) return [{ segments: [...segments, key], message: `unknown field "${key}"` }];
    return shapeProblems(value[key], member, [...segments, key]);
  });
  const known = Object.entries(members)
    .filter(([key]) => key !== "*")
    .flatMap(([key, member]) =>
      shapeProblems(Object.hasOwn(value, key) ? value[key] : undefined, member, [...segments, key]),
    );
  return [...unknown, ...known];
}

const isListShape = (shape: Shape): shape is readonly [Shape] => Array.isArray(shape);

/** `[required ]string`, `boolean`, `number`, `integer[ 1..64]`, `quantity`, `one of a b c`, `any`. */
function leafProblems(value: Json | undefined, shape: string): readonly string[] {
  const required = shape.startsWith("required ");
  if (value === undefined || value === null) return required ? ["required value"] : [];
  const [type = "", ...rest] = (required ? shape.slice("required ".length) : shape).split(" ");
  switch (type) {
    case "any":
      return [];
    case "string":
      if (typeof value !== "string") return ["must be a string"];
      return required && value === "" ? ["required value"] : [];
    case "boolean":
      return typeof value === "boolean" ? [] : ["must be true or false"];
    case "number":
      return typeof value === "number" || typeof value === "bigint" ? [] : ["must be a number"];
    case "integer":
      return integerProblems(value, rest[0]);
    case "quantity":
      return quantityOf(value) === undefined ? ["must be a quantity such as 4, 500m or 16Gi"] : [];
    case "one":
      return rest.slice(1).some((word) => word === value) ? [] : [`must be one of ${rest.slice(1).join(", ")}`];
    default:
      throw new Error(`not a shape: "${shape}"`);
  }
}

function integerProblems(value: Json, range: string | undefined): readonly string[] {
  if (!isInteger(value)) return ["must be a whole number"];
  const [low = "", high = ""] = range?.split("..") ?? [];
  if (low !== "" && value < Number(low)) return [`must be at least ${low}`];
  return high !== "" && value > Number(high) ? [`must be at most ${high}`] : [];
}
