import type { Json, JsonObject } from "../../../manifests/manifest.ts";
import { parseDuration } from "../../../rules/encodings/duration.ts";
import { parseQuantity, quantityOf } from "../../../rules/encodings/quantity.ts";
import type { Catalog } from "../../../rules/rows.ts";
import { isObject } from "../../../rules/path.ts";
import { sectionsOf } from "../../api-shape.ts";
import { mapSyntax, textSyntax } from "./syntax.ts";
import { type Decoder, holdsFor } from "./decoder.ts";
import { featureGateProblem } from "./feature-gates.ts";

/** Tells of a problem, at the value itself or at a key in it. */
export type Report = (message: string, key?: string) => void;
/** What a leaf of a shape asks of its value. */
export type LeafCheck = (value: Json, context: LeafContext, report: Report) => void;

/** What a check may depend on beside the value. */
export interface LeafContext {
  readonly kubernetesVersion: string | undefined;
  /** What decodes, where its releases are told apart. */
  readonly decoder?: Decoder;
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

/** Why a value is not taken. */
type ValueCheck = (value: Json) => string | undefined;

const isInteger = (value: Json): value is number | bigint => typeof value === "bigint" || Number.isInteger(value);
const isWithin = (value: Json, bits: number): boolean =>
  isInteger(value) && value >= -(2 ** (bits - 1)) && value < 2 ** (bits - 1);

const nameOf = (value: Json): string =>
  Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;

const unless =
  (decodes: (value: Json) => boolean, message: string | ((value: Json) => string)): ValueCheck =>
  (value) =>
    decodes(value) ? undefined : typeof message === "string" ? message : message(value);

/** Why a value cannot be decoded into its type. */
const types = new Map<string, ValueCheck>([
  [
    "string",
    unless(
      (value) => typeof value === "string",
      (value) => `must be a string, not ${nameOf(value)}: quote it`,
    ),
  ],
  [
    "bool",
    unless(
      (value) => typeof value === "boolean",
      (value) => `must be true or false, not ${nameOf(value)}`,
    ),
  ],
  [
    "int32",
    unless(
      (value) => isWithin(value, 32),
      (value) => `must be a 32-bit integer, not ${nameOf(value)}`,
    ),
  ],
  [
    "int64",
    unless(
      (value) => isWithin(value, 64),
      (value) => `must be a 64-bit integer, not ${nameOf(value)}`,
    ),
  ],
  [
    "float64",
    unless(
      (value) => typeof value === "number" || typeof value === "bigint",
      (value) => `must be a number, not ${nameOf(value)}`,
    ),
  ],
  [
    "duration",
    unless(
      (value) => typeof value === "string" && parseDuration(value) !== undefined,
      "must be a duration such as 5m0s",
    ),
  ],
  ["quantity", unless((value) => quantityOf(value) !== undefined, "must be a resource quantity such as 500m or 1Gi")],
  [
    "int-or-string",
    unless((value) => typeof value === "string" || isWithin(value, 32), "must be an integer or a percentage"),
  ],
  [
    "time",
    unless(
      (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value),
      "must be a time such as 2026-01-31T12:00:00Z",
    ),
  ],
]);

function valueCheck(type: string, constraint: string): ValueCheck | undefined {
  if (constraint.startsWith("in=")) {
    const allowed = constraint.slice(3).split("|");
    const words = allowed.filter((word) => word !== "").join(", ");
    return (value) => (typeof value === "string" && allowed.includes(value) ? undefined : `must be one of ${words}`);
  }
  if (constraint.startsWith("not="))
    return (value) => (value === constraint.slice(4) ? "is reserved by gardener" : undefined);
  if (constraint.startsWith("matches=")) return patternCheck(constraint.slice("matches=".length));
  const [, most, size] = /^size(>=|<=)(\d+)$/.exec(constraint) ?? [];
  if (size !== undefined) return sizeCheck(most === "<=", Number(size));
  const [, operator, limit] = /^(>=|<=|>|<)(.+)$/.exec(constraint) ?? [];
  if (operator !== undefined && limit !== undefined) return boundCheck(type, operator, limit);
  const syntax = Object.hasOwn(textSyntax, constraint) ? textSyntax[constraint] : undefined;
  return syntax === undefined ? undefined : (value) => (typeof value === "string" ? syntax(value) : undefined);
}

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

type MapCheck = (value: JsonObject, context: LeafContext, report: Report) => void;

function mapCheck([type = "", ...constraints]: readonly string[]): LeafCheck {
  const decodes = types.get(type);
  const asked = sectionsOf(constraints).map((section) => ({
    section,
    checks: section.words.flatMap((name) => [...syntaxOf(name), ...resourceChecks(name)]),
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

function syntaxOf(name: string): MapCheck[] {
  if (name.startsWith("keys=")) {
    const allowed = name.slice("keys=".length).split("|");
    return [
      (value, _context, report) => {
        for (const key of Object.keys(value))
          if (!allowed.includes(key)) report(`is unknown: it must be one of ${allowed.join(", ")}`, key);
      },
    ];
  }
  if (name === "feature-gates")
    return [
      (value, { catalog, kubernetesVersion }, report) => {
        const gates = catalog("feature-gates");
        for (const [name, enabled] of Object.entries(value)) {
          const gate = Object.hasOwn(gates, name) ? gates[name] : undefined;
          const wrong = featureGateProblem(gate, name, enabled === true, kubernetesVersion);
          if (wrong !== undefined) report(wrong, name);
        }
      },
    ];
  const syntax = Object.hasOwn(mapSyntax, name) ? mapSyntax[name] : undefined;
  if (syntax === undefined) return [];
  return [
    (value, _context, report) => {
      const texts = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
      const problem = syntax(texts);
      if (problem !== undefined) report(problem);
    },
  ];
}

/** `cpu-memory` names the only keys; `memory>=30M` a least amount. */
function resourceChecks(name: string): MapCheck[] {
  if (name === "cpu-memory")
    return [
      (value, _context, report) => {
        for (const [resource, amount] of Object.entries(value)) {
          if (resource !== "cpu" && resource !== "memory") report("only cpu and memory are supported", resource);
          if ((quantityOf(amount)?.nano ?? 0n) < 0n) report("must be greater than or equal to 0", resource);
        }
      },
    ];
  const [of = "", least] = name.split(">=");
  const bound = least === undefined ? undefined : parseQuantity(least);
  if (bound === undefined) return [];
  return [
    (value, _context, report) => {
      if (!Object.hasOwn(value, of)) return;
      // Go decodes null to a quantity of 0.
      const amount = value[of] === null ? 0n : quantityOf(value[of])?.nano;
      if (amount !== undefined && amount < bound.nano) report(`must be at least ${least}`, of);
    },
  ];
}
