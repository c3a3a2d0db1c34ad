import { readKeyed } from "../../inventory/keyed.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject, SideName } from "../../manifests/manifest.ts";
import type { CompiledTable } from "../../rules/compile.ts";
import type { KnownCondition } from "../../rules/conditions.ts";
import { Unknown, type Reference, type Scope } from "../../rules/functions.ts";
import { type ParsedPath, readAll, readSegments } from "../../rules/path.ts";
import type { Catalog, DefaultRow, Shape, ValidationRow } from "../../rules/rows.ts";
import type { Path } from "../../rules/words.ts";
import type { Circumstances } from "../circumstances.ts";
import { withoutAdditions } from "./additions.ts";
import type { Answers } from "./cluster-memo.ts";
import { holds } from "./condition.ts";
import { defaultsOf, fillIn, leavesAlone, type Roots } from "./defaults.ts";
import { answersOfCluster, clusterSideOf, type PoolSide } from "./pool-side.ts";
import type { Tracked } from "./target-tracker.ts";
import { isKnownRelease, targetVersion } from "./target-version.ts";
import { validationsInForce } from "./validations-in-force.ts";

type RootValues = Map<string, Tracked<Json | undefined>>;

const known = (value: Json | undefined): Tracked<Json | undefined> => ({ value, asked: nothingAsked });
const nothingAsked: ReadonlySet<string> = new Set();

/**
 * One side of one pool as rules see it, with defaults. Defaults are filled in at the first read: most pools of a change are
 * never read.
 */
export class PoolScope implements Scope {
  readonly side: SideName;
  readonly pool: string;
  readonly cluster: string;
  readonly namespace: string | undefined;
  readonly hasCluster: boolean;
  /** The cluster object as it is in the manifest. */
  readonly clusterValue: JsonObject | undefined;
  readonly references: (id: string) => readonly Reference[];
  readonly table: CompiledTable;
  readonly #of: PoolSide;
  readonly #circumstances: Circumstances;
  /** What roots stand for, with the targets on which that depends: they are asked again whenever it is read. */
  readonly #roots: RootValues;
  readonly #before: PoolScope | undefined;
  /** Conditions on this side that were decided already, by their number. */
  readonly #answers: Answers = [];
  /** Those that all pools of the cluster share. */
  readonly #clusterAnswers: Answers | undefined;
  /** The scope around an item, whose roots this one shares. */
  readonly #around: PoolScope | undefined;

  private constructor(
    circumstances: Circumstances,
    side: PoolSide,
    roots: RootValues,
    clusterAnswers: Answers | undefined,
    before?: PoolScope,
    around?: PoolScope,
  ) {
    this.side = side.side;
    this.pool = side.pool;
    this.cluster = side.cluster;
    this.namespace = side.namespace;
    this.hasCluster = side.clusterValue !== undefined;
    this.clusterValue = side.clusterValue;
    this.references = side.references;
    this.table = circumstances.table;
    this.#of = side;
    this.#circumstances = circumstances;
    this.#roots = roots;
    this.#before = before;
    this.#around = around;
    this.#clusterAnswers = clusterAnswers;
  }

  /** `before` is the base, for the head: conditions of defaults may compare the two, and some defaults keep its values. */
  static of(circumstances: Circumstances, side: PoolSide, before?: PoolScope): PoolScope {
    return new PoolScope(
      circumstances,
      side,
      new Map(),
      answersOfCluster(circumstances, side, before !== undefined),
      before,
    );
  }

  /** The same side under settings that differ in one target. What did not depend on it stays. */
  under(circumstances: Circumstances, target: string, before?: PoolScope): PoolScope {
    const roots = new Map([...this.#roots].filter(([, { asked }]) => !asked.has(target)));
    return new PoolScope(
      circumstances,
      this.#of,
      roots,
      answersOfCluster(circumstances, this.#of, before !== undefined),
      before,
    );
  }

  /** The same side, with `$item` set. */
  withItem(item: Json): PoolScope {
    const roots = new Map([["item", known(item)]]);
    return new PoolScope(this.#circumstances, this.#of, roots, this.#clusterAnswers, this.#before, this);
  }

  get(path: Path): Json | undefined {
    const { root, segments, isPattern } = this.table.pathOf(path);
    if (!isPattern) return readSegments(this.#root(root), segments);
    const found = [...readAll(this.#root(root), segments)].map(({ value }) => value);
    return found.length === 0 ? undefined : found;
  }

  /** The value at a concrete place. Changes are named in the keyed form of their object, so places of a whole object are too. */
  at({ root, segments }: ParsedPath): Json | undefined {
    const value = this.#root(root);
    const isWhole = root === "cluster" || (root === "pool" && this.table.pools.at === undefined);
    const row = isWhole ? this.table.objects.find(({ role }) => role === root) : undefined;
    return row?.lists === undefined || !isObject(value)
      ? readSegments(value, segments)
      : readKeyed(value, row, segments);
  }

  /** Whether a root stands for anything on this side. */
  has(root: string): boolean {
    return (this.#root(root) ?? undefined) !== undefined;
  }

  /** The answer to a condition of one side, where it was asked before. */
  answerOf(condition: KnownCondition): boolean | undefined {
    const answer = this.#answersTo(condition)[condition.number];
    if (typeof answer !== "object") return answer;
    this.#circumstances.targets.addAll(answer.asked);
    return answer.value;
  }

  /** Decides a condition of one side, once for all. */
  answer(condition: KnownCondition, decide: () => boolean): boolean {
    const answer = this.#circumstances.targets.tracked(decide);
    this.#answersTo(condition)[condition.number] = answer.asked.size === 0 ? answer.value : answer;
    return answer.value;
  }

  #answersTo({ isOfCluster }: KnownCondition): Answers {
    return (isOfCluster ? this.#clusterAnswers : undefined) ?? this.#answers;
  }

  target(name: string): string {
    return targetVersion(this.#circumstances, name);
  }

  isKnownRelease(name: string): boolean {
    return isKnownRelease(this.#circumstances, name);
  }

  option(name: string): string | boolean {
    const row = this.table.options.find((option) => option.name === name);
    if (row === undefined) throw new Error(`no landscape option is called "${name}"`);
    return this.#circumstances.settings.landscape[`${this.table.system}.${name}`] ?? row.default;
  }

  written(root: "$pool" | "$cluster"): Json | undefined {
    return root === "$pool" ? this.#of.poolValue : this.#of.clusterValue;
  }

  get now(): Date | undefined {
    return this.#circumstances.settings.now;
  }

  shape(name: string): Shape | undefined {
    return Object.hasOwn(this.table.shapes, name) ? this.table.shapes[name] : undefined;
  }

  validations(shape: string): readonly ValidationRow[] {
    return validationsInForce(this.#circumstances, shape);
  }

  catalog(list: string): Catalog {
    return (Object.hasOwn(this.table.catalogs, list) ? this.table.catalogs[list] : undefined) ?? {};
  }

  #root(name: string): Json | undefined {
    let found = this.#roots.get(name);
    if (found === undefined) {
      if (this.#around !== undefined) return this.#around.#root(name);
      found = this.#circumstances.targets.tracked(() => this.#find(name));
      this.#roots.set(name, found);
    } else this.#circumstances.targets.addAll(found.asked);
    return found.value;
  }

  #find(name: string): Json | undefined {
    if (name === "cluster")
      return defaultsOf(this.table).poolReachesCluster ? this.#filled().get(name) : this.#sharedCluster();
    return name === "pool" ? this.#filled().get(name) : this.#variable(name);
  }

  /** Pool and cluster with all their defaults. */
  #filled(): Roots {
    const roots: Roots = new Map<string, Json | undefined>([
      ["pool", withoutAdditions(this.#circumstances, "pool", this.#of.poolValue)],
      ["cluster", this.#sharedCluster()],
    ]);
    this.#fillIn(defaultsOf(this.table).ofPool, roots);
    return roots;
  }

  /** The cluster with the defaults that are the same for all its pools. */
  #sharedCluster(): Json | undefined {
    const { clusterValue } = this.#of;
    const known = clusterSideOf(this.#circumstances, this.#of, this.#before !== undefined);
    if (known === undefined) return undefined;
    if (known.defaulted === undefined) {
      const roots: Roots = new Map([["cluster", withoutAdditions(this.#circumstances, "cluster", clusterValue)]]);
      this.#fillIn(defaultsOf(this.table).ofCluster, roots);
      known.defaulted = roots.get("cluster") ?? clusterValue;
    }
    return known.defaulted;
  }

  #fillIn(rows: readonly DefaultRow[], filled: Roots): void {
    fillIn(this.table, rows, filled, {
      holds: (row, roots) => {
        const values = new Map(["pool", "cluster"].map((root) => [root, known(roots.get(root))]));
        // Roots stand for what they are by now, which is nobody else's answer.
        const scope = new PoolScope(this.#circumstances, this.#of, values, undefined);
        return holds(row.when, { base: this.#before ?? scope, head: scope }, scope);
      },
      kept: ({ at }) => this.#before?.at(this.table.pathOf(at)),
      stored: ({ at }) => {
        const place = this.table.pathOf(at);
        const written = (side: PoolScope): Json | undefined =>
          side.written(place.root === "pool" ? "$pool" : "$cluster");
        const before = this.#before;
        return before !== undefined && leavesAlone(written(before), written(this), place.segments)
          ? before.at(place)
          : undefined;
      },
    });
  }

  #variable(name: string): Json | undefined {
    const variable = this.table.let[name];
    if (variable === undefined) {
      if (!this.table.references.some(({ id }) => id === name))
        throw new Error(`"$${name}" is not a root, variable or reference`);
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
