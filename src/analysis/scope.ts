import type { Deployment } from "./deployment.ts";
import { keyedForm } from "../inventory/keyed.ts";
import type { Json, JsonObject } from "../manifests/manifest.ts";
import type { CompiledTable } from "../rules/compile.ts";
import { Unknown, type Reference, type Scope, type Settings } from "../rules/functions.ts";
import { isObject, type ParsedPath, parsePath, readAll, readSegments } from "../rules/path.ts";
import { conditionPaths } from "../rules/places.ts";
import type { ConditionRow, DefaultRow, Path, Shape } from "../rules/table.ts";
import { type AskedTargets, tracked } from "./asked.ts";
import type { ClusterMemo } from "./cluster-memo.ts";
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
  readonly asked: AskedTargets;
  /** What the pools of the cluster share; one for each cluster and settings. */
  readonly memo: ClusterMemo;
  /** What is known of the applications that the manifests belong to. */
  readonly deployment?: Deployment;
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
  /** Conditions on this side that were decided already. */
  readonly answers = new Map<ConditionRow, boolean>();
  readonly #of: PoolSide;
  readonly #circumstances: Circumstances;
  readonly #roots: Map<string, Json | undefined>;
  /** The targets on which a variable hangs, to be asked again whenever it is read. */
  readonly #askedFor = new Map<string, ReadonlySet<string>>();
  readonly #keyed = new Map<string, JsonObject>();

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
    const { ofCluster, ofPool } = defaultsOf(circumstances.table);
    const key = `${side.side} ${before !== undefined}`;
    const { defaulted } = circumstances.memo;
    if (!defaulted.has(key)) {
      fillIn(ofCluster, circumstances, side, roots, before);
      defaulted.set(key, roots.get("cluster"));
    }
    roots.set("cluster", side.clusterValue === undefined ? undefined : defaulted.get(key));
    fillIn(ofPool, circumstances, side, roots, before);
    return new PoolScope(circumstances, side, roots);
  }

  static partly(circumstances: Circumstances, side: PoolSide, roots: ReadonlyMap<string, Json | undefined>): PoolScope {
    return new PoolScope(circumstances, side, new Map(roots));
  }

  /** The same side under other settings; only where no default hung on a target that differs. */
  under(circumstances: Circumstances): PoolScope {
    const roots = new Map(["pool", "cluster"].map((root) => [root, this.#roots.get(root)]));
    return new PoolScope(circumstances, this.#of, roots);
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
    return readSegments(this.#keyedRoot(place.root), place.segments);
  }

  /** Changes are named in the keyed form of their object, so places of a whole object are read in it too. */
  #keyedRoot(name: string): Json | undefined {
    const value = this.#root(name);
    const isWhole = name === "cluster" || (name === "pool" && this.table.pools.at === undefined);
    const row = isWhole ? this.table.objects.find(({ role }) => role === name) : undefined;
    if (row?.lists === undefined || !isObject(value)) return value;
    let keyed = this.#keyed.get(name);
    if (keyed === undefined) this.#keyed.set(name, (keyed = keyedForm(value, row)));
    return keyed;
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
    if (this.#roots.has(name))
      for (const target of this.#askedFor.get(name) ?? []) this.#circumstances.asked.add(target);
    else {
      const { value, asked } = tracked(this.#circumstances.asked, () => this.#variable(name));
      for (const target of asked) this.#circumstances.asked.add(target);
      this.#roots.set(name, value);
      if (asked.size > 0) this.#askedFor.set(name, asked);
    }
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

/** Fills in defaults. A condition sees those that stand above it in the table. */
function fillIn(
  rows: readonly DefaultRow[],
  circumstances: Circumstances,
  side: PoolSide,
  roots: Map<string, Json | undefined>,
  before: PoolScope | undefined,
): void {
  for (const row of rows) {
    const { root, segments } = parsed(circumstances.table, row.at);
    if (roots.get(root) === undefined) continue;
    if (row.when !== undefined) {
      const scope = PoolScope.partly(circumstances, side, roots);
      if (!holds(row.when, { base: before ?? scope, head: scope }, scope)) continue;
    }
    const value = row.keep === true ? before?.at({ root, segments }) : row.value;
    if (value !== undefined) roots.set(root, withDefault(roots.get(root), segments, value, row.parents ?? "existing"));
  }
}

interface SortedDefaults {
  readonly ofCluster: readonly DefaultRow[];
  readonly ofPool: readonly DefaultRow[];
}
const sortedDefaults = new WeakMap<CompiledTable, SortedDefaults>();

/** Defaults of the cluster object that hang on nothing else come first: every pool of the cluster shares them. */
function defaultsOf(table: CompiledTable): SortedDefaults {
  let sorted = sortedDefaults.get(table);
  if (sorted === undefined) {
    const isShared = (row: DefaultRow): boolean =>
      [row.at, ...conditionPaths(row.when)].every((path) => parsed(table, path).root === "cluster") &&
      !/"(?:target|check)":/.test(JSON.stringify(row.when ?? null));
    sorted = {
      ofCluster: table.defaults.filter(isShared),
      ofPool: table.defaults.filter((row) => !isShared(row)),
    };
    sortedDefaults.set(table, sorted);
  }
  return sorted;
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
