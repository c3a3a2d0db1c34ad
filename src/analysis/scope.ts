import type { UndecidedApplications } from "./decided.ts";
import type { Json, JsonObject } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import { Unknown, type Reference, type Scope, type Settings } from "../rules/functions.ts";
import { type ParsedPath, parsePath, readAll, readSegments } from "../rules/path.ts";
import type { Path, Shape } from "../rules/table.ts";
import { holds } from "./condition.ts";
import { withDefault } from "./defaults.ts";

/** What one side of a pool consists of, before defaults. */
export interface PoolSide {
  readonly side: "base" | "head";
  readonly pool: string;
  readonly cluster: string;
  readonly namespace: string | undefined;
  /** The pool's own entry or object; absent on the side that has its cluster but not the pool. */
  readonly poolValue: JsonObject | undefined;
  /** The cluster object; absent when it is not among the manifests. */
  readonly clusterValue: JsonObject | undefined;
  readonly references: (id: string) => readonly Reference[];
}

/** What an evaluation hangs on beside the manifests. */
export interface Circumstances {
  readonly table: CompiledTable;
  readonly settings: Settings;
  /** The targets that were asked for: whether another version would matter hangs on them. */
  readonly asked: Set<string>;
  /** Applications of whose pools nothing can be said. */
  readonly undecided?: UndecidedApplications;
}

/** One side of one pool as rules see it, with defaults filled in. */
export class PoolScope implements Scope {
  readonly side: "base" | "head";
  readonly pool: string;
  readonly cluster: string;
  readonly namespace: string | undefined;
  readonly hasCluster: boolean;
  readonly references: (id: string) => readonly Reference[];
  readonly table: CompiledTable;
  readonly #of: PoolSide;
  readonly #circumstances: Circumstances;
  readonly #roots: Map<string, Json | undefined>;

  private constructor(circumstances: Circumstances, side: PoolSide, roots: Map<string, Json | undefined>) {
    this.side = side.side;
    this.pool = side.pool;
    this.cluster = side.cluster;
    this.namespace = side.namespace;
    this.hasCluster = side.clusterValue !== undefined;
    this.references = side.references;
    this.table = circumstances.table;
    this.#of = side;
    this.#circumstances = circumstances;
    this.#roots = roots;
  }

  /** `before` is the base, for the head: conditions of defaults may compare the two, and some defaults keep its values. */
  static of(circumstances: Circumstances, side: PoolSide, before?: PoolScope): PoolScope {
    const roots = new Map<string, Json | undefined>([
      ["pool", side.poolValue],
      ["cluster", side.clusterValue],
    ]);
    for (const row of circumstances.table.defaults) {
      const { root, segments } = parsed(circumstances.table, row.at);
      if (roots.get(root) === undefined) continue;
      if (row.when !== undefined) {
        // A condition sees the defaults that stand above it in the table.
        const scope = new PoolScope(circumstances, side, new Map(roots));
        if (!holds(row.when, { base: before ?? scope, head: scope }, scope)) continue;
      }
      const value = row.keep === true ? before?.at({ root, segments }) : row.value;
      if (value !== undefined)
        roots.set(root, withDefault(roots.get(root), segments, value, row.parents ?? "existing"));
    }
    return new PoolScope(circumstances, side, roots);
  }

  /** The same side, with `$item` set. */
  withItem(item: Json): PoolScope {
    return new PoolScope(this.#circumstances, this.#of, new Map([...this.#roots, ["item", item]]));
  }

  get = (path: Path): Json | undefined => {
    const { root, segments } = parsed(this.table, path);
    if (!segments.includes("*")) return readSegments(this.#root(root), segments);
    const found = [...readAll(this.#root(root), segments)].map(({ value }) => value);
    return found.length === 0 ? undefined : found;
  };

  /** The value at a concrete place. */
  at(place: ParsedPath): Json | undefined {
    return readSegments(this.#root(place.root), place.segments);
  }

  target = (name: string): string => {
    const row = this.table.targets.find((target) => target.name === name);
    if (row === undefined) throw new Error(`no target is called "${name}"`);
    this.#circumstances.asked.add(name);
    return this.#circumstances.settings.targets[name] ?? row.newest;
  };

  option = (name: string): string | boolean => {
    const row = this.table.options.find((option) => option.name === name);
    if (row === undefined) throw new Error(`no landscape option is called "${name}"`);
    return this.#circumstances.settings.landscape[`${this.table.system}.${name}`] ?? row.default;
  };

  shape = (name: string): Shape | undefined =>
    Object.hasOwn(this.table.shapes, name) ? this.table.shapes[name] : undefined;

  #root(name: string): Json | undefined {
    if (!this.#roots.has(name)) this.#roots.set(name, this.#variable(name));
    return this.#roots.get(name);
  }

  #variable(name: string): Json | undefined {
    const variable = this.table.let[name];
    if (variable === undefined) {
      if (!this.table.references.some(({ id }) => id === name))
        throw new Error(`"$${name}" is no root, variable or reference`);
      // One object reads as itself, several as their list.
      const values = this.references(name).flatMap(({ value }) => (value === undefined ? [] : [value]));
      return values.length <= 1 ? values[0] : values;
    }
    if (typeof variable === "string") return this.get(variable);
    if ("derived" in variable) {
      const value = this.table.registry.derived(variable.derived)(this);
      return value instanceof Unknown ? undefined : (value ?? undefined);
    }
    for (const path of variable) {
      const value = this.get(path);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

const cache = new WeakMap<CompiledTable, Map<Path, ParsedPath>>();

/** Each path is parsed once per table. */
function parsed(table: CompiledTable, path: Path): ParsedPath {
  let paths = cache.get(table);
  if (paths === undefined) cache.set(table, (paths = new Map()));
  let found = paths.get(path);
  if (found === undefined) paths.set(path, (found = parsePath(path, table.defaultRoot)));
  return found;
}
