import type { ValuePath } from "../manifests/manifest.ts";
import { didYouMean } from "../validation/nearest-word.ts";
import { encodings } from "./encodings/index.ts";
import type { NamedFunctions } from "./functions.ts";
import type { Table } from "./merge.ts";
import { parsePath } from "./path.ts";
import type { TablePart } from "./table.ts";

/** A name in a table that stands for nothing; `path` is its place in the file. */
interface UnknownName {
  readonly path: ValuePath;
  readonly message: string;
}

type Kind =
  | "encoding"
  | "derived input"
  | "predicate"
  | "check"
  | "target"
  | "option"
  | "trigger"
  | "field row"
  | "root";

/** Keys whose values are paths, wherever they stand. */
const pathKeys = new Set(["from", "at", "reads", "claims", "path", "each", "names", "shows"]);
/** Lists whose rows name checks in `check`; everywhere else a `check` is a predicate of a condition. */
const rowsWithChecks = new Set(["refusals", "holds", "notices"]);

function knownNames(table: Table, functions: NamedFunctions): Readonly<Record<Kind, ReadonlySet<string>>> {
  const strategies = Object.values(table.strategies.effects);
  return {
    encoding: new Set([...Object.keys(encodings), ...Object.keys(functions.encodings ?? {})]),
    "derived input": new Set(Object.keys(functions.derived ?? {})),
    predicate: new Set(Object.keys(functions.predicates ?? {})),
    check: new Set(Object.keys(functions.checks ?? {})),
    target: new Set(table.targets.map(({ name }) => name)),
    option: new Set(table.options.map(({ name }) => name)),
    "field row": new Set(table.fields.map(({ id }) => id)),
    trigger: new Set(strategies.flatMap((triggers) => Object.keys(triggers))),
    root: new Set(["pool", "cluster", "item", ...Object.keys(table.let), ...table.references.map(({ id }) => id)]),
  };
}

class NameCheck {
  readonly found: UnknownName[] = [];
  readonly #known: ReturnType<typeof knownNames>;
  constructor(known: ReturnType<typeof knownNames>) {
    this.#known = known;
  }

  #name(kind: Kind, name: unknown, path: ValuePath): void {
    const known = this.#known[kind];
    if (typeof name !== "string" || known.has(name)) return;
    // Everything is unknown without a strategies table, which is said once by the merge.
    if (kind === "trigger" && known.size === 0) return;
    this.found.push({ path, message: `no ${kind} is called "${name}"${didYouMean(name, [...known])}` });
  }

  #names(kind: Kind, names: unknown, path: ValuePath): void {
    if (!Array.isArray(names)) this.#name(kind, names, path);
    else for (const [index, name] of names.entries()) this.#name(kind, name, [...path, index]);
  }

  paths(paths: unknown, place: ValuePath): void {
    for (const path of Array.isArray(paths) ? (paths as unknown[]) : [paths]) {
      if (typeof path === "string") this.#name("root", parsePath(path, "pool").root, place);
    }
  }

  visit(value: unknown, path: ValuePath, inRow: boolean): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) this.visit(item, [...path, index], inRow);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const place = [...path, key];
      const isVersion = key === "from" && "target" in value;
      if (pathKeys.has(key) && !isVersion && (typeof inner === "string" || isTexts(inner))) {
        const isBound = key === "from" && "path" in value;
        if (!isBound) this.paths(inner, place);
      }
      if (key === "as") this.#names("encoding", inner, place);
      if (key === "derived") this.#name("derived input", inner, place);
      if (key === "check") this.#name(inRow && path.length === 2 ? "check" : "predicate", inner, place);
      if (key === "target") this.#name("target", inner, place);
      if (key === "option") this.#name("option", inner, place);
      if (key === "over") this.#names("field row", inner, place);
      if (key === "trigger") this.#name("trigger", inner, place);
      this.visit(inner, place, inRow || rowsWithChecks.has(key));
    }
  }
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((item) => typeof item === "string");

/** Names in one file that neither the code nor the whole table of its system knows. */
export function unknownNames(part: TablePart, table: Table, functions: NamedFunctions): readonly UnknownName[] {
  const check = new NameCheck(knownNames(table, functions));
  // Values, shapes and expressions are data: a key in them is no word of ours.
  const { shapes: _shapes, validations: _validations, catalogs: _catalogs, let: variables, ...rows } = part;
  for (const [name, variable] of Object.entries(variables ?? {})) {
    if (typeof variable === "string" || isTexts(variable)) check.paths(variable, ["let", name]);
    else check.visit(variable, ["let", name], false);
  }
  check.visit(rows, [], false);
  return check.found;
}
