import type { Operation } from "fast-json-patch";
// The package as a whole would bring all that applies and observes patches too.
import { compare } from "fast-json-patch/module/duplex.mjs";
import { keyedBeside } from "../../inventory/keyed.ts";
import type { ObjectPair } from "../../inventory/object-pair.ts";
import { isList } from "../../manifests/json-list.ts";
import { isObject } from "../../manifests/json-object.ts";
import type { Json, JsonObject, Manifest } from "../../manifests/manifest.ts";
import { memoized } from "../../manifests/memoized.ts";
import { fromPointer, readSegments, toPointer } from "../../rules/path.ts";

/** One place in an object that differs, as deep as it goes. Absent and null are told apart: null is a value here. */
interface RawChange {
  readonly segments: readonly string[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
}

export interface ObjectChanges {
  readonly pair: ObjectPair;
  /** RFC 6902, over the keyed forms. */
  readonly patch: readonly Operation[];
  readonly changes: readonly RawChange[];
}

/** Identity is not a change: objects are paired by it, and also where only one side names the namespace. */
const name = ["/kind", "/metadata/name"];
const identity = new Set([...name, "/metadata/namespace"]);
const nameAlone = new Set(name);
/** What is added or removed is written in some version of its API; which one says nothing more. */
const identityOfOne = new Set([...identity, "/apiVersion"]);

const nothing = Object.create(null) as JsonObject;

/** What differs between the two sides of an object, compared once; everything in it when only one side has it. */
export const changesOf = memoized((pair: ObjectPair): ObjectChanges => {
  // Equal parts of the two sides are the same ones.
  if (pair.base?.value === pair.head?.value) return { pair, patch: [], changes: [] };
  const sides = { base: pair.base?.value ?? nothing, head: pair.head?.value ?? nothing };
  const base = keyedBeside(sides.base, sides.head, pair.row);
  const head = keyedBeside(sides.head, sides.base, pair.row);
  const unsaid = unsaidOf(pair);
  const patch = compare(base, head).filter(({ path }) => !unsaid.has(path));
  const changes = patch
    .flatMap(({ path }) => {
      const segments = fromPointer(path);
      return leavesBetween(segments, childAt(base, segments), childAt(head, segments));
    })
    .filter(({ segments }) => segments.length > 2 || !unsaid.has(toPointer(segments)));
  return { pair, patch, changes };
});

/** Whether an object comes, goes, or has anything else in the head. */
export const differs = (pair: ObjectPair): boolean =>
  pair.base === undefined || pair.head === undefined || changesOf(pair).changes.length > 0;

function unsaidOf({ base, head }: ObjectPair): ReadonlySet<string> {
  if (base === undefined || head === undefined) return identityOfOne;
  return namesNamespace(base) === namesNamespace(head) ? identity : nameAlone;
}

const namesNamespace = ({ value }: Manifest): boolean => (readSegments(value, ["metadata", "namespace"]) ?? "") !== "";

/** Unlike `readSegments`, null is a value. */
function childAt(root: Json, segments: readonly string[]): Json | undefined {
  const last = segments.at(-1);
  if (last === undefined) return root;
  const parent = readSegments(root, segments.slice(0, -1));
  if (isList(parent)) return parent[Number(last)];
  return isObject(parent) && Object.hasOwn(parent, last) ? parent[last] : undefined;
}

const isEmpty = (value: Json): boolean =>
  isList(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;

function* leaves(segments: readonly string[], value: Json): Generator<readonly [readonly string[], Json]> {
  if (isLeaf(value)) yield [segments, value];
  else if (isList(value))
    for (const [index, item] of value.entries()) yield* leaves([...segments, String(index)], item);
  else for (const [key, item] of Object.entries(value as JsonObject)) yield* leaves([...segments, key], item);
}

const isLeaf = (value: Json | undefined): boolean => typeof value !== "object" || value === null || isEmpty(value);

function leavesBetween(
  segments: readonly string[],
  before: Json | undefined,
  after: Json | undefined,
): readonly RawChange[] {
  if (isLeaf(before) && isLeaf(after))
    return before === undefined && after === undefined ? [] : [{ segments, before, after }];
  const found = new Map<string, { segments: readonly string[]; before: Json | undefined; after: Json | undefined }>();
  const add = (value: Json | undefined, side: "before" | "after"): void => {
    if (value === undefined) return;
    for (const [place, leaf] of leaves(segments, value)) {
      const key = JSON.stringify(place);
      const entry = found.get(key);
      if (entry === undefined) found.set(key, { segments: place, before: undefined, after: undefined, [side]: leaf });
      else entry[side] = leaf;
    }
  };
  add(before, "before");
  add(after, "after");
  return [...found.values()];
}
