import { compareVersions, parseVersion } from "../../../../rules/version.ts";

/** One comparison of a constraint: `>= 1.34`, with how many parts of the version are written. */
interface Comparison {
  readonly operator: string;
  readonly version: string;
  readonly parts: number;
}

const comparison = /^(=|!=|>|<|>=|=>|<=|=<|~|~>|\^)? ?v?(\d+(?:\.\d+){0,2})$/;

/**
 * Whether a version meets a constraint as Masterminds/semver reads it: alternatives between `||`, of comparisons that are separated
 * by commas or spaces. Undefined where a part of it is none of the comparisons that are told apart here: wildcards, pre-releases
 * and ranges with a hyphen.
 */
export function meetsConstraint(version: string, constraint: string): boolean | undefined {
  if (constraint.length > 200 || parseVersion(version) === undefined) return undefined;
  const alternatives = constraint.split("||").map(comparisonsOf);
  if (!alternatives.every((all) => all !== undefined)) return undefined;
  return alternatives.some((all) => all.every((one) => meets(version, one)));
}

function comparisonsOf(text: string): readonly Comparison[] | undefined {
  // A space behind an operator belongs to it; any other one separates.
  const words = text.replace(/([=<>~^]) +/g, "$1").split(/[ ,]/);
  const found = words.filter((word) => word !== "").map(comparisonOf);
  return found.length > 0 && found.every((one) => one !== undefined) ? found : undefined;
}

function comparisonOf(word: string): Comparison | undefined {
  const match = comparison.exec(word);
  const version = match?.[2];
  return version === undefined ? undefined : { operator: match?.[1] ?? "=", version, parts: version.split(".").length };
}

/** Parts that are not written stand for all of their values, but for `<` and `>=`, which take them for zero. */
function meets(version: string, { operator, version: bound, parts }: Comparison): boolean {
  const order = compareVersions(version, bound) ?? 0;
  const isWithin = (count: number): boolean => agree(version, bound, count);
  switch (operator) {
    case "<":
      return order < 0;
    case ">=":
    case "=>":
      return order >= 0;
    case ">":
      return order > 0 && !(parts < 3 && isWithin(parts));
    case "<=":
    case "=<":
      return order <= 0 || isWithin(parts);
    case "!=":
      return !isWithin(parts);
    case "^":
      return order >= 0 && isWithin(firstOf(bound, parts));
    case "~":
    case "~>":
      return order >= 0 && isWithin(Math.min(parts, 2));
    default:
      return isWithin(parts);
  }
}

/** How many parts `^` holds: all up to the first that is not zero. */
function firstOf(bound: string, parts: number): number {
  const first = (parseVersion(bound) ?? []).findIndex((part) => part > 0);
  return first === -1 ? parts : Math.min(first + 1, parts);
}

/** Whether the first parts of two versions are the same. */
function agree(one: string, other: string, count: number): boolean {
  const [left, right] = [parseVersion(one), parseVersion(other)];
  return left?.slice(0, count).join(".") === right?.slice(0, count).join(".");
}
