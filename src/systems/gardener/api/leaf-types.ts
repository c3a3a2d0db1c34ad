import { isNumber } from "../../../manifests/json-number.ts";
import type { Json } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import { quantityOf } from "../../../rules/encodings/quantity.ts";

/** Why a value is not taken. */
export type ValueCheck = (value: Json) => string | undefined;

const isInteger = (value: Json): value is number | bigint => typeof value === "bigint" || Number.isInteger(value);
const isWithin = (value: Json, bits: number): boolean =>
  isInteger(value) && value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);

/** A value in words, which do not give it away: it may be secret. */
function described(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (isNumber(value)) return "a number";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const only =
  (isOne: (value: Json) => boolean, wanted: string): ValueCheck =>
  (value) =>
    isOne(value) ? undefined : `must be ${wanted}`;

function stringProblem(value: Json): string | undefined {
  if (typeof value === "string") return undefined;
  const advice = typeof value === "object" ? "" : ": quote it";
  return `must be a string, not ${described(value)}${advice}`;
}

const integer =
  (bits: number): ValueCheck =>
  (value) => {
    if (isWithin(value, bits)) return undefined;
    if (isInteger(value)) return `must fit into ${bits} bits`;
    return `must be a ${bits}-bit integer, not ${typeof value === "number" ? "a fraction" : described(value)}`;
  };

/** Why a value cannot be decoded into its type. */
export const types = new Map<string, ValueCheck>([
  ["string", stringProblem],
  ["int32", integer(32)],
  ["int64", integer(64)],
  ["bool", (value) => (typeof value === "boolean" ? undefined : `must be true or false, not ${described(value)}`)],
  ["float64", (value) => (isNumber(value) ? undefined : `must be a number, not ${described(value)}`)],
  [
    "duration",
    only((value) => typeof value === "string" && parseDuration(value) !== undefined, "a duration such as 5m0s"),
  ],
  ["quantity", only((value) => quantityOf(value) !== undefined, "a resource quantity such as 500m or 1Gi")],
  ["int-or-string", only((value) => typeof value === "string" || isWithin(value, 32), "an integer or a percentage")],
  [
    "time",
    only(
      (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value),
      "a time such as 2026-01-31T12:00:00Z",
    ),
  ],
]);
