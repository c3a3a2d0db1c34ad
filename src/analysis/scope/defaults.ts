import { isList } from "../../manifests/json-list.ts";
import { bareObject, isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import type { CompiledTable } from "../../rules/compile.ts";
import { conditionPaths } from "../../rules/conditions.ts";
import { asPaths, readSegments } from "../../rules/path.ts";
import type { DefaultRow } from "../../rules/rows.ts";
import type { Path } from "../../rules/words.ts";

/** The defaults of a table by what they depend on. */
interface SortedDefaults {
  /** Of the cluster object, depending on nothing else: every pool of the cluster shares them. */
  readonly ofCluster: readonly DefaultRow[];
  readonly ofPool: readonly DefaultRow[];
  /** Whether those of the pool reach into the cluster object. */
  readonly poolReachesCluster: boolean;
}

export const defaultsOf = memoized((table: CompiledTable): SortedDefaults => {
  const isOfCluster = (path: Path): boolean => table.pathOf(path).root === "cluster";
  const isShared = (row: DefaultRow): boolean =>
    [row.at, ...asPaths(row.from), ...conditionPaths(row.when)].every(isOfCluster) &&
    !/"(?:target|check)":/.test(JSON.stringify(row.when ?? null));
  const ofPool = table.defaults.filter((row) => !isShared(row));
  return {
    ofCluster: table.defaults.filter(isShared),
    ofPool,
    poolReachesCluster: ofPool.some(({ at }) => isOfCluster(at)),
  };
});

export type Roots = Map<string, Json | undefined>;

/** What a default asks of its surroundings. */
interface DefaultQuestions {
  /** Whether the row's condition holds among the values as they are by now. */
  readonly holds: (row: DefaultRow, roots: Roots) => boolean;
  /** What stood at the row's place before the change. */
  readonly kept: (row: DefaultRow) => Json | undefined;
  /** What the API server filled in at the row's place before the change, where it stays because both manifests are silent. */
  readonly stored: (row: DefaultRow) => Json | undefined;
}

/** Fills in defaults. A condition sees those that are above it in the table. */
export function fillIn(
  table: CompiledTable,
  rows: readonly DefaultRow[],
  roots: Roots,
  { holds, kept, stored }: DefaultQuestions,
): void {
  const own = new Set<object>();
  const taken = (row: DefaultRow, from: Path): Json | undefined => {
    const source = table.pathOf(from);
    return stored(row) ?? readSegments(roots.get(source.root), source.segments);
  };
  for (const row of rows) {
    const { root, segments, isPattern } = table.pathOf(row.at);
    const value = roots.get(root);
    if (value === undefined) continue;
    const isAbsent = row.overEmpty === true ? isEmpty : isUnset;
    if (!isPattern && !isAbsent(readSegments(value, segments))) continue;
    // A condition takes longer than to see that there is nothing around the place.
    const needsParent = row.parents !== "create" && !isPattern;
    if (row.when !== undefined && needsParent && isUnset(readSegments(value, segments.slice(0, -1)))) continue;
    const left = row.sticks === true ? stored(row) : undefined;
    if (left === undefined && row.when !== undefined && !holds(row, roots)) continue;
    const fallback =
      left ?? (row.keep === true ? kept(row) : row.from === undefined ? row.value : taken(row, row.from));
    if (fallback === undefined) continue;
    const filling: Filling = { fallback, creates: row.parents === "create", isAbsent, own };
    roots.set(root, withDefault(value, segments, filling));
  }
}

/** Whether an apply of one manifest over another leaves a place alone: none speaks of it, or takes away what is around it. */
export function leavesAlone(before: Json | undefined, after: Json | undefined, segments: readonly string[]): boolean {
  const member = (value: Json | undefined, segment: string): Json | undefined =>
    isObject(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
  let [old, now] = [before, after];
  for (const segment of segments) {
    if (now === null || (now === undefined && !isUnset(old))) return false;
    [old, now] = [member(old, segment), member(now, segment)];
  }
  return isUnset(old) && now === undefined;
}

const isUnset = (value: Json | undefined): boolean => value === undefined || value === null;
const isEmpty = (value: Json | undefined): boolean => isUnset(value) || value === "";

interface Filling {
  readonly fallback: Json;
  /** Whether the present value gives way to the fallback; by default, when it is absent or null. */
  readonly isAbsent?: (value: Json | undefined) => boolean;
  /** Whether parents that are absent are made. */
  readonly creates: boolean;
  /** Objects that were made here, which may be changed. */
  readonly own: Set<object>;
}

/** `value` with the default at `segments` wherever nothing is set; the value itself when there is no such place. */
export function withDefault(
  value: Json | undefined,
  segments: readonly string[],
  filling: Filling,
  depth = 0,
): Json | undefined {
  const segment = segments[depth];
  if (segment === undefined) return (filling.isAbsent ?? isUnset)(value) ? filling.fallback : value;
  if (isList(value)) {
    if (segment !== "*") return value;
    return value.map((item) => withDefault(item, segments, filling, depth + 1) ?? item);
  }
  if (value === undefined || value === null) {
    if (segment === "*" || !filling.creates) return value;
    const made = withDefault(undefined, segments, filling, depth + 1);
    return made === undefined ? value : withMember(undefined, segment, made, filling);
  }
  if (!isObject(value)) return value;
  if (segment !== "*") return setIn(value, segment, segments, depth, filling);
  return Object.keys(value).reduce<JsonObject>((object, key) => setIn(object, key, segments, depth, filling), value);
}

function setIn(
  object: JsonObject,
  key: string,
  segments: readonly string[],
  depth: number,
  filling: Filling,
): JsonObject {
  const before = Object.hasOwn(object, key) ? object[key] : undefined;
  const after = withDefault(before, segments, filling, depth + 1);
  return after === undefined || after === before ? object : withMember(object, key, after, filling);
}

/** The object with one member set, copied unless it is a copy already. */
function withMember(object: JsonObject | undefined, key: string, value: Json, { own }: Filling): JsonObject {
  if (object !== undefined && own.has(object)) {
    (object as Record<string, Json>)[key] = value;
    return object;
  }
  const copy: Record<string, Json> = Object.assign(bareObject(), object);
  copy[key] = value;
  own.add(copy);
  return copy;
}
