import type { Json } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import { parseQuantity, quantityOf } from "../../../rules/encodings/quantity.ts";
import type { ValueCheck } from "./leaf-types.ts";
import { textSyntax } from "./syntax.ts";

/** The check of one constraint of a single value, such as `>=0`, `in=a|b` or the name of a syntax; undefined for another word. */
export function valueCheck(type: string, constraint: string): ValueCheck | undefined {
  if (constraint.startsWith("in=")) {
    const allowed = constraint.slice(3).split("|");
    const words = allowed.filter((word) => word !== "").join(", ");
    return (value) => (typeof value === "string" && allowed.includes(value) ? undefined : `must be one of ${words}`);
  }
  if (constraint.startsWith("not="))
    return (value) => (value === constraint.slice(4) ? "is reserved by gardener" : undefined);
  if (constraint === "power-of-two") return (value) => (isPowerOfTwo(value) ? undefined : "must be a power of two");
  if (constraint.startsWith("matches=")) return patternCheck(constraint.slice("matches=".length));
  const [, most, size] = /^size(>=|<=)(\d+)$/.exec(constraint) ?? [];
  if (size !== undefined) return sizeCheck(most === "<=", Number(size));
  const [, operator, limit] = /^(>=|<=|>|<)(.+)$/.exec(constraint) ?? [];
  if (operator !== undefined && limit !== undefined) return boundCheck(type, operator, limit);
  const syntax = Object.hasOwn(textSyntax, constraint) ? textSyntax[constraint] : undefined;
  return syntax === undefined ? undefined : (value) => (typeof value === "string" ? syntax(value) : undefined);
}

const isPowerOfTwo = (value: Json): boolean =>
  typeof value !== "number" || (value > 0 && Number.isInteger(Math.log2(value)));

/** Upstream matches in linear time, JavaScript does not: a pattern is not tried on a longer text, which `size` refuses. */
const longestMatched = 2048;

/** As the filters of the providers do, a pattern passes over an empty text: that is for `size>=1` to refuse. */
function patternCheck(text: string): ValueCheck {
  const pattern = new RegExp(text, "u");
  return (value) =>
    typeof value !== "string" || value === "" || value.length > longestMatched || pattern.test(value)
      ? undefined
      : `does not match ${text}`;
}

const sizeCheck =
  (isMost: boolean, limit: number): ValueCheck =>
  (value) => {
    if (typeof value !== "string") return undefined;
    const size = [...value].length;
    if (isMost) return size <= limit ? undefined : `must not be longer than ${limit} characters`;
    if (size >= limit) return undefined;
    return size === 0 ? "must not be empty" : `must not be shorter than ${limit} characters`;
  };

type Amount = number | bigint | undefined;

function boundCheck(type: string, operator: string, limit: string): ValueCheck {
  const right = limitOf(type, limit);
  return (value) => {
    if (type === "int-or-string" && typeof value === "string") return percentProblem(limit, value);
    const left = amountOf(type, value);
    if (limit.endsWith("%") || left === undefined || right === undefined) return undefined;
    return compares(left, operator, right) ? undefined : `must be ${operator} ${limit}`;
  };
}

function compares(left: number | bigint, operator: string, right: number | bigint): boolean {
  if (operator === ">=") return left >= right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left < right;
}

function percentProblem(limit: string, value: string): string | undefined {
  const percent = /^(\d+)%$/.exec(value);
  if (percent === null) return "must be an integer or a percentage such as 5%";
  return limit.endsWith("%") && Number(percent[1]) > Number(limit.slice(0, -1))
    ? `must not be greater than ${limit}`
    : undefined;
}

function amountOf(type: string, value: Json): Amount {
  if (type === "duration") return typeof value === "string" ? parseDuration(value) : undefined;
  if (type === "quantity") return quantityOf(value)?.nano;
  return typeof value === "number" || typeof value === "bigint" ? value : undefined;
}

function limitOf(type: string, limit: string): Amount {
  if (type === "duration") return parseDuration(/[a-z]$/.test(limit) ? limit : `${limit}s`);
  return type === "quantity" ? parseQuantity(limit)?.nano : Number(limit);
}
